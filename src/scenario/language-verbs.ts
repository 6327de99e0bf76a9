import type { Static, TSchema } from 'typebox'
import { Type } from 'typebox'
import { BrokerBody, DeviceBody, ExpectMqttBody } from './language-mqtt.ts'
import { RequestBody, SendBody } from './language-requests.ts'
import type { Status } from './language-words.ts'
import {
  closed,
  CommandName,
  DeviceName,
  Expected,
  Span,
  StatusName,
  StatusOrList,
} from './language-words.ts'

/** The verb's own companions beside `as` and `note`, which every step takes. */
export type Companion = 'expect' | 'of' | 'within' | 'after' | 'for'

/** A verb of the language. */
export interface VerbDefinition {
  readonly body: TSchema
  readonly companions: readonly Companion[]
  readonly description: string
}

/** Nested steps; what stands in them is checked step by step. */
const Steps = Type.Array(Type.Unsafe<unknown>({ $ref: '#/definitions/step' }), {
  minItems: 1,
  'x-kind': 'steps',
})

export const RepeatBody = Type.Object(
  {
    times: Type.Optional(Type.Integer({ minimum: 1, description: 'How often; once when absent.' })),
    each: Type.Optional(
      Type.Union(
        [
          Type.String({ 'x-kind': 'deviceOrGroup', 'x-words': 'the name of a device' }),
          Type.Array(Type.String({ 'x-kind': 'deviceOrGroup', 'x-words': 'the name of a device' }), {
            minItems: 1,
          }),
        ],
        {
          'x-words': 'a device or a list of devices',
          description:
            'Once for each of these; ${each} is its name. A device with count stands for all of them.',
        },
      ),
    ),
    steps: Steps,
  },
  { ...closed, 'x-noun': 'key of repeat', 'x-kind': 'repeat', description: 'Runs steps several times.' },
)

export const ReleaseBody = Type.Union(
  [
    DeviceName('Releases what the device holds.'),
    Type.Object(
      {
        device: DeviceName('Whose reply.'),
        reply: Type.Optional(
          Type.Integer({ minimum: 1, description: 'The reply to the n-th call of the test, from 1.' }),
        ),
      },
      { ...closed, 'x-noun': 'key of release' },
    ),
  ],
  {
    'x-words': 'a device or { device, reply }',
    'x-kind': 'release',
    description: 'Lets a held reply go; waits until it is held.',
  },
)

const ParallelBody = Type.Unsafe<unknown>({
  'x-kind': 'parallel',
  'x-words': 'a list of branches, or { repeat: … }',
  anyOf: [
    {
      type: 'array',
      minItems: 1,
      items: {
        anyOf: [
          { $ref: '#/definitions/step' },
          { type: 'array', minItems: 1, items: { $ref: '#/definitions/step' } },
        ],
      },
    },
    {
      type: 'object',
      required: ['repeat'],
      properties: { repeat: { $ref: '#/definitions/repeat' } },
      additionalProperties: false,
    },
  ],
})

/** Every verb; the names are the language's. */
export const verbs = {
  send: {
    body: SendBody,
    companions: ['expect'],
    description: 'Creates a command. Unless expect names http, it demands a 2xx.',
  },
  query: {
    body: CommandName('Which command: last, or the name of the step that sent it.'),
    companions: ['expect'],
    description: 'Reads a command once.',
  },
  await: {
    body: StatusOrList('Waits until the command shows this status, or one of the list.'),
    companions: ['expect', 'of', 'within', 'after'],
    description:
      'Waits for a status; fails at once on another final one. expect judges the answer that showed it.',
  },
  stays: {
    body: StatusOrList('The status, or the statuses, that the command keeps to.'),
    companions: ['expect', 'of', 'for'],
    description: 'The command keeps to a status, or to the statuses of a list, for a time.',
  },
  lifecycle: {
    body: Type.Array(StatusName, { minItems: 1, 'x-kind': 'lifecycle', 'x-words': 'a list of statuses' }),
    companions: ['of'],
    description: 'The path that the command may take; its last status must have been seen.',
  },
  request: { body: RequestBody, companions: ['expect'], description: 'Any HTTP call.' },
  release: { body: ReleaseBody, companions: [], description: 'Lets a held reply go.' },
  device: {
    body: DeviceBody,
    companions: [],
    description: 'Connects, disconnects, scripts a device, or lets it publish.',
  },
  'expect-mqtt': {
    body: ExpectMqttBody,
    companions: ['within', 'for'],
    description: 'What the broker saw; waits within (5 s) for it, then it must hold for a time.',
  },
  gateway: {
    body: Type.Enum(['restart', 'kill', 'stop', 'start'], {
      'x-noun': 'action of the gateway',
      enumDescriptions: [
        'Stops and starts it; the store survives, connections and timers do not.',
        'Ends it at once.',
        'Ends it as an operator would.',
        'Starts it; goes on when HTTP answers and it has subscribed.',
      ],
    }),
    companions: [],
    description: 'Restarts, kills, stops or starts the gateway.',
  },
  broker: {
    body: BrokerBody,
    companions: [],
    description: 'Stops and starts the broker, drops, delays, loses.',
  },
  wait: { body: Span('How long.'), companions: [], description: 'Lets scenario time pass.' },
  parallel: { body: ParallelBody, companions: [], description: 'Runs branches side by side.' },
  repeat: { body: RepeatBody, companions: [], description: 'Runs steps several times.' },
} as const satisfies Readonly<Record<string, VerbDefinition>>

export type Verb = keyof typeof verbs

export const verbNames = Object.keys(verbs) as readonly Verb[]

/** Keys of a step that are no verb. */
export const companions = {
  expect: Expected(
    'What the answer has to be like: plain values and matchers. For HTTP: http, headers, body.',
  ),
  as: Type.String({
    'x-kind': 'as',
    'x-words': 'a name',
    description: 'Names this step, for of and for ${NAME.command_id}.',
  }),
  note: Type.String({ description: 'A remark that the reports show.' }),
  of: CommandName('Which command: last (default), or the name of the step that sent it.'),
  within: Span('How long it may take.'),
  after: Span('Not earlier than this, counted from sending.'),
  for: Span('How long it has to stay so.'),
} as const

export type CompanionName = keyof typeof companions

export const companionNames = Object.keys(companions) as readonly CompanionName[]

/** What a verb's value is once its templates are filled. */
export interface StepBodies {
  readonly send: SendBody
  readonly query: string
  readonly await: Status | readonly Status[]
  readonly stays: Status | readonly Status[]
  readonly lifecycle: readonly Status[]
  readonly request: RequestBody
  readonly release: Static<typeof ReleaseBody>
  readonly device: DeviceBody
  readonly 'expect-mqtt': ExpectMqttBody
  readonly gateway: 'restart' | 'kill' | 'stop' | 'start'
  readonly broker: BrokerBody
  readonly wait: string | number
  readonly parallel: ParallelHead
  readonly repeat: RepeatHead
}

/** A repeat without its steps, which are the children of the planned step. */
export interface RepeatHead {
  readonly times?: number
  readonly each?: string | readonly string[]
}

/** A parallel block without its branches, which are the children of the planned step; with `repeat`, every round is a branch. */
export interface ParallelHead {
  readonly repeat?: RepeatHead
}

/** The keys beside the verb, once their templates are filled. */
export interface StepOptions {
  readonly expect?: unknown
  readonly as?: string
  readonly note?: string
  readonly of?: string
  readonly within?: string | number
  readonly after?: string | number
  readonly for?: string | number
}
