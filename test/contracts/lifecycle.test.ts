import { describe, expect, it } from 'vitest'
import type { LifecycleEvent, Status } from '../../contracts/index.ts'
import { isFinal, mayFollow, next, orderRules, statuses } from '../../contracts/index.ts'

const succeeds: LifecycleEvent = { kind: 'matched', outcome: 'SUCCEEDED' }
const fails: LifecycleEvent = { kind: 'matched', outcome: 'FAILED' }
const acknowledged: LifecycleEvent = { kind: 'acknowledged' }
const unmatched: LifecycleEvent = { kind: 'unmatched' }
const deadline: LifecycleEvent = { kind: 'deadline' }

/** Every status with every event; `undefined` is a refused transition. */
const transitions: readonly (readonly [Status, LifecycleEvent, Status | undefined])[] = [
  ['ACCEPTED', acknowledged, 'DELIVERED'],
  ['ACCEPTED', succeeds, 'SUCCEEDED'],
  ['ACCEPTED', fails, 'FAILED'],
  ['ACCEPTED', unmatched, 'UNMATCHED_RESPONSE'],
  ['ACCEPTED', deadline, 'TIMED_OUT'],
  ['DELIVERED', acknowledged, undefined],
  ['DELIVERED', succeeds, 'SUCCEEDED'],
  ['DELIVERED', fails, 'FAILED'],
  ['DELIVERED', unmatched, 'UNMATCHED_RESPONSE'],
  ['DELIVERED', deadline, 'TIMED_OUT'],
  ['UNMATCHED_RESPONSE', acknowledged, undefined],
  ['UNMATCHED_RESPONSE', succeeds, 'SUCCEEDED'],
  ['UNMATCHED_RESPONSE', fails, 'FAILED'],
  ['UNMATCHED_RESPONSE', unmatched, 'UNMATCHED_RESPONSE'],
  ['UNMATCHED_RESPONSE', deadline, 'UNMATCHED_RESPONSE'],
  ['SUCCEEDED', acknowledged, undefined],
  ['SUCCEEDED', succeeds, undefined],
  ['SUCCEEDED', fails, undefined],
  ['SUCCEEDED', unmatched, undefined],
  ['SUCCEEDED', deadline, undefined],
  ['FAILED', acknowledged, undefined],
  ['FAILED', succeeds, undefined],
  ['FAILED', fails, undefined],
  ['FAILED', unmatched, undefined],
  ['FAILED', deadline, undefined],
  ['TIMED_OUT', acknowledged, undefined],
  ['TIMED_OUT', succeeds, undefined],
  ['TIMED_OUT', fails, undefined],
  ['TIMED_OUT', unmatched, undefined],
  ['TIMED_OUT', deadline, undefined],
]

describe('next', () => {
  it.each(transitions)('leads from %s by %o to %s', (state, event, due) => {
    expect(next(state, event)).toBe(due)
  })
})

describe('mayFollow', () => {
  const allowed: Readonly<Record<Status, readonly Status[]>> = {
    ACCEPTED: statuses,
    DELIVERED: ['DELIVERED', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'UNMATCHED_RESPONSE'],
    SUCCEEDED: ['SUCCEEDED'],
    FAILED: ['FAILED'],
    TIMED_OUT: ['TIMED_OUT'],
    UNMATCHED_RESPONSE: ['SUCCEEDED', 'FAILED', 'UNMATCHED_RESPONSE'],
  }

  it.each(statuses)('allows after %s what the contract does', (earlier) => {
    expect(statuses.filter((later) => mayFollow(earlier, later))).toEqual(allowed[earlier])
  })
})

describe('orderRules', () => {
  it.each<[Status, Status, readonly string[]]>([
    ['DELIVERED', 'ACCEPTED', ['lifecycle-forward']],
    ['SUCCEEDED', 'ACCEPTED', ['lifecycle-forward', 'lifecycle-final']],
    ['SUCCEEDED', 'DELIVERED', ['lifecycle-forward', 'lifecycle-final']],
    ['FAILED', 'DELIVERED', ['lifecycle-forward', 'lifecycle-final']],
    ['FAILED', 'SUCCEEDED', ['lifecycle-final']],
    ['TIMED_OUT', 'ACCEPTED', ['lifecycle-forward', 'lifecycle-timed-out-final']],
    ['TIMED_OUT', 'SUCCEEDED', ['lifecycle-timed-out-final']],
    ['UNMATCHED_RESPONSE', 'ACCEPTED', ['lifecycle-forward', 'unmatched-provisional']],
    ['UNMATCHED_RESPONSE', 'TIMED_OUT', ['unmatched-provisional']],
    ['UNMATCHED_RESPONSE', 'FAILED', []],
  ])('says what %s breaks when %s follows', (earlier, later, broken) => {
    expect(orderRules(earlier, later)).toEqual(broken)
  })
})

describe('isFinal', () => {
  it('takes UNMATCHED_RESPONSE for final only after the deadline', () => {
    expect(statuses.filter((status) => isFinal(status))).toEqual(['SUCCEEDED', 'FAILED', 'TIMED_OUT'])
    expect(isFinal('UNMATCHED_RESPONSE', 'passed')).toBe(true)
  })
})
