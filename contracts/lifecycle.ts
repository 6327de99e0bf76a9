import { unreachable } from './harness-error.ts'

/** The statuses of a command as the HTTP API shows them (rule: query-status-enum). */
export const statuses = [
  'ACCEPTED',
  'DELIVERED',
  'SUCCEEDED',
  'FAILED',
  'TIMED_OUT',
  'UNMATCHED_RESPONSE',
] as const
export type Status = (typeof statuses)[number]

/** What may happen to a command. */
export type LifecycleEvent =
  /** The broker has acknowledged the published message. */
  | { readonly kind: 'acknowledged' }
  /** A reply with the command's `tid` and an integer `result` came. */
  | { readonly kind: 'matched'; readonly outcome: 'SUCCEEDED' | 'FAILED' }
  /** A reply came that could not be tied to the command. */
  | { readonly kind: 'unmatched' }
  | { readonly kind: 'deadline' }

/** The status after an event, or `undefined` when the contract refuses the event in that status. */
export function next(state: Status, event: LifecycleEvent): Status | undefined {
  switch (state) {
    case 'ACCEPTED':
      return whileOpen(event, 'DELIVERED')
    case 'DELIVERED':
      return whileOpen(event, undefined)
    case 'UNMATCHED_RESPONSE':
      return whileUnmatched(event)
    case 'SUCCEEDED':
    case 'FAILED':
      return undefined // rule: lifecycle-final
    case 'TIMED_OUT':
      return undefined // rule: lifecycle-timed-out-final
    default:
      return unreachable(state)
  }
}

/** Whether nothing may follow any more; UNMATCHED_RESPONSE is provisional until the deadline (rule: unmatched-provisional). */
export function isFinal(status: Status, deadline: 'ahead' | 'passed' = 'ahead'): boolean {
  if (status === 'UNMATCHED_RESPONSE') return deadline === 'passed'
  return status !== 'ACCEPTED' && status !== 'DELIVERED'
}

/** Whether a later read, begun after the earlier one had ended, may show its status; statuses between may have been missed. */
export function mayFollow(earlier: Status, later: Status): boolean {
  return orderRules(earlier, later).length === 0
}

/** The rules that a pair of reads breaks, in the order of the contract; none for an allowed pair. */
export function orderRules(earlier: Status, later: Status): readonly string[] {
  if (earlier === later || earlier === 'ACCEPTED') return []
  const isBack = later === 'ACCEPTED' ? ['lifecycle-forward'] : []
  switch (earlier) {
    case 'DELIVERED':
      return isBack
    case 'SUCCEEDED':
    case 'FAILED':
      return later === 'DELIVERED' ? ['lifecycle-forward', 'lifecycle-final'] : [...isBack, 'lifecycle-final']
    case 'TIMED_OUT':
      return [...isBack, 'lifecycle-timed-out-final']
    case 'UNMATCHED_RESPONSE':
      return later === 'SUCCEEDED' || later === 'FAILED' ? [] : [...isBack, 'unmatched-provisional']
    default:
      return unreachable(earlier)
  }
}

export function isStatus(value: unknown): value is Status {
  return statuses.some((status) => status === value)
}

function whileOpen(event: LifecycleEvent, acknowledged: Status | undefined): Status | undefined {
  switch (event.kind) {
    case 'acknowledged':
      return acknowledged
    case 'matched':
      return event.outcome // rule: lifecycle-early-reply
    case 'unmatched':
      return 'UNMATCHED_RESPONSE'
    case 'deadline':
      return 'TIMED_OUT' // rule: lifecycle-deadline
    default:
      return unreachable(event)
  }
}

function whileUnmatched(event: LifecycleEvent): Status | undefined {
  switch (event.kind) {
    case 'acknowledged':
      return undefined
    case 'matched':
      return event.outcome
    case 'unmatched':
    case 'deadline':
      return 'UNMATCHED_RESPONSE'
    default:
      return unreachable(event)
  }
}
