import type { HeardAnswer } from '../heard-exchange.ts'
import type { History } from '../history.ts'
import { isStatus } from '../lifecycle.ts'
import { oncePer } from '../once-per.ts'
import type { AnswerCase, AnswerCheck } from './check.ts'
import { rule, seqOf, shown, shownAnswer } from './check.ts'
import { isInconclusive, isUtc } from './create.ts'

/** A read by somebody who may: rightly signed, or without need. */
function isReader({ seal, heard }: AnswerCase, history: History): boolean {
  if (heard.call.kind !== 'read') return false
  return seal === 'good' || (seal === 'unsigned' && history.options.profile.signing.reads === 'open')
}

/** A read of the reader's own, known command, whose answer says something. */
const isOwnRead = oncePer((of: AnswerCase, history: History): boolean => {
  if (of.command === undefined || !isReader(of, history) || isInconclusive(of, history)) return false
  const isOwn = of.seal !== 'good' || history.apiIdOf(of.heard) === of.command.api_id
  return isOwn && of.answer.status !== 401
})

/** Whether the gateway has been restarted since the command was created. */
function hasRestarted({ command, heard }: AnswerCase, history: History): boolean {
  const from = command?.creates[0]?.sentAt ?? heard.exchange.sentAt
  return history.rig.wasRestarted(from, heard.exchange.doneAt)
}

function showsAsCreated({ command, answer }: AnswerCase): boolean {
  if (command === undefined) return false
  const { command_id, status, vendor, device_id, command_type } = answer.body
  return (
    answer.status === 200 &&
    command_id === command.command_id &&
    typeof status === 'string' &&
    vendor === command.vendor &&
    device_id === command.device_id &&
    command_type === command.method
  )
}

const times = ['accepted_at', 'delivered_at', 'completed_at', 'response_received_at', 'updated_at'] as const

/** The times and reasons that are surely known in a status (rule: query-timestamps). */
function dueFields(status: unknown): readonly string[] {
  const always = ['accepted_at', 'updated_at']
  switch (status) {
    case 'DELIVERED':
      return [...always, 'delivered_at']
    case 'SUCCEEDED':
      return [...always, 'completed_at', 'response_received_at']
    case 'FAILED':
      return [...always, 'completed_at', 'response_received_at', 'failure_code', 'failure_reason']
    case 'TIMED_OUT':
      return [...always, 'completed_at']
    default:
      return always
  }
}

function badTimestamps({ body }: HeardAnswer): readonly string[] {
  const missing = dueFields(body['status']).filter((name) => typeof body[name] !== 'string')
  const odd = times.filter((name) => body[name] !== undefined && body[name] !== null && !isUtc(body[name]))
  return [...new Set([...missing, ...odd])]
}

export const queryChecks: readonly AnswerCheck[] = [
  {
    rule: 'query-shows-command',
    check(of, history) {
      if (!isOwnRead(of, history) || (hasRestarted(of, history) && of.answer.status === 404)) return undefined
      const { command, answer, heard } = of
      return rule(showsAsCreated(of), () => ({
        seen: answer.status === 200 ? shown(answer.body) : shownAnswer(answer),
        due: `200 with command_id, status, and ${shown({ vendor: command?.vendor, device_id: command?.device_id, command_type: command?.method })} as created`,
        evidence: [seqOf(heard)],
      }))
    },
  },
  {
    rule: 'restart-keeps',
    check(of, history) {
      if (!history.options.profile.capabilities.includes('durable-store')) return undefined
      if (!isOwnRead(of, history) || !hasRestarted(of, history)) return undefined
      return rule(of.answer.status !== 404, () => ({
        seen: 'after a restart the command was answered with 404',
        due: 'the command',
        evidence: [seqOf(of.heard)],
      }))
    },
  },
  {
    rule: 'query-status-enum',
    check(of, history) {
      if (!isOwnRead(of, history) || of.answer.status !== 200) return undefined
      const { status } = of.answer.body
      if (typeof status !== 'string') return undefined
      return rule(isStatus(status), () => ({
        seen: `status ${shown(status)}`,
        due: 'one of the six statuses',
        evidence: [seqOf(of.heard)],
      }))
    },
  },
  {
    rule: 'query-unknown-id',
    check(of, history) {
      const { heard, answer, command } = of
      if (heard.call.kind !== 'read' || command !== undefined || !isReader(of, history)) return undefined
      const { command_id } = heard.call
      if (history.hasForgotten || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(command_id))
        return undefined
      if (isInconclusive(of, history) || answer.status === 401) return undefined
      // A command that was created out of the judge's sight.
      if (
        answer.status === 200 &&
        answer.body['command_id'] === command_id &&
        isStatus(answer.body['status'])
      )
        return undefined
      return rule(answer.status === 404 && answer.code === 'COMMAND_NOT_FOUND', () => ({
        seen: `an unknown command_id was answered with ${shownAnswer(answer)}`,
        due: '404 COMMAND_NOT_FOUND',
        evidence: [seqOf(heard)],
      }))
    },
  },
  {
    rule: 'query-timestamps',
    check(of, history) {
      if (!isOwnRead(of, history) || of.answer.status !== 200) return undefined
      const bad = badTimestamps(of.answer)
      return rule(bad.length === 0, () => ({
        seen: `${shown(of.answer.body['status'])} with ${bad.map((name) => `${name} ${shown(of.answer.body[name])}`).join(', ')}`,
        due: 'what is known by then, times in UTC',
        evidence: [seqOf(of.heard)],
      }))
    },
  },
  {
    rule: 'query-own-commands',
    check(of, history) {
      const { command, heard, answer, seal } = of
      if (heard.call.kind !== 'read' || command === undefined || seal !== 'good') return undefined
      if (command.api_id === history.apiIdOf(heard) || isInconclusive(of, history)) return undefined
      return rule(answer.status === 404, () => ({
        seen: `the command of another API ID was answered with ${shownAnswer(answer)}`,
        due: '404 COMMAND_NOT_FOUND',
        evidence: [seqOf(heard)],
      }))
    },
  },
]
