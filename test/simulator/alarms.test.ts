import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../contracts/index.ts'
import { findModel } from '../../contracts/index.ts'
import type { Stand } from '../support/dock-stand.ts'
import { openStand } from '../support/dock-stand.ts'
import { frameProblems } from '../support/frame-problems.ts'

/** The codes of every list that was told. */
function lists(stand: Stand): readonly unknown[] {
  return stand
    .said('events', 'hms')
    .map(({ data }) => (data['list'] as readonly JsonObject[]).map(({ code }) => code))
}

function set(stand: Stand, fields: JsonObject): Promise<void> {
  stand.dock.change((state) => ({ ...state, dock: { ...state.dock, ...fields } }))
  return stand.settle()
}

describe('alarms of a dock', () => {
  it.each<[string, JsonObject, string]>([
    ['a pressed emergency stop', { emergency_stop_state: 1 }, '0x19111800'],
    ['wind of 12 m/s', { wind_speed: 12 }, '0x19114000'],
    ['heavy rain', { rainfall: 3 }, '0x19114800'],
    [
      'a low backup battery',
      { backup_battery: { switch: 1, voltage: 21_000, temperature: 20 } },
      '0x19110801',
    ],
    [
      'an empty battery of the aircraft',
      { drone_charge_state: { state: 0, capacity_percent: 2 } },
      '0x19113403',
    ],
    ['a lost mains supply', { electric_supply_voltage: 0 }, '0x19113803'],
  ])('are told for %s when the dock comes on line, and when they are over', async (_, initial, code) => {
    const stand = await openStand({ dock: { initial } })

    await set(stand, {
      emergency_stop_state: 0,
      wind_speed: 3,
      rainfall: 0,
      backup_battery: { switch: 1, voltage: 26_000, temperature: 20 },
      drone_charge_state: { state: 0, capacity_percent: 95 },
      electric_supply_voltage: 231,
    })

    expect(lists(stand)).toEqual([[code], []])
    await stand.close()
  })

  it('are listed whole whenever one is added', async () => {
    const stand = await openStand()
    await set(stand, { rainfall: 3 })
    await set(stand, { wind_speed: 14 })
    await set(stand, { supplement_light_state: 1 })

    expect(lists(stand)).toEqual([['0x19114800'], ['0x19114000', '0x19114800']])
    await stand.close()
  })

  it('wait until the platform has answered the announcement', async () => {
    const stand = await openStand({ greets: 'no', dock: { initial: { rainfall: 3 } } })
    const before = lists(stand)
    await stand.pass(5_000)

    expect([before, lists(stand)]).toEqual([[], [['0x19114800']]])
    await stand.close()
  })

  it.each(['dock1', 'dock2', 'dock3'])('are as documented on %s', async (id) => {
    const stand = await openStand({ dock: { model: id, initial: { rainfall: 3, wind_speed: 20 } } })
    const model = findModel(id)

    const problems = stand
      .said('events', 'hms')
      .flatMap((said) => (model === undefined ? [] : frameProblems(said, model, stand.dock.gateway_sn)))
    expect(problems).toEqual([])
    expect(stand.said('events', 'hms')[0]?.data['list']).toMatchObject([{ device_type: model?.key }, {}])
    await stand.close()
  })

  it('are none of a remote controller', async () => {
    const stand = await openStand({ dock: { model: 'rc-plus', initial: { rainfall: 3 } } })

    expect(stand.said('events')).toEqual([])
    await stand.close()
  })
})
