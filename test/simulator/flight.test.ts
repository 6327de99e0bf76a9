import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Flight } from '../../simulator/flight.ts'
import { flightAt, goOn, hold, redirect, roundTrip, totalMs, wayHome } from '../../simulator/flight.ts'

const home = { latitude: 47, longitude: 8, elevation: 0 }
const start = 1_000_000

function trip(id = 'f1'): Flight {
  return roundTrip(id, home, { now: start, climbMs: 4_000, legMs: 5_000 })
}

describe('a flight', () => {
  it('begins and ends in the dock', () => {
    const flight = trip()

    expect(flightAt(flight, start)).toMatchObject({ ...home, at: 'flying' })
    expect(flightAt(flight, start + totalMs(flight))).toMatchObject({ ...home, at: 'over', home_distance: 0 })
  })

  it('is a function of its id and the clock, and stays near the dock at a plausible speed', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(60_000), (id, elapsed) => {
        const moment = flightAt(trip(id), start + elapsed)
        expect(moment).toEqual(flightAt(trip(id), start + elapsed))
        expect(moment.elevation).toBeGreaterThanOrEqual(0)
        expect(moment.elevation).toBeLessThanOrEqual(60)
        expect(moment.home_distance).toBeLessThan(150)
        expect(moment.horizontal_speed).toBeLessThan(40)
        expect(Math.abs(moment.heading)).toBeLessThanOrEqual(180)
      }),
    )
  })

  it('does not jump', () => {
    const flight = trip()
    for (let elapsed = 0; elapsed < totalMs(flight); elapsed += 100) {
      const here = flightAt(flight, start + elapsed)
      const next = flightAt(flight, start + elapsed + 100)
      const metres = Math.hypot(next.latitude - here.latitude, next.longitude - here.longitude) * 111_320
      expect(metres).toBeLessThan(5)
    }
  })

  it('stands still while it is held, and goes on from there', () => {
    const held = hold(trip(), start + 6_000)
    const later = flightAt(held, start + 90_000)
    const going = goOn(held, start + 90_000)

    expect(later).toMatchObject({ at: 'hovering', horizontal_speed: 0 })
    expect(flightAt(going, start + 90_000).latitude).toBe(later.latitude)
    expect(flightAt(going, start + 91_000).at).toBe('flying')
  })

  it('turns home from where it is', () => {
    const flight = trip()
    const here = flightAt(flight, start + 12_000)
    const turned = redirect(flight, start + 12_000, { way: wayHome(flight), legMs: 5_000, ends: 'dock' })

    expect(flightAt(turned, start + 12_000)).toMatchObject({
      latitude: here.latitude,
      longitude: here.longitude,
    })
    expect(flightAt(turned, start + 22_000)).toMatchObject({ ...home, at: 'over' })
  })
})
