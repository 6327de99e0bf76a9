import type { JsonObject } from '../../contracts/index.ts'
import type { CommandState } from './command-state.ts'
import type { MappedReply } from './map-reply.ts'

/** A create request that passed every check, with its defaults filled in. */
export interface CommandRequest {
  readonly vendor: string
  readonly device_id: string
  readonly command_type: string
  readonly idempotency_key: string
  readonly payload: JsonObject
  readonly timeout_seconds: number
}

/** A command as it is stored. Times are milliseconds since the Unix epoch; what is not known is missing. */
export interface Command {
  readonly command_id: string
  readonly api_id: string
  /** What makes the idempotency key unique; one command per scope. */
  readonly scope: string
  readonly request: CommandRequest
  readonly gateway_sn: string
  readonly tid: string
  readonly bid: string
  readonly state: CommandState
  readonly accepted_at: number
  readonly deadline_at: number
  readonly updated_at: number
  /** When a gateway took it upon itself to publish the command. */
  readonly sent_at?: number
  readonly delivered_at?: number
  readonly response_received_at?: number
  readonly completed_at?: number
  /** The matched reply, or the unmatched one that stands in for it. */
  readonly reply?: MappedReply
}

/** What a new command is made of besides the request. */
export interface NewCommand {
  readonly request: CommandRequest
  readonly api_id: string
  readonly scope: string
  readonly gateway_sn: string
  readonly now: number
  readonly newId: () => string
}

/** Makes a command that has just been accepted. Its `tid` is drawn here, once, so that every resend repeats it. */
export function newCommand(made: NewCommand): Command {
  return {
    command_id: made.newId(), // rule: create-command-id-unique, create-command-id-shape
    api_id: made.api_id,
    scope: made.scope,
    request: made.request,
    gateway_sn: made.gateway_sn,
    tid: made.newId(), // rule: mqtt-tid-fresh
    bid: made.newId(), // rule: mqtt-envelope
    state: 'accepted',
    accepted_at: made.now,
    deadline_at: deadlineOf(made.now, made.request.timeout_seconds),
    updated_at: made.now,
  }
}

/** The instant at which the command's time is over; the clock starts at acceptance. */
export function deadlineOf(acceptedAt: number, timeoutSeconds: number): number {
  return acceptedAt + timeoutSeconds * 1000 // rule: lifecycle-deadline-from-acceptance
}
