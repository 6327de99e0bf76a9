import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../contracts/index.ts'
import type { Stand } from '../../support/dock-stand.ts'
import { openStand } from '../../support/dock-stand.ts'

async function after(
  initial: JsonObject,
  command: readonly [method: string, data?: JsonObject],
  model = 'dock2',
): Promise<Stand> {
  const stand = await openStand({ dock: { model, initial } })
  await stand.send(command[0], command[1])
  await stand.pass(15_000)
  await stand.close()
  return stand
}

describe('a command that is agreed to', () => {
  it.each<readonly [string, JsonObject, JsonObject, JsonObject]>([
    ['debug_mode_close', {}, {}, { mode_code: 0 }],
    ['debug_mode_open', {}, { mode_code: 0 }, { mode_code: 2 }],
    ['cover_open', {}, {}, { cover_state: 1, mode_code: 2 }],
    ['cover_close', {}, { cover_state: 1 }, { cover_state: 0 }],
    ['cover_force_close', {}, { cover_state: 2, drone_in_dock: 0 }, { cover_state: 0 }],
    ['charge_open', {}, {}, { drone_charge_state: { state: 1, capacity_percent: 95 } }],
    ['charge_close', {}, {}, { drone_charge_state: { state: 0, capacity_percent: 95 } }],
    ['supplement_light_open', {}, {}, { supplement_light_state: 1 }],
    ['supplement_light_close', {}, { supplement_light_state: 1 }, { supplement_light_state: 0 }],
    ['alarm_state_switch', { action: 1 }, {}, { alarm_state: 1 }],
    ['battery_store_mode_switch', { action: 2 }, {}, { battery_store_mode: 2 }],
    [
      'air_conditioner_mode_switch',
      { action: 3 },
      {},
      { air_conditioner: { air_conditioner_state: 3, switch_time: 0 } },
    ],
    ['sdr_workmode_switch', { link_workmode: 1 }, {}, { wireless_link: { link_workmode: 1 } }],
    ['device_format', {}, {}, { storage: { used: 0 } }],
    ['device_reboot', {}, {}, { mode_code: 0 }],
  ])('%s %o turns a dock with %o into one with %o', async (method, data, initial, expected) => {
    const stand = await after(initial, [method, data])

    expect(stand.said('services_reply')[0]?.data['result']).toBe(0)
    expect(stand.dock.state.dock).toMatchObject(expected)
  })

  it('moves the rods of the first dock', async () => {
    const stand = await after({}, ['putter_open'], 'dock1')

    expect(stand.dock.state.dock['putter_state']).toBe(1)
  })

  it.each([
    ['drone_close', true, 'off'],
    ['drone_open', false, 'on'],
    ['cover_close', false, 'on'],
  ])('%s leaves an aircraft whose power was %s %s', async (method, aircraft_online, link) => {
    const stand = await after({ aircraft_online }, [method])

    expect(stand.dock.state.aircraftLink).toBe(link)
  })
})

describe('a command that is refused', () => {
  it.each<readonly [string, JsonObject, number]>([
    ['cover_open', { mode_code: 0 }, 514_153],
    ['cover_open', { mode_code: 4 }, 514_153],
    ['cover_open', { emergency_stop_state: 1 }, 514_121],
    ['supplement_light_open', { mode_code: 0 }, 514_153],
    ['debug_mode_open', { mode_code: 1 }, 514_145],
    ['debug_mode_open', { mode_code: 3 }, 514_147],
    ['debug_mode_open', { mode_code: 4 }, 514_148],
    ['drone_close', { drone_in_dock: 0 }, 514_156],
    ['drone_open', { drone_charge_state: { capacity_percent: 3 } }, 514_123],
    ['charge_open', { drone_charge_state: { capacity_percent: 96 } }, 514_125],
    ['charge_open', { cover_state: 1 }, 514_174],
    ['cover_force_close', {}, 514_108],
    ['putter_close', {}, 314_000],
  ])('%s on a dock with %o is refused with %i and changes nothing', async (method, initial, code) => {
    const stand = await after(initial, [method])

    expect(stand.said('services_reply').map(({ data }) => data)).toEqual([{ result: code }])
    expect(stand.said('events', method)).toEqual([])
    expect(stand.said('status')).toHaveLength(1)
  })
})

describe('a job', () => {
  it('ends at the next step when the emergency stop is pressed', async () => {
    const stand = await openStand()
    await stand.send('cover_open')
    await stand.pass(250)

    stand.dock.change((state) => ({ ...state, dock: { ...state.dock, emergency_stop_state: 1 } }))
    await stand.pass(5_000)

    expect(stand.said('events').at(-1)?.data).toMatchObject({ result: 514_121, output: { status: 'failed' } })
    expect(stand.dock.state.dock['cover_state']).toBe(0)
    await stand.close()
  })

  it('keeps others waiting for none, and lets the next one in when it is over', async () => {
    const stand = await openStand()

    await stand.send('cover_open')
    await stand.send('drone_close')
    await stand.pass(5_000)
    await stand.send('drone_close')

    expect(stand.said('services_reply').map(({ data }) => data['result'])).toEqual([0, 514_116, 0])
    await stand.close()
  })

  it('shows the cover half open while it moves', async () => {
    const stand = await openStand()
    await stand.send('cover_open')

    await stand.pass(1_000)

    expect(stand.dock.state.dock['cover_state']).toBe(2)
    await stand.close()
  })

  it('takes as long as its settings say', async () => {
    const stand = await openStand({ timing: { stepMs: 10, steps: {} } })
    await stand.send('cover_open')

    await stand.pass(60)

    expect(stand.said('events').at(-1)?.data).toMatchObject({ output: { status: 'ok' } })
    await stand.close()
  })
})

describe('the air conditioner', () => {
  it('goes from one mode to another by way of leaving, idle and preparing', async () => {
    const stand = await openStand({
      dock: { initial: { air_conditioner: { air_conditioner_state: 1, switch_time: 0 } } },
    })
    const seen: unknown[] = []

    await stand.send('air_conditioner_mode_switch', { action: 2 })
    for (const _ of [1, 2, 3]) {
      seen.push((stand.dock.state.dock['air_conditioner'] as JsonObject)['air_conditioner_state'])
      await stand.pass(3_000)
    }

    expect(seen).toEqual([4, 8, 2])
    await stand.close()
  })
})
