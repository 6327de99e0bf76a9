import { describe, expect, it } from 'vitest'
import { createDeadlines } from '../../src/gateway/deadlines.ts'
import type { Clock } from '../../src/gateway/index.ts'
import { aCommand } from '../support/a-command.ts'
import { FakeClock } from '../support/fake-clock.ts'

describe('createDeadlines', () => {
  it('waits for the rest when a timer fires early', () => {
    const clock = new FakeClock()
    let haste = 1
    const hasty: Clock = {
      now: () => clock.now(),
      after(ms, run) {
        const cancel = clock.after(ms - haste, run)
        haste = 0
        return cancel
      },
    }
    const expired: number[] = []
    const deadlines = createDeadlines(hasty, () => expired.push(clock.now()))
    const due = clock.now() + 1000
    deadlines.arm(aCommand({ deadline_at: due }))

    clock.advance(999)
    const early = [...expired]
    clock.advance(1)

    expect([early, expired]).toEqual([[], [due]])
  })

  it('follows a deadline that moves', () => {
    const clock = new FakeClock()
    const expired: number[] = []
    const deadlines = createDeadlines(clock, () => expired.push(clock.now()))
    const start = clock.now()
    deadlines.arm(aCommand({ deadline_at: start + 1000 }))
    deadlines.arm(aCommand({ deadline_at: start + 2000 }))

    clock.advance(5000)

    expect(expired).toEqual([start + 2000])
  })
})
