import { describe, expect, it } from 'vitest'
import { BrokerFaults, createRandom, VirtualClock } from '../../simulator/index.ts'

type Packet = Parameters<BrokerFaults['passes']>[0]

function packet(text: string): Packet {
  return {
    cmd: 'publish',
    topic: 't',
    payload: Buffer.from(text),
    qos: 1,
    retain: false,
    dup: false,
  } as Packet
}

describe('BrokerFaults', () => {
  it('lets everything pass while nothing is wrong', () => {
    const faults = new BrokerFaults(new VirtualClock(), () => 0)

    expect(faults.passes(packet('a'), () => undefined)).toBe(true)
  })

  it('delivers a delayed message once, when its time has come, and lets it pass then', () => {
    const clock = new VirtualClock()
    const faults = new BrokerFaults(clock, () => 0)
    const late: Packet[] = []
    faults.set({ delayMs: 300, loss: 0, pubackMs: 0 })

    const passed = faults.passes(packet('a'), (message) => late.push(message as Packet))
    const before = late.length
    clock.advance()

    expect([passed, before, late.length]).toEqual([false, 0, 1])
    expect(faults.passes(late[0] ?? packet('b'), () => undefined)).toBe(true)
  })

  it('holds a PUBACK back for its time', () => {
    const clock = new VirtualClock()
    const faults = new BrokerFaults(clock, () => 0)
    const acknowledged: number[] = []
    faults.set({ delayMs: 0, loss: 0, pubackMs: 300 })

    const isHeld = faults.holdsPuback(() => acknowledged.push(clock.now()))
    const begun = clock.now()
    clock.advance()

    expect([isHeld, acknowledged]).toEqual([true, [begun + 300]])
  })

  it('loses the share that it was set to, the same for the same seed', () => {
    const lost = (): number => {
      const faults = new BrokerFaults(new VirtualClock(), createRandom(3))
      faults.set({ delayMs: 0, loss: 0.25, pubackMs: 0 })
      return Array.from({ length: 1_000 }, () => faults.passes(packet('a'), () => undefined)).filter(
        (passed) => !passed,
      ).length
    }

    expect(lost()).toBe(lost())
    expect(Math.abs(lost() - 250)).toBeLessThan(50)
  })
})
