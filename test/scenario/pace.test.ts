import { describe, expect, it } from 'vitest'
import { Activity, systemClock, VirtualClock } from '../../simulator/index.ts'
import { RealPace, VirtualPace } from '../../src/scenario/index.ts'

function aVirtualPace(): {
  readonly pace: VirtualPace
  readonly clock: VirtualClock
  readonly begun: number
} {
  const clock = new VirtualClock()
  return { pace: new VirtualPace(clock, new Activity()), clock, begun: clock.now() }
}

describe('virtual pace', () => {
  it('sees at once what holds already, and lets no time pass', async () => {
    const { pace, clock, begun } = aVirtualPace()

    const result = await pace.until(() => true, begun + 1000)

    expect(result).toBe('seen')
    expect(clock.now()).toBe(begun)
  })

  it('moves the clock to the deadline of what never comes', async () => {
    const { pace, clock, begun } = aVirtualPace()

    const result = await pace.until(() => false, begun + 300_000)

    expect(result).toBe('late')
    expect(clock.now()).toBe(begun + 300_000)
  })

  it('sees what happens at the very instant of the deadline', async () => {
    const { pace, clock, begun } = aVirtualPace()
    let happened = false
    clock.after(1000, () => {
      happened = true
    })

    expect(await pace.until(() => happened, begun + 1000)).toBe('seen')
  })

  it('serves several waiters in the order of their instants', async () => {
    const { pace, clock, begun } = aVirtualPace()
    const seen: string[] = []
    const wait = async (ms: number): Promise<void> => {
      await pace.pass(ms)
      seen.push(`${ms} at ${clock.now() - begun}`)
    }

    await Promise.all([wait(300), wait(100), wait(200)])

    expect(seen).toEqual(['100 at 100', '200 at 200', '300 at 300'])
  })

  it('waits again from within a wait', async () => {
    const { pace, clock, begun } = aVirtualPace()

    await pace.during(pace.pass(100).then(() => pace.pass(50)))

    expect(clock.now() - begun).toBe(150)
  })

  it('hands on what the work throws', async () => {
    const { pace } = aVirtualPace()

    await expect(pace.during(Promise.reject(new Error('no')))).rejects.toThrow('no')
  })

  it('hands on what a check throws to its own waiter only', async () => {
    const { pace, begun } = aVirtualPace()
    const bad = pace.until(() => {
      throw new Error('bad check')
    }, Infinity)
    const good = pace.until(() => false, begun + 10)

    await expect(bad).rejects.toThrow('bad check')
    await expect(good).resolves.toBe('late')
  })

  it('leaves no timer behind', async () => {
    const { pace, clock, begun } = aVirtualPace()

    await pace.until(() => true, begun + 1000)

    expect(clock.pendingTimers).toBe(0)
  })

  it('says so when a wait can never end', async () => {
    const { pace } = aVirtualPace()

    await expect(pace.until(() => false, Infinity)).rejects.toThrow('Bug')
  })
})

describe('real pace', () => {
  it('looks again when it is poked', async () => {
    const pace = new RealPace(systemClock)
    let happened = false
    const waiting = pace.until(() => happened, Infinity)

    happened = true
    pace.poke()

    expect(await waiting).toBe('seen')
  })

  it('is late when the instant has passed', async () => {
    const pace = new RealPace(systemClock)

    expect(await pace.until(() => false, systemClock.now() - 1)).toBe('late')
    expect(await pace.until(() => false, systemClock.now() + 2)).toBe('late')
  })
})
