import { describe, expect, it, onTestFinished } from 'vitest'
import type { DockSpec } from '../../simulator/index.ts'
import {
  combineQuirks,
  glanceAt,
  placeAround,
  placeOfSeed,
  quirks,
  readTiming,
} from '../../simulator/index.ts'
import type { Stand } from '../support/dock-stand.ts'
import { openStand } from '../support/dock-stand.ts'

async function aStand(dock: Partial<DockSpec> = {}): Promise<Stand> {
  const stand = await openStand({ dock })
  onTestFinished(() => stand.close())
  return stand
}

describe('a fleet', () => {
  it('refuses a second dock of the same name or serial number', async () => {
    const { fleet, dock } = await aStand()

    expect(() => fleet.add({ name: 'dock' })).toThrow('there is one of that name')
    expect(() => fleet.add({ name: 'other', identity: { gateway_sn: dock.gateway_sn } })).toThrow(
      `"${dock.gateway_sn}" belongs to "dock"`,
    )
  })

  it('knows accounts by serial number and password, as long as the dock is there', async () => {
    const stand = await aStand()
    const { fleet, dock } = stand
    const { gateway_sn, password } = dock.identity
    const known = fleet.accountOf(gateway_sn, password)

    await fleet.remove('dock')
    await stand.settle()

    expect(known).toMatchObject({ kind: 'dock', gateway_sn })
    expect(fleet.accountOf(gateway_sn, 'wrong')).toBeUndefined()
    expect(fleet.accountOf(gateway_sn, password)).toBeUndefined()
  })

  it('lets a dock that is removed say goodbye', async () => {
    const stand = await aStand()

    await stand.fleet.remove('dock')
    await stand.settle()

    expect(stand.said('status', 'offline')).toHaveLength(1)
    expect(() => stand.fleet.get('dock')).toThrow('there is none')
  })

  it('gives a dock a quirk while it lives, and takes it back', async () => {
    const stand = await aStand()
    const takeBack = stand.fleet.give('dock', { quirk: quirks['answers-twice'] })
    await stand.send('supplement_light_open')
    takeBack()

    await stand.send('supplement_light_close')

    expect(stand.said('services_reply')).toHaveLength(3)
  })

  it('lets scripts go before quirks', async () => {
    const stand = await aStand({ quirk: quirks['answers-twice'] })
    stand.dock.use({ name: 'silence', answer: () => [] })

    await stand.send('supplement_light_open')

    expect(stand.said('services_reply')).toHaveLength(0)
  })

  it('changes single durations and leaves the others', async () => {
    const { fleet, dock } = await aStand({ timing: readTiming({ steps: { open_cover: '9s' }, leg: '1s' }) })
    const before = dock.timing
    const takeBack = fleet.give('dock', { timing: readTiming({ air_conditioner: '10ms' }) })

    expect(before).toMatchObject({ legMs: 1000, climbMs: 4000 })
    expect(dock.timing).toMatchObject({
      airConditionerMs: 10,
      steps: { open_cover: 9000, close_cover: 1500 },
    })
    takeBack()
    expect(dock.timing).toEqual(before)
  })

  it('begins a full session with the next connection', async () => {
    const stand = await aStand()
    stand.fleet.give('dock', { session: 'full' })

    await stand.dock.disconnect('clean')
    await stand.dock.connect()
    await stand.settle()

    expect(stand.said('requests')[0]?.method).toBe('config')
  })
})

describe('quirks', () => {
  it('work together', () => {
    expect(combineQuirks(['slow-dock', 'answers-twice'])).toMatchObject({ lateMs: 4_000, answers: 2 })
  })

  it('of none are a dock like others', async () => {
    const stand = await aStand({ quirk: quirks['answers-twice'] })
    stand.fleet.give('dock', { quirk: combineQuirks([]) })

    await stand.send('supplement_light_open')

    expect(stand.said('services_reply')).toHaveLength(1)
  })
})

describe('a glance at a dock', () => {
  it('shows mode, drone, battery and place', async () => {
    const { dock } = await aStand({ initial: { mode_code: 0, drone_charge_state: { capacity_percent: 61 } } })

    const glance = glanceAt(dock)

    expect(glance).toMatchObject({ mode_code: 0, drone_in_dock: true, battery_percent: 61, job: null })
    expect(glance.place).toEqual({ latitude: dock.identity.latitude, longitude: dock.identity.longitude })
    expect(glance.aircraft).toMatchObject({ online: true, flying: false, place: glance.place })
  })
})

describe('places', () => {
  const metres = (a: { latitude: number; longitude: number }, b: typeof a): number =>
    Math.hypot(
      a.latitude - b.latitude,
      (a.longitude - b.longitude) * Math.cos((a.latitude * Math.PI) / 180),
    ) * 111_320
  const centre = placeOfSeed(3)
  const places = Array.from({ length: 200 }, (_, number) => placeAround(centre, number, 3))

  it('leave every dock room, and gather around their centre', () => {
    const nearest = places.map((place) =>
      Math.min(...places.filter((other) => other !== place).map((other) => metres(place, other))),
    )

    expect(Math.min(...nearest)).toBeGreaterThan(300)
    expect(Math.max(...places.map((place) => metres(centre, place)))).toBeLessThan(20_000)
  })

  it('are the same for the same seed', () => {
    expect(placeAround(centre, 7, 3)).toEqual(places[7])
    expect(placeAround(centre, 7, 4)).not.toEqual(places[7])
  })

  it('do not leave the globe', () => {
    const edge = placeAround({ latitude: 89.99, longitude: 179.99 }, 5_000, 1)

    expect(Math.abs(edge.latitude)).toBeLessThanOrEqual(90)
    expect(Math.abs(edge.longitude)).toBeLessThanOrEqual(180)
  })
})
