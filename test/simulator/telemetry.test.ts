import { describe, expect, it } from 'vitest'
import { models, propertiesOf } from '../../contracts/index.ts'
import { Osd } from '../../simulator/osd.ts'
import { openStand } from '../support/dock-stand.ts'
import { frameProblems } from '../support/frame-problems.ts'

const gateways = models().filter(({ role }) => role !== 'aircraft')

describe('telemetry', () => {
  it.each(gateways)('of $name is as documented', async (model) => {
    const stand = await openStand({ dock: { model: model.id, telemetry: true } })
    await stand.pass(4_000)

    const said = [...stand.said('osd'), ...stand.said('state')]
    expect(said.flatMap((each) => frameProblems(each, model, stand.dock.gateway_sn))).toEqual([])
    expect(said.length).toBeGreaterThan(5)
    await stand.close()
  })

  it('spreads the osd of a dock over three messages that share no field', async () => {
    const stand = await openStand({ dock: { telemetry: true } })

    const parts = stand.said('osd').filter(({ sn }) => sn === stand.dock.gateway_sn)
    const names = parts.flatMap(({ data }) => Object.keys(data))
    expect(parts).toHaveLength(3)
    expect(new Set(names).size).toBe(names.length)
    await stand.close()
  })

  it('sends every osd property of a dock that DJI documents', async () => {
    const stand = await openStand({ dock: { telemetry: true } })

    const parts = stand.said('osd').filter(({ sn }) => sn === stand.dock.gateway_sn)
    const names = new Set(parts.flatMap(({ data }) => Object.keys(data)))
    const documented = Object.keys(propertiesOf('dock2').osd['properties'] as object)
    expect(documented.filter((name) => !names.has(name))).toEqual([])
    await stand.close()
  })

  it('comes every two seconds, after the announcement, and ends in silence', async () => {
    const stand = await openStand({ dock: { telemetry: true } })
    const first = stand.heard[0]?.method
    await stand.pass(10_000)
    const before = stand.said('osd').length

    await stand.dock.disconnect('silent')
    await stand.pass(60_000)

    expect([first, before, stand.said('osd').length]).toEqual(['update_topo', 24, 24])
    await stand.close()
  })

  it('goes on after a reconnect', async () => {
    const stand = await openStand({ dock: { telemetry: true } })

    stand.dock.dropLine()
    await stand.settle()
    await stand.pass(10_000)

    expect(stand.said('osd').length).toBeGreaterThan(16)
    await stand.close()
  })

  it('sets no timer while it is off', async () => {
    const stand = await openStand()

    expect(stand.clock.pendingTimers).toBe(0)
    expect(stand.said('osd')).toEqual([])
    await stand.close()
  })

  it('of an aircraft stops with its power, and the dock reads the batteries', async () => {
    const stand = await openStand({ dock: { telemetry: true } })
    await stand.send('drone_close')
    await stand.pass(4_000)
    const after = stand.said('osd').filter(({ at }) => at >= stand.clock.now() - 2_000)

    expect(after.some(({ sn }) => sn === stand.dock.aircraft_sn)).toBe(false)
    expect(after.map(({ data }) => data['sub_device']).find(Boolean)).toMatchObject({
      device_online_status: 0,
    })
    expect(after.map(({ data }) => data['drone_battery_maintenance_info']).find(Boolean)).toMatchObject({
      batteries: [{ capacity_percent: 95 }],
    })
    await stand.close()
  })

  it.each(gateways)('of $name reads between two changes what it would read anew', async (model) => {
    const stand = await openStand({ dock: { model: model.id, telemetry: true, initial: { mode_code: 0 } } })
    await stand.send('flighttask_prepare', { flight_id: 'f1', task_type: 0, file: { url: 'x' } })
    await stand.send('flighttask_execute', { flight_id: 'f1' })

    for (let look = 0; look < 20; look += 1) {
      await stand.pass(2_000)
      const told = stand.said('osd').filter(({ at }) => at === stand.clock.now())
      const anew = new Osd(stand.dock).read()
      const all = [...anew.dock, anew.aircraft].filter((data) => Object.keys(data).length > 0)
      expect(told.map(({ data }) => JSON.stringify(data))).toEqual(all.map((data) => JSON.stringify(data)))
    }
    await stand.close()
  })

  it('says the same for the same seed', async () => {
    const tell = async (): Promise<readonly string[]> => {
      const stand = await openStand({ dock: { telemetry: true } })
      await stand.pass(20_000)
      await stand.close()
      return stand.heard.map(({ raw }) => JSON.stringify(raw))
    }

    expect(await tell()).toEqual(await tell())
  })
})
