import { describe, expect, it } from 'vitest'
import type { JsonObject, Method, Model } from '../../contracts/index.ts'
import { messages, methods, models } from '../../contracts/index.ts'
import type { Stand } from '../support/dock-stand.ts'
import { openStand } from '../support/dock-stand.ts'
import { frameProblems } from '../support/frame-problems.ts'

const gateways = models().filter(({ role }) => role !== 'aircraft')
const services = methods().filter(({ transport }) => transport === 'services')

interface Situation {
  readonly initial?: JsonObject
  /** What is sent before, with the seconds that pass after each. */
  readonly before?: readonly (readonly [method: string, data: JsonObject, seconds: number])[]
}

const takeOff = ['takeoff_to_point', { target_latitude: 1, target_longitude: 1, flight_id: 'f1' }, 7] as const

const situations: Readonly<Record<string, Situation>> = {
  'as it starts': {},
  idle: { initial: { mode_code: 0 } },
  'at work': { initial: { mode_code: 4 } },
  'with somebody on site': { initial: { mode_code: 1 } },
  'with a pressed emergency stop': { initial: { emergency_stop_state: 1 } },
  'with the aircraft off': { initial: { aircraft_online: false } },
  'with the aircraft away': { initial: { drone_in_dock: 0, cover_state: 1 } },
  'with an empty battery': {
    initial: { aircraft_online: false, drone_charge_state: { state: 0, capacity_percent: 5 } },
  },
  'without authority': { initial: { aircraft: { control_source: 'B' } } },
  'in flight': { initial: { mode_code: 0 }, before: [takeOff] },
  'in flight with an open channel': {
    initial: { mode_code: 0 },
    before: [takeOff, ['drc_mode_enter', { osd_frequency: 1, hsi_frequency: 1 }, 1]],
  },
  'during an upgrade': { initial: { mode_code: 0 }, before: [['ota_create', { devices: [] }, 1]] },
  'during a job': { before: [['device_format', {}, 0]] },
}

const pairs = gateways.flatMap((model) =>
  (model.aircraft ?? ['m3d']).map((aircraft) => ({ model, aircraft })),
)

describe.each(pairs)('what $model.name with $aircraft says', ({ model, aircraft }) => {
  it.each(situationsOf(model, aircraft))('is as documented for every method %s', async (_, situation) => {
    const own = services.filter(({ dji }) => Object.hasOwn(dji.products, model.properties))
    const problems: string[] = []
    let stand = await openSituation(model, aircraft, situation)
    for (const method of own) {
      const { state } = stand.dock
      await stand.send(method.name, method.example)
      const reply = stand.said('services_reply').at(-1)
      expect(reply?.method).toBe(method.name)
      if (reply?.data['result'] === 0) await stand.pass(15_000)
      // What was refused, or has changed nothing, leaves the dock as it was for the next method.
      const isSpent = stand.dock.state !== state || stand.dock.state.flight !== undefined
      if (!isSpent && method !== own.at(-1)) continue
      problems.push(...problemsOf(stand, model).map((problem) => `until ${method.name}: ${problem}`))
      await stand.close()
      if (method !== own.at(-1)) stand = await openSituation(model, aircraft, situation)
    }

    expect(problems).toEqual([])
  })

  it('is as documented in osd and state, on the ground and in the air', async () => {
    const stand = await openStand({
      dock: { model: model.id, aircraft, telemetry: true, initial: { mode_code: 0 } },
    })
    await stand.send(takeOff[0], takeOff[1])
    await stand.pass(10_000)

    const told = [...stand.said('osd'), ...stand.said('state')]
    expect(told.flatMap((said) => frameProblems(said, model, stand.dock.gateway_sn))).toEqual([])
    expect(told.some(({ sn, data }) => sn === stand.dock.aircraft_sn && data['elevation'] === 60)).toBe(
      Object.hasOwn(methodOf('takeoff_to_point').dji.products, model.properties),
    )
    await stand.close()
  })

  it('is as documented on the low-latency channel', async () => {
    const stand = await openStand({ dock: { model: model.id, aircraft, initial: { mode_code: 0 } } })
    await stand.send('drc_mode_enter', { osd_frequency: 5, hsi_frequency: 1 })
    for (const { name } of messages('drc-down')) await stand.send(name, { seq: 1 }, 'drc/down')
    await stand.pass(3_000)

    const up = stand.said('drc/up')
    expect(problemsOf(stand, model)).toEqual([])
    const hasChannel = Object.hasOwn(methodOf('drc_mode_enter').dji.products, model.properties)
    expect(up.length > 10).toBe(hasChannel)
    await stand.close()
  })

  it('refuses every method that its documentation does not have with the one code for that', async () => {
    const lacking = services.filter(({ dji }) => !Object.hasOwn(dji.products, model.properties))
    const stand = await openStand({ dock: { model: model.id, aircraft } })
    for (const { name, example } of lacking) await stand.send(name, example)

    const answers = stand.said('services_reply').map(({ method, data }) => [method, data])
    expect(answers).toEqual(lacking.map(({ name }) => [name, { result: 314_000 }]))
    expect(lacking.length).toBeGreaterThan(0)
    expect(stand.said('events')).toEqual([])
    await stand.close()
  })
})

