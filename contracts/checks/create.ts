import type { CommandRecord } from '../command-record.ts'
import { createdFrom } from '../command-record.ts'
import type { CreateReading } from '../create-request.ts'
import { isFinal } from '../lifecycle.ts'
import type { HeardAnswer } from '../heard-exchange.ts'
import { isAccepted } from '../heard-exchange.ts'
import type { History, KeyUse } from '../history.ts'
import { signingHeaders } from '../seal.ts'
import { oncePer } from '../once-per.ts'
import type { AnswerCase, AnswerCheck, Ruling } from './check.ts'
import { rule, seqOf, shown, shownAnswer } from './check.ts'

/** What a create request deserves when its signature is right. */
export interface CreateFacts extends AnswerCase {
  readonly reading: CreateReading
  readonly isRepeated: boolean
}

/** The case as a create whose seal is right, or `undefined` for any other. */
export const createFacts = oncePer((of: AnswerCase, history: History): CreateFacts | undefined => {
  const { call, exchange } = of.heard
  if (call.kind !== 'create' || of.seal !== 'good') return undefined
  const type = exchange.request.headers['content-type']
  if (type !== undefined && !/^application\/json\b/i.test(type)) return undefined
  return { ...of, reading: call.reading, isRepeated: earlierUses(of, history).length > 0 }
})

/** Other creates with the same key, of whoever, that were sent before this one was answered. */
export function earlierUses({ heard }: AnswerCase, history: History): readonly KeyUse[] {
  const key = heard.call.kind === 'create' ? heard.call.reading.body?.['idempotency_key'] : undefined
  const uses = typeof key === 'string' ? (history.keys.get(key) ?? []) : []
  const { exchange } = heard
  return uses.filter(
    (use) => use.heard.exchange !== exchange && use.heard.exchange.seqSent < exchange.seqDone,
  )
}

/** Answers that say nothing about the request: too fast, too large for a proxy, not allowed, or trouble of the rig's own. */
export function isInconclusive({ heard, answer }: AnswerCase, history: History): boolean {
  const { sentAt, doneAt, request } = heard.exchange
  if (answer.status === 429 || answer.status === 403) return true
  if (answer.status === 413 && request.body.length > 4_096) return true
  return answer.status >= 500 && !history.rig.isCalm(sentAt, doneAt)
}

/** A create that a correct gateway cannot but accept, and the rule that says so. */
const acceptance = oncePer((facts: CreateFacts, history: History): string | undefined => {
  const { reading, isRepeated, heard } = facts
  const { body, faults, doubt } = reading
  if (isRepeated || body === undefined || faults.length > 0 || doubt !== undefined) return undefined
  const sn = history.dockOf(body['device_id'])
  if (sn === undefined || isInconclusive(facts, history) || facts.answer.status === 401) return undefined
  const { sentAt, doneAt } = heard.exchange
  if (history.rig.isOffline(sn, sentAt)) return 'offline-waits'
  if (!history.rig.isConnected(sn, sentAt, doneAt)) return undefined
  if (isCrowded(sn, heard.exchange.seqSent, history)) return undefined
  if (body['command_type'] !== 'drone_close') return 'method-reaches-dock' // rule: method-reaches-dock
  const timeout = body['timeout_seconds']
  if (timeout === 0) return 'create-timeout-zero'
  return timeout === 1 || timeout === 300 ? 'create-accepts-timeout-range' : 'create-accepts'
})

/** A gateway that does not run commands of one dock side by side may refuse the second. */
function isCrowded(sn: string, seqSent: number, history: History): boolean {
  if (history.options.profile.capabilities.includes('parallel-per-device')) return false
  const groups = history.groupsOf(sn)
  if (groups.some(({ ghosts }) => ghosts.length > 0)) return true
  const older = groups.flatMap(({ commands }) => commands).filter((other) => createdFrom(other).seq < seqSent)
  return older.some((command) => !wasOver(command, seqSent))
}

/** Whether other commands of the dock may have held this one up, on a gateway that runs them one by one. */
export function hasCompany(command: CommandRecord, history: History): boolean {
  if (history.options.profile.capabilities.includes('parallel-per-device')) return false
  const { seq } = createdFrom(command)
  return history.neighbours(command).some((other) => !wasOver(other, seq))
}

