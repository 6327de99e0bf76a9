import { isAccepted } from '../heard-exchange.ts'
import type { History } from '../history.ts'
import { signingHeaders, usesOf } from '../seal.ts'
import type { AnswerCase, AnswerCheck, Ruling } from './check.ts'
import { rule, seqOf, shownAnswer } from './check.ts'
import { isInconclusive } from './create.ts'

/** Creates are judged; reads only where every call is signed. Answers that come before the signature is looked at are not. */
function isJudged(of: AnswerCase, history: History): boolean {
  const { kind } = of.heard.call
  const isPlace = kind === 'create' || (kind === 'read' && history.options.profile.signing.reads === 'signed')
  return isPlace && !isInconclusive(of, history) && ![413, 415].includes(of.answer.status)
}

/** Whether nothing but the signature is wrong with the request. */
function isElseRight({ heard }: AnswerCase, history: History): boolean {
  if (heard.call.kind !== 'create') return true
  const { body, faults, doubt } = heard.call.reading
  return faults.length === 0 && doubt === undefined && history.dockOf(body?.['device_id']) !== undefined
}

/** The codes that may refuse the seal; the contract names one where the judge can be certain of the cause. */
function dueCodes(of: AnswerCase, history: History): readonly string[] {
  switch (of.seal) {
    case 'unsigned':
      return ['UNAUTHORIZED']
    case 'expired':
      return ['TIMESTAMP_EXPIRED']
    case 'replayed':
      return ['NONCE_REPLAYED']
    default:
      return tamperedCodes(of, history)
  }
}

function tamperedCodes({ heard }: AnswerCase, history: History): readonly string[] {
  const {
    api_id = '',
    timestamp = '',
    nonce = '',
    signature = '',
  } = signingHeaders(heard.exchange, history.options.profile)
  const isStale = !(Math.abs(Number(timestamp) - heard.exchange.sentAt / 1000) <= 61)
  return [
    'SIGNATURE_INVALID',
    ...(history.apiIds.has(api_id) && nonce !== '' && signature !== '' && /^\d+$/.test(timestamp)
      ? []
      : ['UNAUTHORIZED']),
    ...(isStale ? ['TIMESTAMP_EXPIRED'] : []),
    ...(usesOf(heard.exchange, history.options.profile, history.nonces).length === 0
      ? []
      : ['NONCE_REPLAYED']),
  ]
}

/** A refusal of a bad seal. With another fault beside it, which of the two is named is a choice. */
function refusal(of: AnswerCase, history: History): Ruling {
  const { answer, heard } = of
  const codes = dueCodes(of, history)
  const isRefused = isElseRight(of, history)
    ? answer.status === 401 && codes.includes(answer.code ?? '')
    : !isAccepted(answer)
  return rule(isRefused, () => ({
    seen: `${wordsOf(of)} was answered with ${shownAnswer(answer)}`,
    due: `401 ${codes.join(' or ')}`,
    evidence: [seqOf(heard)],
  }))
}

function wordsOf({ seal, heard }: AnswerCase): string {
  const { signing } = heard.exchange.request
  if (signing.kind === 'tampered') return `a wrongly signed request (${signing.what})`
  if (seal === 'expired') return 'a request with an expired timestamp'
  return seal === 'replayed'
    ? 'a request with a nonce that was used before'
    : 'a request that is not fully signed'
}

function refuses(id: string, seals: readonly AnswerCase['seal'][]): AnswerCheck {
  return {
    rule: id,
    check(of, history) {
      const isRead = of.heard.call.kind === 'read'
      if (!seals.includes(of.seal) || !isJudged(of, history) || isRead) return undefined
      return refusal(of, history)
    },
  }
}

export const signChecks: readonly AnswerCheck[] = [
  {
    rule: 'sign-accepts',
    check(of, history) {
      if (of.seal !== 'good' || !isJudged(of, history)) return undefined
      return rule(of.answer.status !== 401, () => ({
        seen: `a rightly signed request was answered with ${shownAnswer(of.answer)}`,
        due: 'no 401',
        evidence: [seqOf(of.heard)],
      }))
    },
  },
  refuses('sign-requires', ['unsigned']),
  refuses('sign-refuses', ['tampered']),
  refuses('sign-window', ['expired']),
  refuses('sign-nonce', ['replayed']),
  refuses('sign-hex-case', ['uppercase']),
  {
    rule: 'sign-reads',
    check(of, history) {
      const isBad = of.seal === 'unsigned' || of.seal === 'tampered'
      if (of.heard.call.kind !== 'read' || !isBad || !isJudged(of, history)) return undefined
      return rule(of.answer.status === 401, () => ({
        seen: `an unsigned or wrongly signed read was answered with ${shownAnswer(of.answer)}`,
        due: '401',
        evidence: [seqOf(of.heard)],
      }))
    },
  },
  {
    rule: 'sign-bad-keeps-nonce',
    check(of, history) {
      if (!isJudged(of, history)) return undefined
      if (of.seal === 'spared') {
        return rule(of.answer.status !== 401, () => ({
          seen: `a nonce that only a wrong signature had carried was answered with ${shownAnswer(of.answer)}`,
          due: 'no 401',
          evidence: [seqOf(of.heard)],
        }))
      }
      const isBad = ['unsigned', 'tampered', 'expired', 'replayed'].includes(of.seal)
      if (!isBad || of.heard.call.kind !== 'create' || isElseRight(of, history)) return undefined
      const codes = dueCodes(of, history)
      return rule(of.answer.status === 401 && codes.includes(of.answer.code ?? ''), () => ({
        seen: `signature and body are wrong, and the answer is ${shownAnswer(of.answer)}`,
        due: `401 ${codes.join(' or ')}: the signature is looked at first`,
        evidence: [seqOf(of.heard)],
      }))
    },
  },
]
