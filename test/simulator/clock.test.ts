import { describe, expect, it } from 'vitest'
import { VirtualClock, virtualEpoch } from '../../simulator/index.ts'

describe('VirtualClock', () => {
  it('stands still until it is advanced', () => {
    const clock = new VirtualClock()
    clock.after(500, () => undefined)

    expect(clock.now()).toBe(virtualEpoch)
    expect(clock.advance()).toBe(true)
    expect(clock.now()).toBe(virtualEpoch + 500)
  })

  it('runs timers of one instant in the order in which they were set', () => {
    const clock = new VirtualClock()
    const ran: string[] = []
    for (const name of ['a', 'b', 'c']) clock.after(10, () => ran.push(name))
    clock.after(5, () => ran.push('first'))

    clock.advance()
    clock.advance()

    expect(ran).toEqual(['first', 'a', 'b', 'c'])
  })

  it('leaves a timer for now that a timer sets to the next step', () => {
    const clock = new VirtualClock()
    const ran: string[] = []
    clock.after(10, () => clock.after(0, () => ran.push('later')))

    clock.advance()

    expect(ran).toEqual([])
    expect(clock.nextDue()).toBe(virtualEpoch + 10)
  })

  it('forgets a timer that was taken back, twice or too late', () => {
    const clock = new VirtualClock()
    const ran: string[] = []
    const cancel = clock.after(10, () => ran.push('cancelled'))
    const late = clock.after(20, () => ran.push('ran'))

    cancel()
    cancel()
    clock.advance()
    late()

    expect(ran).toEqual(['ran'])
    expect(clock.advance()).toBe(false)
  })

  it('takes a negative delay for none', () => {
    const clock = new VirtualClock()
    clock.after(-5, () => undefined)

    expect(clock.nextDue()).toBe(virtualEpoch)
  })
})
