import { describe, expect, it } from 'vitest'
import { methods } from '../../contracts/index.ts'
import type { FleetDay } from '../support/unscripted-fleet.ts'
import { runFleet } from '../support/unscripted-fleet.ts'

// A whole day takes minutes: bench/fleet-day.ts lets one pass.
const spell: FleetDay = {
  seed: 1,
  docks: 10,
  ms: 2 * 60_000,
  everyMs: 400,
  telemetry: true,
  by: 'gateway',
}

describe('an unscripted fleet under random commands', () => {
  it('keeps every rule with commands of the gateway', async () => {
    const night = await runFleet(spell)

    expect(night.findings).toEqual([])
    expect(night.problems).toEqual([])
    expect(night.troubles).toEqual([])
    expect(night.agreed.size).toBeGreaterThan(40)
  })

  it('keeps every rule about docks with all methods of the catalogue', async () => {
    const night = await runFleet({ ...spell, seed: 2, by: 'broker' })
    const unheard = methods().filter(({ name, offered }) => !offered && !night.agreed.has(name))

    expect(night.findings).toEqual([])
    expect(night.problems).toEqual([])
    expect(night.troubles).toEqual([])
    expect(unheard.length).toBeLessThan(18)
  })

  it('sends its osd in time, also after a dock has been away', async () => {
    const night = await runFleet({ ...spell, seed: 3 })

    expect(night.findings).toEqual([])
    expect(night.exercised.get('dock-osd-every-two-seconds')).toBeGreaterThan(1_000)
  })

  it('does the same again with the same seed', async () => {
    const short = { ...spell, docks: 5, ms: 60_000 }
    const [one, two] = [await runFleet(short), await runFleet(short)]

    expect([one.messages, [...one.agreed]]).toEqual([two.messages, [...two.agreed]])
  })
})