/** Whether the command had surely ended when something else began. */
function wasOver({ seen }: CommandRecord, seq: number): boolean {
  return [...seen].some(([status, { seqDone }]) => isFinal(status) && seqDone < seq)
}

function accepts(id: string): AnswerCheck {
  return {
    rule: id,
    check(of, history) {
      const facts = createFacts(of, history)
      if (facts === undefined || acceptance(facts, history) !== id) return undefined
      return rule(isAccepted(of.answer), () => ({
        seen: `a valid request was answered with ${shownAnswer(of.answer)}`,
        due: 'a 2xx answer',
        evidence: [seqOf(of.heard)],
      }))
    },
  }
}

/** The checks of what a 2xx answer to a create holds. */
function onAccepted(
  id: string,
  of: (
    facts: AnswerCase,
    history: History,
  ) => { readonly seen: unknown; readonly due: string; readonly holds: boolean } | undefined,
): AnswerCheck {
  return {
    rule: id,
    check(facts, history): Ruling {
      if (facts.heard.call.kind !== 'create' || !isAccepted(facts.answer)) return undefined
      const found = of(facts, history)
      if (found === undefined) return undefined
      const { seen, due, holds } = found
      return rule(holds, () => ({ seen: shown(seen), due, evidence: [seqOf(facts.heard)] }))
    },
  }
}

/** Zero offsets only; a fraction of any length (RFC 3339). */
const utc = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]00:00)$/

export function isUtc(value: unknown): boolean {
  return typeof value === 'string' && utc.test(value) && !Number.isNaN(Date.parse(value))
}

function answersFully({ body }: HeardAnswer, isRepeated: boolean): boolean {
  const { command_id, status, accepted_at } = body
  const isNamed = typeof command_id === 'string' && command_id !== '' && accepted_at !== undefined
  return isNamed && (isRepeated || status === 'ACCEPTED')
}

export const createChecks: readonly AnswerCheck[] = [
  ...[
    'create-accepts',
    'create-accepts-timeout-range',
    'create-timeout-zero',
    'method-reaches-dock',
    'offline-waits',
  ].map(accepts),
  onAccepted('create-accepts', (of, history) => ({
    seen: of.answer.body,
    due: 'command_id, status "ACCEPTED" and accepted_at',
    holds: answersFully(of.answer, earlierUses(of, history).length > 0),
  })),
  onAccepted('create-accepted-at-utc', ({ answer }) => {
    const { accepted_at } = answer.body
    if (accepted_at === undefined) return undefined
    return { seen: accepted_at, due: 'an RFC 3339 date-time with a zero offset', holds: isUtc(accepted_at) }
  }),
  onAccepted('create-answers-202', (of, history) => {
    if (earlierUses(of, history).length > 0) return undefined
    return { seen: of.answer.status, due: '202', holds: of.answer.status === 202 }
  }),
  onAccepted('create-command-id-shape', ({ answer }) => {
    const { command_id } = answer.body
    const isUuid =
      typeof command_id === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(command_id)
    return { seen: command_id, due: 'the shape of a UUID', holds: isUuid }
  }),
  onAccepted('create-command-id-unique', ({ command, heard }) => {
    const key = heard.call.kind === 'create' ? heard.call.reading.body?.['idempotency_key'] : undefined
    if (command === undefined || typeof key !== 'string') return undefined
    return {
      seen: `${command.command_id} again, for another idempotency_key`,
      due: 'an id of its own for each command',
      holds: command.idempotency_key === key,
    }
  }),
  onAccepted('create-request-id', ({ answer }) => {
    const { request_id } = answer.body
    return {
      seen: request_id,
      due: 'a request_id',
      holds: typeof request_id === 'string' && request_id !== '',
    }
  }),
]

/** The caller's request id, when it sent one that can be repeated. */
export function callerRequestId(of: AnswerCase, history: History): string | undefined {
  const given = signingHeaders(of.heard.exchange, history.options.profile).request_id
  return given !== undefined && /^[\w.-]{1,64}$/.test(given) ? given : undefined
}