/** Aircraft of one family differ in their cameras only: every situation with the first, flights with the others too. */
function situationsOf(model: Model, aircraft: string): readonly (readonly [string, Situation])[] {
  const all = Object.entries(situations)
  return model.aircraft === undefined || model.aircraft[0] === aircraft
    ? all
    : all.filter(([name]) => name === 'in flight')
}

async function openSituation(model: Model, aircraft: string, situation: Situation): Promise<Stand> {
  const stand = await openStand({ dock: { model: model.id, aircraft, initial: situation.initial ?? {} } })
  for (const [before, data, seconds] of situation.before ?? []) {
    await stand.send(before, data)
    await stand.pass(seconds * 1000)
  }
  return stand
}

function problemsOf({ heard, dock }: Stand, model: Model): readonly string[] {
  const own = heard.filter(({ from }) => from === dock.gateway_sn)
  return own.flatMap((said) => frameProblems(said, model, dock.gateway_sn))
}

function methodOf(name: string): Method {
  const found = services.find((method) => method.name === name)
  if (found === undefined) throw new Error(`there is no method ${name}`)
  return found
}

/** What a caller does one after another, with the seconds that pass after each. */
const story: readonly (readonly [method: string, data: JsonObject, seconds: number])[] = [
  ['debug_mode_close', {}, 1],
  [
    'flighttask_prepare',
    { flight_id: 'f1', task_type: 0, file: { url: 'https://files.example.com/a.kmz' } },
    1,
  ],
  ['flighttask_execute', { flight_id: 'f1' }, 15],
  ['flighttask_pause', {}, 2],
  ['flighttask_recovery', {}, 5],
  ['return_home', {}, 2],
  ['return_home_cancel', {}, 2],
  ['return_home', {}, 30],
  ['takeoff_to_point', { target_latitude: 1, target_longitude: 1, flight_id: 'f2' }, 12],
  ['drc_mode_enter', { osd_frequency: 2, hsi_frequency: 1 }, 5],
  ['fly_to_point', { fly_to_id: 'p1', points: [{ latitude: 1, longitude: 1, height: 30 }] }, 2],
  ['camera_mode_switch', { camera_mode: 3 }, 1],
  ['camera_photo_take', {}, 5],
  ['fly_to_point_stop', {}, 2],
  ['drc_mode_exit', {}, 1],
  ['return_home', {}, 30],
]

describe('a whole day of a dock', () => {
  it.each(gateways.filter(({ role }) => role === 'dock'))('is as documented on $name', async (model) => {
    const stand = await openStand({ dock: { model: model.id, telemetry: true } })
    const { gateway_sn } = stand.dock

    for (const [method, data, seconds] of story) {
      await stand.send(method, data)
      await stand.pass(seconds * 1000)
    }

    const own = stand.heard.filter(({ from }) => from === gateway_sn)
    expect(own.flatMap((said) => frameProblems(said, model, gateway_sn))).toEqual([])
    expect(stand.said('services_reply').map(({ method, data }) => [method, data['result']])).toEqual(
      story.map(([method]) => [method, 0]),
    )
    await stand.close()
  })
})
