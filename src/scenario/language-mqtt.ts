import type { Static } from 'typebox'
import { Type } from 'typebox'
import { downFamilies, upFamilies } from '../../contracts/index.ts'
import { DelaySpec, type DeviceScript } from '../../simulator/index.ts'
import { AnyValue, closed, DeviceName, Expected, Span } from './language-words.ts'

const families = [...downFamilies, ...upFamilies]

const TopicName = Type.String({
  'x-kind': 'topic',
  'x-words': 'a topic family such as services, or a whole topic',
  description: 'Family of the topic (services, services_reply, events, …), or a whole topic.',
  examples: families,
})

/** Script of a device, by method; checked by the loader with the definition of behaviours. */
export const ScriptByMethod = Type.Record(
  Type.String(),
  Type.Unsafe<DeviceScript[string]>({
    anyOf: [
      { $ref: '#/definitions/behavior' },
      { type: 'array', minItems: 1, items: { $ref: '#/definitions/behavior' } },
    ],
    'x-words': 'a behaviour or a list of behaviours',
  }),
  {
    'x-kind': 'script',
    'x-words': 'an object from method to behaviour',
    description:
      'What the device does, by method; "*" is any other method. A list serves the first, second, … call.',
  },
)

/** Body of `expect-mqtt`: which messages of this test's devices, and how many. */
export const ExpectMqttBody = Type.Object(
  {
    device: Type.Optional(DeviceName('Only messages on the topics of this device.')),
    topic: Type.Optional(TopicName),
    method: Type.Optional(Expected('Method of the message.')),
    payload: Type.Optional(Expected('The message as an object: tid, bid, method, data, ….')),
    count: Type.Optional(Expected('How many; at least one when absent.')),
    distinct: Type.Optional(
      Type.String({
        description: 'count counts the different values of this field, not messages.',
        examples: ['tid', 'bid'],
      }),
    ),
    qos: Type.Optional(Expected('Quality of service.')),
    retain: Type.Optional(Expected('Whether the message is retained.')),
    mark: Type.Optional(
      Type.String({ 'x-kind': 'mark', 'x-words': 'a name', description: 'Names this moment, for since.' }),
    ),
    since: Type.Optional(
      Type.String({
        'x-kind': 'since',
        'x-words': 'a name',
        description: 'Only messages after the mark of this name.',
      }),
    ),
  },
  {
    ...closed,
    'x-noun': 'key of expect-mqtt',
    description: 'What the broker saw of the devices of this test.',
  },
)
export type ExpectMqttBody = Static<typeof ExpectMqttBody>

/** Body of `device`, one action a step. */
export const DeviceBody = Type.Object(
  {
    connect: Type.Optional(DeviceName('Connects, and announces itself.')),
    disconnect: Type.Optional(DeviceName('Leaves.')),
    script: Type.Optional(DeviceName('Gets another script.')),
    publish: Type.Optional(DeviceName('Publishes a message.')),
    how: Type.Optional(
      Type.Enum(['clean', 'cut', 'silent'], {
        'x-noun': 'way to disconnect',
        enumDescriptions: [
          'It says goodbye (DISCONNECT).',
          'The connection breaks.',
          'It no longer answers.',
        ],
        description:
          'With disconnect: clean (DISCONNECT), cut (the connection breaks), silent (no longer answers).',
      }),
    ),
    on: Type.Optional(ScriptByMethod),
    topic: Type.Optional(TopicName),
    payload: Type.Optional(AnyValue('With publish: an object is sent as JSON, a text as it stands.')),
    refused: Type.Optional(Type.Boolean({ description: 'With publish: the broker has to refuse it.' })),
  },
  {
    ...closed,
    'x-noun': 'key of device',
    'x-kind': 'deviceAction',
    description: 'Connects, disconnects, scripts a device, or lets it publish.',
  },
)

/** The rendered body of `device`. */
export type DeviceBody =
  | { readonly connect: string }
  | { readonly disconnect: string; readonly how?: 'clean' | 'cut' | 'silent' }
  | { readonly script: string; readonly on: DeviceScript }
  | {
      readonly publish: string
      readonly topic: string
      readonly payload: unknown
      readonly refused?: boolean
    }

/** Body of `broker`. */
export const BrokerBody = Type.Union(
  [
    Type.Enum(['stop', 'start'], { 'x-noun': 'action of the broker' }),
    Type.Object(
      {
        drop: Type.Optional(
          Type.String({
            'x-kind': 'dropped',
            'x-words': 'gateway or the name of a device',
            description: 'Cuts the connection of gateway or of a device.',
          }),
        ),
        delay: Type.Optional({ ...DelaySpec, description: 'Every message is forwarded this much later.' }),
        loss: Type.Optional(
          Type.Number({ minimum: 0, maximum: 1, description: 'Share of messages that are lost.' }),
        ),
        puback: Type.Optional(
          Span('The PUBACK of a message of the gateway comes this much after the message has gone on.'),
        ),
      },
      { ...closed, 'x-noun': 'key of broker', 'x-kind': 'brokerAction' },
    ),
  ],
  {
    'x-words': 'stop, start, { drop: … } or { delay, loss, puback }',
    description:
      'Stops and starts the broker, drops a connection, delays or loses messages, holds PUBACKs back.',
  },
)
export type BrokerBody = Static<typeof BrokerBody>
