import { isDeepStrictEqual } from 'node:util'
import { isAccepted } from '../heard-exchange.ts'
import type { History, KeyUse } from '../history.ts'
import { oncePer } from '../once-per.ts'
import type { AnswerCase, AnswerCheck, Ruling } from './check.ts'
import { rule, seqOf, shown, shownAnswer } from './check.ts'
import type { CreateFacts } from './create.ts'
import { createFacts, earlierUses, isInconclusive } from './create.ts'

/** A create whose key stands for a command already. */
interface Repeat {
  readonly facts: CreateFacts
  readonly original: KeyUse
  /** `after`: sent when the first answer had come; `beside`: while it was under way. */
  readonly when: 'after' | 'beside'
  /** How the requests differ; `notation` is white space and order of keys, `doubtful` what the contract does not decide. */
  readonly differs: 'nothing' | 'notation' | 'request' | 'doubtful'
}

/** Keys are surely kept that long; for how much longer is a choice (rule: create-key-per-api-id). */
const surelyKept_ms = 10 * 60_000

/** The create as a repetition, or `undefined` when it is none or cannot be told for certain. */
const repeatOf = oncePer((of: AnswerCase, history: History): Repeat | undefined => {
  const facts = createFacts(of, history)
  if (facts === undefined || isInconclusive(of, history) || of.answer.status === 401) return undefined
  const { body, faults } = facts.reading
  const sn = history.dockOf(body?.['device_id'])
  if (body === undefined || faults.length > 0 || sn === undefined) return undefined
  // A gateway may refuse what it cannot deliver before it looks at the key.
  if (history.rig.isOffline(sn, of.heard.exchange.sentAt) && history.options.profile.keeps !== 'all')
    return undefined
  const uses = earlierUses(of, history).filter(({ api_id }) => api_id === history.apiIdOf(of.heard))
  // A request that was refused, or whose fate is not known, leaves open what its key stands for.
  const doubtful = uses.filter(
    (use) => use.command_id === undefined && differenceOf(use, facts) === 'request',
  )
  const original = uses.find((use) => use.command_id !== undefined)
  if (original === undefined || doubtful.length > 0) return undefined
  const when = original.heard.exchange.seqDone < of.heard.exchange.seqSent ? 'after' : 'beside'
  return { facts, original, when, differs: differenceOf(original, facts) }
})

function differenceOf({ heard }: KeyUse, { reading, heard: again }: CreateFacts): Repeat['differs'] {
  if (heard.exchange.request.body === again.exchange.request.body) return 'nothing'
  const { call } = heard
  const first = call.kind === 'create' ? call.reading.body : undefined
  if (isDeepStrictEqual(first, reading.body)) return 'notation'
  const withDefault = (body: typeof first): unknown => ({ timeout_seconds: 30, ...body })
  if (reading.doubt !== undefined || isDeepStrictEqual(withDefault(first), withDefault(reading.body)))
    return 'doubtful'
  return 'request'
}

function isKept({ facts, original }: Repeat, history: History): boolean {
  const { sentAt } = original.heard.exchange
  return !history.rig.wasRestarted(sentAt, facts.heard.exchange.doneAt)
}

function isRecent({ facts, original }: Repeat): boolean {
  return facts.heard.exchange.sentAt - original.heard.exchange.doneAt <= surelyKept_ms
}

/** The rule under which a repetition must give the same command. */
function sameCommandRule(repeat: Repeat, history: History): string | undefined {
  if (repeat.differs === 'request' || repeat.differs === 'doubtful') return undefined
  if (!isKept(repeat, history))
    return history.options.profile.capabilities.includes('durable-store') ? 'restart-keeps' : undefined
  if (!isRecent(repeat)) return 'create-key-per-api-id'
  if (repeat.differs === 'notation') return 'create-same-when-parsed'
  return repeat.when === 'after' ? 'create-replay-same-command' : 'create-replay-simultaneous'
}

