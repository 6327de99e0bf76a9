import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../contracts/index.ts'
import { methods, models } from '../../contracts/index.ts'
import { openStand } from '../support/dock-stand.ts'
import { frameProblems } from '../support/frame-problems.ts'

const gateways = models().filter(({ role }) => role !== 'aircraft')
const services = methods().filter(({ transport }) => transport === 'services')

const states: Readonly<Record<string, JsonObject>> = {
  'as it starts': {},
  idle: { mode_code: 0 },
  'at work': { mode_code: 4 },
  'with a pressed emergency stop': { emergency_stop_state: 1 },
  'with the aircraft off': { aircraft_online: false },
  'with the aircraft away': { drone_in_dock: 0, cover_state: 1 },
}

describe.each(gateways)('what $name says', (model) => {
  it.each(Object.entries(states))('is as documented for every method %s', async (_, initial) => {
    const problems: string[] = []
    for (const method of services) {
      const stand = await openStand({ dock: { model: model.id, initial } })
      await stand.send(method.name, method.example)
      await stand.pass(15_000)
      const own = stand.heard.filter(({ from }) => from === stand.dock.gateway_sn)
      problems.push(
        ...own
          .flatMap((said) => frameProblems(said, model, stand.dock.gateway_sn))
          .map((problem) => `${method.name}: ${problem}`),
      )
      expect(own.some(({ family }) => family === 'services_reply')).toBe(true)
      await stand.close()
    }

    expect(problems).toEqual([])
  })
})

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
