import { unreachable } from '../../contracts/index.ts'
import type { Command } from './command.ts'
import type { CommandState, StateEvent } from './command-state.ts'
import { isFinal, nextState } from './command-state.ts'
import type { MappedReply } from './map-reply.ts'

/** What happens to a command, with what it carries. */
export type CommandEvent =
  | { readonly kind: 'acknowledged' }
  | { readonly kind: 'matched'; readonly reply: MappedReply }
  | { readonly kind: 'unmatched'; readonly reply: MappedReply }
  | { readonly kind: 'deadline' }

/** The lifecycle's step, replaceable. */
export type NextState = (state: CommandState, event: StateEvent) => CommandState | undefined

/**
 * The command after an event at an instant (ms), or `undefined` when the lifecycle refuses it. What comes at or after
 * the deadline finds the command already timed out, even when its timer has not fired yet.
 */
export function recordEvent(
  command: Command,
  event: CommandEvent,
  at: number,
  next: NextState = nextState,
): Command | undefined {
  const overdue = event.kind !== 'deadline' && at >= command.deadline_at
  // rule: lifecycle-deadline, create-timeout-zero
  const happened: CommandEvent = overdue ? { kind: 'deadline' } : event
  const when = happened.kind === 'deadline' ? Math.min(at, command.deadline_at) : at
  const state = next(command.state, stateEvent(happened))
  if (state === undefined) return undefined
  return {
    ...command,
    ...trace(happened, when),
    state,
    updated_at: when,
    ...(isFinal(state) ? { completed_at: when } : {}),
  }
}

function stateEvent(event: CommandEvent): StateEvent {
  return event.kind === 'matched' ? { kind: 'matched', outcome: event.reply.outcome } : event
}

function trace(event: CommandEvent, at: number): Partial<Command> {
  switch (event.kind) {
    case 'acknowledged':
      return { delivered_at: at }
    case 'matched':
    case 'unmatched':
      return { reply: event.reply, response_received_at: at }
    case 'deadline':
      return {}
    default:
      return unreachable(event)
  }
}
