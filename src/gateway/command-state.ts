import { unreachable } from '../../contracts/index.ts'

/** Where a command is in its life; `unmatched` is provisional, `endedUnmatched` is what the deadline makes of it. */
export const commandStates = [
  'accepted',
  'delivered',
  'unmatched',
  'succeeded',
  'failed',
  'timedOut',
  'endedUnmatched',
] as const
export type CommandState = (typeof commandStates)[number]

/** What can happen to a command, as far as its state is concerned. */
export type StateEvent =
  | { readonly kind: 'acknowledged' }
  | { readonly kind: 'matched'; readonly outcome: 'succeeded' | 'failed' }
  | { readonly kind: 'unmatched' }
  | { readonly kind: 'deadline' }

/** What the HTTP API calls the states (CONTRACT: rule query-status-enum). */
export type CommandStatus =
  'ACCEPTED' | 'DELIVERED' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'UNMATCHED_RESPONSE'

/** The lifecycle's one step: the state that follows, or `undefined` when the event is refused. */
export function nextState(state: CommandState, event: StateEvent): CommandState | undefined {
  switch (state) {
    case 'accepted':
      return fromAccepted(event)
    case 'delivered':
      return fromDelivered(event)
    case 'unmatched':
      return fromUnmatched(event)
    case 'succeeded':
    case 'failed':
      return undefined // rule: lifecycle-final
    case 'timedOut':
    case 'endedUnmatched':
      return undefined // rule: lifecycle-timed-out-final
    default:
      return unreachable(state)
  }
}

/** Whether nothing can happen to the command any more. */
export function isFinal(state: CommandState): boolean {
  return state !== 'accepted' && state !== 'delivered' && state !== 'unmatched'
}

/** The state as the HTTP API shows it. */
export function statusOf(state: CommandState): CommandStatus {
  switch (state) {
    case 'accepted':
      return 'ACCEPTED'
    case 'delivered':
      return 'DELIVERED'
    case 'unmatched':
    case 'endedUnmatched':
      return 'UNMATCHED_RESPONSE'
    case 'succeeded':
      return 'SUCCEEDED'
    case 'failed':
      return 'FAILED'
    case 'timedOut':
      return 'TIMED_OUT'
    default:
      return unreachable(state)
  }
}

function fromAccepted(event: StateEvent): CommandState {
  switch (event.kind) {
    case 'acknowledged':
      return 'delivered'
    case 'matched':
      return event.outcome // rule: lifecycle-early-reply
    case 'unmatched':
      return 'unmatched'
    case 'deadline':
      return 'timedOut' // rule: lifecycle-deadline
    default:
      return unreachable(event)
  }
}

function fromDelivered(event: StateEvent): CommandState | undefined {
  switch (event.kind) {
    case 'acknowledged':
      return undefined
    case 'matched':
      return event.outcome
    case 'unmatched':
      return 'unmatched'
    case 'deadline':
      return 'timedOut' // rule: lifecycle-deadline
    default:
      return unreachable(event)
  }
}

/** An unmatched reply shows at once, yields to a matched one, and the deadline settles it (rule: unmatched-provisional). */
function fromUnmatched(event: StateEvent): CommandState {
  switch (event.kind) {
    case 'acknowledged':
    case 'unmatched':
      return 'unmatched' // rule: lifecycle-forward
    case 'matched':
      return event.outcome
    case 'deadline':
      return 'endedUnmatched'
    default:
      return unreachable(event)
  }
}
