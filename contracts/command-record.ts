import type { JsonObject } from './envelope.ts'
import { isJsonObject } from './envelope.ts'
import type { Status } from './lifecycle.ts'
import type { MappedReply } from './mapping.ts'

/** When something was asked and answered, in the rig's order and in scenario time. */
export interface Interval {
  readonly seqSent: number
  readonly seqDone: number
  readonly sentAt: number
  readonly doneAt: number
}

export function intervalOf({ seqSent, seqDone, sentAt, doneAt }: Interval): Interval {
  return { seqSent, seqDone, sentAt, doneAt }
}

/** Consecutive reads of a command that showed the same. */
export interface ReadRun {
  readonly status: Status
  readonly body: JsonObject
  /** The answer's text, by which reads are the same. */
  readonly text: string
  readonly first: Interval
  readonly last: Interval
}

/** A command as the HTTP API shows it from outside. Knows no `tid`. */
export interface CommandRecord {
  readonly command_id: string
  readonly api_id: string
  readonly vendor: string
  readonly device_id: string
  /** Missing when the device is not known to the judge. */
  readonly gateway_sn: string | undefined
  readonly method: string
  readonly payload: unknown
  readonly idempotency_key: string
  readonly timeout_seconds: number
  /** `default`: the request named none (rule: create-default-timeout). */
  readonly timeout: 'given' | 'default'
  /** The creates that were answered with it, in the order of their answers. */
  readonly creates: readonly Interval[]
  /** Creates with the same key that got no answer, or a 5xx: one of them may have made it. */
  readonly lostCreates: readonly Interval[]
  /** From the answer, milliseconds since the Unix epoch; NaN when it cannot be read. */
  readonly accepted_at: number
  readonly reads: readonly ReadRun[]
  /** Earliest end of a read by status: which statuses were surely seen before another read began. */
  readonly seen: ReadonlyMap<Status, Interval>
}

/** A create that may or may not have made a command: it got no answer, or a 5xx. */
export interface Ghost {
  readonly gateway_sn: string
  readonly method: string
  readonly seqSent: number
}

/** One `tid` on a dock's `services` topic, with everything that carried it. */
export interface Sending {
  readonly tid: string
  readonly bid: string | undefined
  readonly gateway_sn: string
  readonly method: string
  readonly data: unknown
  readonly seq: number
  readonly at: number
  /** Every copy of the message, the first included: `seq` of the frames. */
  readonly copies: readonly { readonly seq: number; readonly at: number }[]
  readonly replies: readonly Reply[]
}

/** A delivered message on a dock's `services_reply` topic. */
export interface Reply {
  readonly seq: number
  readonly at: number
  /** Serial number of the topic. */
  readonly gateway_sn: string
  readonly tid: string | undefined
  readonly bid: string | undefined
  readonly method: string | undefined
  readonly mapped: MappedReply
}

/** Commands and messages of one method on one dock: among them the judge has to find out who is whose. */
export interface Group {
  readonly gateway_sn: string
  readonly method: string
  readonly commands: CommandRecord[]
  readonly sendings: Sending[]
  readonly ghosts: Ghost[]
}

/** When the first create of the command was sent: nothing of it can be older. */
export function createdFrom(command: CommandRecord): { readonly seq: number; readonly at: number } {
  const creates = [...command.creates, ...command.lostCreates]
  return {
    seq: Math.min(...creates.map(({ seqSent }) => seqSent)),
    at: Math.min(...creates.map(({ sentAt }) => sentAt)),
  }
}

/** The first and the last instant at which the command's time may be over (ms), slack not counted. */
export function deadlines(command: CommandRecord): { readonly earliest: number; readonly latest: number } {
  const timeout_ms = command.timeout_seconds * 1_000
  const answered = Math.min(...command.creates.map(({ doneAt }) => doneAt))
  return { earliest: createdFrom(command).at + timeout_ms, latest: answered + timeout_ms }
}

/** Whether two payloads are the same; for no arguments `{}`, null, `""` and absent are (rule: mqtt-payload). */
export function payloadKey(payload: unknown): string {
  if (payload === undefined || payload === null || payload === '') return '{}'
  return isEmptyObject(payload) ? '{}' : JSON.stringify(sorted(payload))
}

function isEmptyObject(value: unknown): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => sorted(item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
