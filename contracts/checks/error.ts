import type { HeardAnswer } from '../heard-exchange.ts'
import type { History } from '../history.ts'
import type { AnswerCase, AnswerCheck } from './check.ts'
import { rule, seqOf, shown, shownAnswer } from './check.ts'
import { callerRequestId } from './create.ts'

/** An error of the gateway itself: below its base path, with a body, and not while the rig is in trouble. */
function isError({ heard, answer }: AnswerCase, history: History): boolean {
  const { request, sentAt, doneAt } = heard.exchange
  if (answer.status < 400 || request.method === 'HEAD' || request.method === 'OPTIONS') return false
  // 431 is said by the HTTP server before the gateway hears of the request.
  if (answer.status === 431 || !request.path.startsWith(`${history.options.profile.base_path}/`)) return false
  return answer.status < 500 || history.rig.isCalm(sentAt, doneAt)
}

/** A status that says one thing only, in the contract's words. */
function says(id: string, status: number, code: string): AnswerCheck {
  return {
    rule: id,
    check(of, history) {
      if (of.answer.status !== status || !isError(of, history)) return undefined
      return rule(of.answer.code === code, () => ({
        seen: shownAnswer(of.answer),
        due: `${status} ${code}`,
        evidence: [seqOf(of.heard)],
      }))
    },
  }
}

const trace =
  /\n\s*at .+:\d+(:\d+)?\)?|\\n\s*at .+:\d+|node_modules|Traceback \(most recent|\.java:\d+\)|goroutine \d+ \[/

function showsTrace({ text }: HeardAnswer, sent: string): boolean {
  const found = trace.exec(text)?.[0]
  return found !== undefined && !sent.includes(found)
}

export const errorChecks: readonly AnswerCheck[] = [
  {
    rule: 'error-envelope',
    check(of, history) {
      if (!isError(of, history)) return undefined
      const { code, message, request_id } = of.answer.body
      const isEnvelope = [code, message, request_id].every((field) => typeof field === 'string')
      return rule(isEnvelope, () => ({
        seen: `${of.answer.status} with ${shown(of.answer.text)}`,
        due: 'a JSON object with the strings code, message and request_id',
        evidence: [seqOf(of.heard)],
      }))
    },
  },
  {
    rule: 'error-no-500',
    check({ heard, answer }, history) {
      const { sentAt, doneAt } = heard.exchange
      if (!history.rig.isCalm(sentAt, doneAt)) return undefined
      return rule(answer.status < 500, () => ({
        seen: shownAnswer(answer),
        due: 'no 5xx, whatever the input',
        evidence: [seqOf(heard)],
      }))
    },
  },
  {
    rule: 'error-request-id-echo',
    check(of, history) {
      const given = callerRequestId(of, history)
      const { request_id } = of.answer.body
      if (given === undefined || request_id === undefined) return undefined
      return rule(request_id === given, () => ({
        seen: `request_id ${shown(request_id)}`,
        due: shown(given),
        evidence: [seqOf(of.heard)],
      }))
    },
  },
  {
    rule: 'error-no-stack-trace',
    check(of, history) {
      if (!isError(of, history)) return undefined
      const { body, path } = of.heard.exchange.request
      return rule(!showsTrace(of.answer, `${body} ${path}`), () => ({
        seen: shown(of.answer.text),
        due: 'nothing of the inside of the gateway',
        evidence: [seqOf(of.heard)],
      }))
    },
  },
  says('error-forbidden', 403, 'FORBIDDEN'),
  says('error-payload-too-large', 413, 'PAYLOAD_TOO_LARGE'),
  says('error-rate-limited', 429, 'RATE_LIMITED'),
  says('error-unsupported-media-type', 415, 'UNSUPPORTED_MEDIA_TYPE'),
  {
    rule: 'error-unsupported-media-type',
    check(of) {
      const { request } = of.heard.exchange
      const type = request.headers['content-type']
      const isJson = type === undefined || /json/i.test(type)
      if (of.heard.call.kind !== 'create' || of.seal !== 'good' || isJson) return undefined
      if ([413, 429, 403, 415].includes(of.answer.status) || of.answer.status >= 500 || !isWord(type))
        return undefined
      return rule(false, () => ({
        seen: `a body declared as ${shown(type)} was answered with ${shownAnswer(of.answer)}`,
        due: '415 UNSUPPORTED_MEDIA_TYPE',
        evidence: [seqOf(of.heard)],
      }))
    },
  },
]

/** A media type that reads as one; what does not is nobody's business. */
function isWord(type: string): boolean {
  return /^[\w.+-]+\/[\w.+-]+(\s*;.*)?$/.test(type)
}