function sameCommand(id: string): AnswerCheck {
  return {
    rule: id,
    check(of, history) {
      const repeat = repeatOf(of, history)
      if (repeat === undefined || sameCommandRule(repeat, history) !== id) return undefined
      const { answer, heard } = of
      const isSame = isAccepted(answer) && answer.body['command_id'] === repeat.original.command_id
      return rule(isSame, () => ({
        seen: isAccepted(answer) ? `command_id ${shown(answer.body['command_id'])}` : shownAnswer(answer),
        due: `the command_id of the first answer, ${shown(repeat.original.command_id)}`,
        evidence: [seqOf(repeat.original.heard), seqOf(heard)],
      }))
    },
  }
}

/** A rule of how a repetition is answered that did get the same command. */
function onReplay(id: string, check: (of: AnswerCase, repeat: Repeat) => Ruling): AnswerCheck {
  return {
    rule: id,
    check(of, history) {
      const repeat = repeatOf(of, history)
      if (repeat === undefined || sameCommandRule(repeat, history) === undefined) return undefined
      if (!isAccepted(of.answer) || of.answer.body['command_id'] !== repeat.original.command_id)
        return undefined
      return check(of, repeat)
    },
  }
}

function isSameInstant(left: unknown, right: unknown): boolean {
  return Math.abs(Date.parse(String(left)) - Date.parse(String(right))) <= 1_000
}

export const replayChecks: readonly AnswerCheck[] = [
  ...[
    'create-replay-same-command',
    'create-replay-simultaneous',
    'create-same-when-parsed',
    'create-key-per-api-id',
    'restart-keeps',
  ].map(sameCommand),
  onReplay('create-replay-accepted', ({ answer, heard }, { original }) => {
    const { status, accepted_at } = answer.body
    const first = original.heard.answer?.body['accepted_at']
    return rule(status === 'ACCEPTED' && isSameInstant(accepted_at, first), () => ({
      seen: `status ${shown(status)}, accepted_at ${shown(accepted_at)}`,
      due: `status "ACCEPTED", accepted_at ${shown(first)} within 1 s`,
      evidence: [seqOf(original.heard), seqOf(heard)],
    }))
  }),
  onReplay('create-replay-200', ({ answer, heard }, { original, when }) => {
    if (when === 'beside') return undefined
    return rule(answer.status === 200, () => ({
      seen: `a replay answered with ${answer.status}`,
      due: '200',
      evidence: [seqOf(original.heard), seqOf(heard)],
    }))
  }),
  {
    rule: 'create-conflict',
    check(of, history) {
      const repeat = repeatOf(of, history)
      if (repeat === undefined || repeat.differs !== 'request' || repeat.when === 'beside') return undefined
      if (!isKept(repeat, history) || !isRecent(repeat)) return undefined
      const { answer, heard } = of
      return rule(answer.status === 409 && answer.code === 'IDEMPOTENCY_CONFLICT', () => ({
        seen: `another request with a used key was answered with ${shownAnswer(answer)}`,
        due: '409 IDEMPOTENCY_CONFLICT',
        evidence: [seqOf(repeat.original.heard), seqOf(heard)],
      }))
    },
  },
  {
    rule: 'create-key-per-api-id',
    check(of, history) {
      const facts = createFacts(of, history)
      if (facts === undefined || facts.reading.faults.length > 0 || isInconclusive(of, history))
        return undefined
      const uses = earlierUses(of, history)
      const foreign = uses.find(({ api_id, seal, command_id }) => {
        return command_id !== undefined && seal === 'good' && api_id !== history.apiIdOf(of.heard)
      })
      if (foreign === undefined || uses.some(({ api_id }) => api_id === history.apiIdOf(of.heard)))
        return undefined
      const { answer, heard } = of
      const isShared = answer.status === 409 || answer.body['command_id'] === foreign.command_id
      return rule(!isShared, () => ({
        seen: `the key of another API ID was answered with ${shownAnswer(answer)}`,
        due: 'a command of its own',
        evidence: [seqOf(foreign.heard), seqOf(heard)],
      }))
    },
  },
]
