import type { TSchema } from 'typebox'
import { Type } from 'typebox'
import { durationPattern, signedDurationPattern } from '../../simulator/index.ts'

/** Statuses of a command, in the order of its life. */
export const statuses = [
  'ACCEPTED',
  'DELIVERED',
  'UNMATCHED_RESPONSE',
  'SUCCEEDED',
  'FAILED',
  'TIMED_OUT',
] as const
export type Status = (typeof statuses)[number]

/** Objects of the language take no other keys than those of their definition. */
export const closed = { additionalProperties: false } as const

/**
 * Words of the definitions that JSON Schema does not know; the published schema leaves them out.
 * `x-kind`: what the loader checks beyond the shape. `x-noun`: what a key or value is called in a problem.
 * `x-words`: what is expected, in words. `x-plain`: templates are not filled here.
 * `x-own`: what is below is checked by the kind.
 */
export const ownWords = ['x-kind', 'x-noun', 'x-words', 'x-plain', 'x-own'] as const

export const Span = (description: string): ReturnType<typeof Type.Union> =>
  Type.Union([Type.String({ pattern: durationPattern }), Type.Integer({ minimum: 0, maximum: 0 })], {
    'x-words': 'a duration such as 1500ms, 2s or 1m',
    description,
    examples: ['500ms', '1s', '2s', '10s'],
  })

export const SignedSpan = (description: string): ReturnType<typeof Type.String> =>
  Type.String({
    pattern: signedDurationPattern,
    'x-words': 'a duration such as 60s or -600s',
    description,
    examples: ['-600s', '600s'],
  })

export const DeviceName = (description: string): ReturnType<typeof Type.String> =>
  Type.String({ 'x-kind': 'device', 'x-words': 'the name of a device', description })

export const CommandName = (description: string): ReturnType<typeof Type.String> =>
  Type.String({
    'x-kind': 'command',
    'x-words': 'last or the name of a step',
    description,
    examples: ['last'],
  })

/** What a status says, for editors. */
const statusDescriptions = {
  ACCEPTED: 'The gateway has taken the command on.',
  DELIVERED: 'It was published to the device.',
  UNMATCHED_RESPONSE:
    'A reply came that is probably meant for it, under another tid. Provisional until the deadline.',
  SUCCEEDED: 'The reply with its tid has the result 0. Final.',
  FAILED: 'The reply with its tid has another result. Final.',
  TIMED_OUT: 'No reply came before its deadline. Final.',
} as const satisfies Readonly<Record<Status, string>>

export const StatusName = Type.Enum([...statuses], {
  'x-noun': 'status',
  enumDescriptions: statuses.map((status) => statusDescriptions[status]),
})

export const StatusOrList = (description: string): ReturnType<typeof statusOrList> =>
  statusOrList(description)

function statusOrList(description: string) {
  return Type.Union([StatusName, Type.Array(StatusName, { minItems: 1, description })], {
    'x-words': 'a status or a list of statuses',
    description,
  })
}

/** A value that is compared: plain YAML with matchers anywhere in it. */
export const Expected = (description: string): ReturnType<typeof Type.Unknown> =>
  Type.Unknown({ 'x-kind': 'expected', description })

/** Any value; templates in it are filled. */
export const AnyValue = (description: string): ReturnType<typeof Type.Unknown> =>
  Type.Unknown({ description })

/** A text outside of devices and steps: nothing is filled in. */
export const Plain = <T extends TSchema>(schema: T): T => ({ ...schema, 'x-plain': true })
