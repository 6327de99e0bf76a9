import type { JsonObject } from './envelope.ts'
import { isJsonObject } from './envelope.ts'

/** A text that a reply demands: to the letter, or any way to write the number. */
export type DueText =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'number'; readonly value: number }

/**
 * Where `response_code` comes from. `null-absent`: `data.code` was there, but null, an empty string, or of another type.
 * `free`: neither it nor `data.result` says anything.
 */
export type CodeBranch = 'code' | 'result' | 'null-absent' | 'free'

/** What `response_message` may be. `free`: nothing is said about it. */
export type DueMessage =
  | { readonly branch: 'free' }
  | { readonly branch: 'message' | 'msg' | 'description'; readonly due: string }
  | {
      readonly branch: 'several'
      /** Empty when one that was given cannot be told for certain. */
      readonly oneOf: readonly string[]
      /** The first string in the order message, msg, description (rule: reply-message-order). */
      readonly preferred: string | undefined
    }

/** What the `data` of a matched reply demands of the command that it answers (CONTRACT: section 4). */
export interface Mapping {
  readonly outcome: 'SUCCEEDED' | 'FAILED'
  readonly code: DueText
  readonly codeBranch: CodeBranch
  readonly message: DueMessage
  /** `output.status` says that the dock has only started; a gateway may wait for more. */
  readonly started: boolean
  readonly data: JsonObject
}

export type MappedReply =
  | { readonly kind: 'good'; readonly mapping: Mapping }
  | { readonly kind: 'malformed' }
  /** `data` is an object without an integer `result` (rule: reply-without-result). */
  | {
      readonly kind: 'no-result'
      /** What it demands of a gateway that takes it for a failure. */
      readonly mapping: Mapping
    }

/** Maps the `data` of a `services_reply`; the judge's own reading, made without the gateway's. */
export function mapReply(data: unknown): MappedReply {
  if (data === undefined || !isJsonObject(data)) return { kind: 'malformed' }
  const result = data['result']
  const rest = { message: dueMessage(data), started: hasOnlyStarted(data['output']), data }
  if (typeof result !== 'number' || !Number.isInteger(result))
    return { kind: 'no-result', mapping: { outcome: 'FAILED', ...codeWithoutResult(data['code']), ...rest } }
  const outcome = result === 0 ? 'SUCCEEDED' : 'FAILED'
  return { kind: 'good', mapping: { outcome, ...dueCode(data['code'], result), ...rest } }
}

/** Whether a shown text is the due one; a number may be written in any way that reads back as the same number. */
export function isDueText(due: DueText, shown: unknown): boolean {
  if (typeof shown !== 'string') return false
  if (due.kind === 'text') return shown === due.text
  return shown.trim() !== '' && Number(shown) === due.value
}

/** Not known: missing, null, an empty string, or an empty object (rule: query-response-fields). */
export function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  return isJsonObject(value) && Object.keys(value).length === 0
}

function dueCode(code: unknown, result: number): Pick<Mapping, 'code' | 'codeBranch'> {
  const fallback: DueText = { kind: 'number', value: result }
  if (code === undefined) return { code: fallback, codeBranch: 'result' }
  if (code === '') return { code: { kind: 'text', text: '' }, codeBranch: 'null-absent' }
  if (typeof code === 'string') return { code: { kind: 'text', text: code }, codeBranch: 'code' }
  if (typeof code === 'number') return { code: { kind: 'number', value: code }, codeBranch: 'code' }
  return { code: fallback, codeBranch: 'null-absent' }
}

/** No rule says what is shown of a `result` that is no integer. */
function codeWithoutResult(code: unknown): Pick<Mapping, 'code' | 'codeBranch'> {
  const due = dueCode(code, Number.NaN)
  return due.codeBranch === 'code' ? due : { ...due, codeBranch: 'free' }
}

const messageKeys = ['message', 'msg', 'description'] as const

function dueMessage(data: JsonObject): DueMessage {
  const given = messageKeys.filter((key) => data[key] !== undefined && data[key] !== null)
  const [only, ...others] = given
  if (only === undefined) return { branch: 'free' }
  const strings = given.map((key) => data[key]).filter((value) => typeof value === 'string')
  if (others.length === 0) {
    const [due] = strings
    return due === undefined || due === '' ? { branch: 'free' } : { branch: only, due }
  }
  const isPlain = strings.length === given.length && !strings.includes('')
  return { branch: 'several', oneOf: isPlain ? strings : [], preferred: strings[0] }
}

/** Any word but `ok` leaves the end open: DJI's `in_progress` and `sent` are only the most common. */
function hasOnlyStarted(output: unknown): boolean {
  const status = isJsonObject(output) ? output['status'] : undefined
  return typeof status === 'string' && status !== 'ok'
}
