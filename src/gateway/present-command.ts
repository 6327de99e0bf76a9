import type { JsonObject } from '../../contracts/index.ts'
import type { Command } from './command.ts'
import { statusOf } from './command-state.ts'

/** An answer of the HTTP API before it is written. */
export interface Presented {
  readonly status: number
  readonly body: JsonObject
}

/** The answer to a create; a replay says what the first answer said, whatever has become of the command. */
export function presentCreated(command: Command, how: 'first' | 'replay', request_id: string): Presented {
  return {
    status: how === 'first' ? 202 : 200, // rule: create-answers-202, create-replay-200
    body: {
      command_id: command.command_id, // rule: create-accepts
      status: 'ACCEPTED', // rule: create-replay-accepted
      accepted_at: timestamp(command.accepted_at),
      request_id, // rule: create-request-id
    },
  }
}

/** The command as a query shows it; what is not known is left out (rule: query-timestamps). */
export function presentCommand(command: Command): JsonObject {
  const { request, reply } = command
  return {
    command_id: command.command_id,
    status: statusOf(command.state), // rule: query-shows-command, query-status-enum
    vendor: request.vendor,
    device_id: request.device_id,
    command_type: request.command_type,
    timeout_seconds: request.timeout_seconds,
    accepted_at: timestamp(command.accepted_at),
    ...dated('delivered_at', command.delivered_at),
    ...dated('response_received_at', command.response_received_at),
    ...dated('completed_at', command.completed_at),
    updated_at: timestamp(command.updated_at),
    ...(reply === undefined ? {} : { response_code: reply.response_code }), // rule: query-response-fields
    ...(reply?.response_message === undefined ? {} : { response_message: reply.response_message }),
    ...(reply === undefined ? {} : { vendor_response: reply.vendor_response }),
    ...failureOf(command),
  }
}

/** Only the API ID that created a command may see it. */
export function mayRead(command: Command, api_id: string): boolean {
  return command.api_id === api_id // rule: query-own-commands
}

/** RFC 3339 in UTC with milliseconds. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString() // rule: create-accepted-at-utc
}

function dated(name: string, ms: number | undefined): JsonObject {
  return ms === undefined ? {} : { [name]: timestamp(ms) }
}

function failureOf(command: Command): JsonObject {
  const { state, reply, request } = command
  switch (state) {
    case 'failed':
      return {
        failure_code: reply?.response_code ?? '',
        failure_reason: reply?.response_message ?? 'The device refused the command.',
      }
    case 'timedOut':
      return {
        failure_code: 'TIMED_OUT',
        failure_reason:
          command.sent_at === undefined
            ? `The device was not on line within ${request.timeout_seconds} s.`
            : `The device did not answer within ${request.timeout_seconds} s.`,
      }
    case 'endedUnmatched':
      return {
        failure_code: 'UNMATCHED_RESPONSE',
        failure_reason: 'Only a response that could not be tied to the command came in time.',
      }
    default:
      return {}
  }
}
