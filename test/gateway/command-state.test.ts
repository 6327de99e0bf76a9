import { describe, expect, it } from 'vitest'
import type { CommandState, StateEvent } from '../../src/gateway/command-state.ts'
import { commandStates, isFinal, nextState, statusOf } from '../../src/gateway/command-state.ts'

const events = {
  acknowledged: { kind: 'acknowledged' },
  'matched and succeeded': { kind: 'matched', outcome: 'succeeded' },
  'matched and failed': { kind: 'matched', outcome: 'failed' },
  unmatched: { kind: 'unmatched' },
  deadline: { kind: 'deadline' },
} as const satisfies Record<string, StateEvent>
type EventName = keyof typeof events

/** A row for every state, a column for every event; `refused` leaves the command as it is. */
const table: Readonly<Record<CommandState, Readonly<Record<EventName, CommandState | 'refused'>>>> = {
  accepted: row('delivered', 'succeeded', 'failed', 'unmatched', 'timedOut'),
  delivered: row('refused', 'succeeded', 'failed', 'unmatched', 'timedOut'),
  unmatched: row('unmatched', 'succeeded', 'failed', 'unmatched', 'endedUnmatched'),
  succeeded: row('refused', 'refused', 'refused', 'refused', 'refused'),
  failed: row('refused', 'refused', 'refused', 'refused', 'refused'),
  timedOut: row('refused', 'refused', 'refused', 'refused', 'refused'),
  endedUnmatched: row('refused', 'refused', 'refused', 'refused', 'refused'),
}

const transitions = commandStates.flatMap((state) =>
  (Object.keys(events) as EventName[]).map((event) => ({ state, event, to: table[state][event] })),
)

describe('nextState', () => {
  it.each(transitions)('takes $state on $event to $to', ({ state, event, to }) => {
    const next = nextState(state, events[event])

    expect(next ?? 'refused').toBe(to)
  })
})

describe('isFinal', () => {
  it.each(commandStates)('holds for %s exactly when every event is refused', (state) => {
    const refusesAll = Object.values(events).every((event) => nextState(state, event) === undefined)

    expect(isFinal(state)).toBe(refusesAll)
  })
})

describe('statusOf', () => {
  it.each([
    ['accepted', 'ACCEPTED'],
    ['delivered', 'DELIVERED'],
    ['unmatched', 'UNMATCHED_RESPONSE'],
    ['succeeded', 'SUCCEEDED'],
    ['failed', 'FAILED'],
    ['timedOut', 'TIMED_OUT'],
    ['endedUnmatched', 'UNMATCHED_RESPONSE'],
  ] as const)('shows %s as %s', (state, status) => {
    expect(statusOf(state)).toBe(status)
  })
})

function row(...to: readonly [To, To, To, To, To]): Record<EventName, To> {
  const [acknowledged, succeeded, failed, unmatched, deadline] = to
  return {
    acknowledged,
    'matched and succeeded': succeeded,
    'matched and failed': failed,
    unmatched,
    deadline,
  }
}

type To = CommandState | 'refused'
