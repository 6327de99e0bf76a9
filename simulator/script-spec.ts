import type { Static } from 'typebox'
import { Type } from 'typebox'
import { durationPattern } from './duration.ts'

const closed = { additionalProperties: false } as const

/** A span of scenario time. */
export const Span = Type.Union(
  [Type.String({ pattern: durationPattern }), Type.Integer({ minimum: 0, maximum: 0 })],
  {
    'x-words': 'a duration such as 1500ms, 2s or 1m',
    description: 'A span of scenario time: 1500ms, 2s, 1m.',
    examples: ['500ms', '1s', '2s'],
  },
)

/** A delay is fixed, or drawn from the test's seed. */
export const DelaySpec = Type.Union(
  [
    Span,
    Type.Object(
      { min: Span, max: Span },
      { ...closed, 'x-noun': 'delay key', description: 'Drawn from the seed of the test.' },
    ),
  ],
  { description: 'How long to wait: a duration, or { min, max } drawn from the seed of the test.' },
)
export type DelaySpec = Static<typeof DelaySpec>

/** The exact bytes of a message. */
export const RawSpec = Type.Union(
  [
    Type.String({ 'x-words': 'a text' }),
    Type.Object(
      { base64: Type.String({ description: 'The bytes, in base64.' }) },
      { ...closed, 'x-noun': 'raw key' },
    ),
  ],
  { description: 'The exact text to send, templates filled, or { base64: … } for bytes that are no text.' },
)
export type RawSpec = Static<typeof RawSpec>

/** A progress event on `events`, of the method that it follows. */
export const ProgressEventSpec = Type.Object(
  {
    after: Type.Optional({ ...Span, description: 'How long after the message before.' }),
    status: Type.Optional(
      Type.String({
        description: 'Status of the job.',
        examples: ['sent', 'in_progress', 'ok', 'failed', 'paused', 'rejected', 'canceled', 'timeout'],
      }),
    ),
    percent: Type.Optional(Type.Number({ description: 'Progress in percent.' })),
    step_key: Type.Optional(Type.String({ description: 'Name of the step that the device is at.' })),
    result: Type.Optional(Type.Integer({ description: 'Result of the event, 0 when absent.' })),
    need_reply: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 1, description: '1 asks the platform for an acknowledgement.' }),
    ),
  },
  { ...closed, 'x-noun': 'event key', description: 'One progress event.' },
)
export type ProgressEventSpec = Static<typeof ProgressEventSpec>

const deviceName = (description: string): ReturnType<typeof Type.String> =>
  Type.String({ 'x-kind': 'device', 'x-words': 'the name of a device', description })

const envelopeField = (what: string): ReturnType<typeof Type.Unknown> =>
  Type.Unknown({ description: `${what} of the envelope instead of the right one; $missing leaves it out.` })

const ownFields = {
  reply: Type.Optional(
    Type.Union(
      [
        Type.Null(),
        Type.Record(Type.String(), Type.Unknown(), { 'x-words': 'an object with the fields of data' }),
      ],
      {
        description:
          'Fields of data in the reply: result, code, message, msg, description, output and any extension. null sends no reply.',
      },
    ),
  ),
  delay: Type.Optional({
    ...DelaySpec,
    description: 'Time from the request to the reply; in then, from the message before.',
  }),
  hold: Type.Optional(
    Type.Boolean({ description: 'true keeps the reply back until a release step lets it go.' }),
  ),
  tid: Type.Optional(
    Type.Union(
      [
        Type.String({
          'x-words': 'match, unmatched, missing or a literal tid',
          examples: ['match', 'unmatched', 'missing'],
        }),
        Type.Object(
          { of: Type.String({ 'x-kind': 'command', description: 'Name of a step that sent a command.' }) },
          { ...closed, 'x-noun': 'tid key' },
        ),
      ],
      {
        description:
          'Transaction id of the reply: match (default), unmatched (a fresh one), missing, { of: NAME } (of another command), or a literal.',
      },
    ),
  ),
  bid: Type.Optional(envelopeField('The bid')),
  method: Type.Optional(envelopeField('The method')),
  gateway: Type.Optional(envelopeField('The gateway')),
  timestamp: Type.Optional(envelopeField('The timestamp')),
  from: Type.Optional(deviceName('Another dock sends the reply, on its own topic.')),
  forge: Type.Optional(
    deviceName(
      'This dock publishes on the topic of that one; elsewhere than on a permissive broker it is refused.',
    ),
  ),
  times: Type.Optional(Type.Integer({ minimum: 1, description: 'How often the reply is sent.' })),
  raw: Type.Optional({
    ...RawSpec,
    description: 'The exact text to publish, templates filled, or { base64: … }.',
  }),
  qos: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 2, description: 'Quality of service of the reply.' }),
  ),
  retain: Type.Optional(Type.Boolean({ description: 'Whether the reply is retained.' })),
  disconnect: Type.Optional(
    Type.Enum(['before-reply', 'after-reply', 'instead'], {
      'x-noun': 'moment to disconnect',
      description: 'When the dock leaves: before-reply, after-reply, or instead of replying.',
    }),
  ),
  events: Type.Optional(
    Type.Array(ProgressEventSpec, { description: 'Progress events that follow, in order.' }),
  ),
}

const Own = Type.Object(ownFields)

/** What a scripted device does with one request. Knows neither clock nor wire; the device plays it. */
export interface BehaviorSpec extends Readonly<Static<typeof Own>> {
  /** Further messages; each inherits nothing. */
  readonly then?: readonly BehaviorSpec[]
}

/** Definition of `BehaviorSpec`: one row of SCENARIOS.md's table of behaviour keys for each property. */
export const BehaviorSpec = Type.Object(
  {
    ...ownFields,
    // recursion: the schema's own definition stands under this name in the published schema
    // oxlint-disable-next-line unicorn/no-thenable -- the language's own word; its value is a list, never a function
    then: Type.Optional(
      Type.Array(Type.Unsafe<BehaviorSpec>({ $ref: '#/definitions/behavior' }), {
        description: 'Further messages, a list of behaviours; each inherits nothing.',
      }),
    ),
  },
  { ...closed, 'x-noun': 'behaviour key', description: 'What the device does with a request.' },
)

/** What a device does with the requests of one method: always the same, or the first, second, … call; the last repeats. */
export type MethodScript = BehaviorSpec | readonly BehaviorSpec[]

/** Scripts by method; `"*"` is any other method. */
export type DeviceScript = Readonly<Record<string, MethodScript>>
