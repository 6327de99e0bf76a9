import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../contracts/index.ts'
import type { Stand, StandOptions } from '../../support/dock-stand.ts'
import { openStand } from '../../support/dock-stand.ts'

const task = { flight_id: 'f1', task_type: 0, file: { url: 'https://files.example.com/a.kmz' } }
const given = (): JsonObject => ({ result: 0, output: { file: { url: 'https://files.example.com/b.kmz' } } })

/** An idle dock with one task in its hands. */
async function prepared(options: StandOptions = {}, data: JsonObject = task): Promise<Stand> {
  const stand = await openStand({
    answer: given,
    ...options,
    dock: { initial: { mode_code: 0 }, ...options.dock },
  })
  await stand.send('flighttask_prepare', data)
  return stand
}

function results(stand: Stand): readonly unknown[] {
  return stand.said('services_reply').map(({ data }) => data['result'])
}

function statuses(stand: Stand): readonly unknown[] {
  return stand
    .said('events', 'flighttask_progress')
    .map(({ data }) => (data['output'] as JsonObject)['status'])
}

describe('a flight task', () => {
  it('fetches nothing before it is executed', async () => {
    const stand = await prepared()
    await stand.pass(60_000)

    expect(stand.said('requests')).toEqual([])
    await stand.close()
  })

  it('leads the dock through its modes and leaves it idle', async () => {
    const stand = await prepared()
    const modes: unknown[] = []
    await stand.send('flighttask_execute', { flight_id: 'f1' })
    for (const ms of [5_000, 60_000]) {
      const { mode_code, cover_state, drone_in_dock } = stand.dock.state.dock
      modes.push([mode_code, cover_state, drone_in_dock])
      await stand.pass(ms)
    }
    const { mode_code, cover_state, drone_in_dock } = stand.dock.state.dock

    expect(modes).toEqual([
      [4, 0, 1],
      [4, 1, 0],
    ])
    expect([mode_code, cover_state, drone_in_dock]).toEqual([0, 0, 1])
    expect(statuses(stand).at(-1)).toBe('ok')
    await stand.close()
  })

  it('tells everything under the bid of the command that executed it', async () => {
    const stand = await prepared()
    await stand.send('flighttask_execute', { flight_id: 'f1' })
    await stand.pass(60_000)

    const bids = new Set(stand.said('events', 'flighttask_progress').map(({ raw }) => raw['bid']))
    expect([...bids]).toEqual(['bid-2'])
    await stand.close()
  })

  it.each<readonly [string, () => JsonObject | undefined, JsonObject, string]>([
    ['refuses', () => ({ result: 1 }), task, 'failed'],
    ['is silent and the task had no address', () => undefined, { flight_id: 'f1', task_type: 0 }, 'failed'],
    ['is silent and the task had an address', () => undefined, task, 'ok'],
  ])('when the cloud %s ends as it must', async (_, answer, data, end) => {
    const stand = await prepared({ answer }, data)
    await stand.send('flighttask_execute', { flight_id: 'f1' })
    await stand.pass(70_000)

    expect(statuses(stand).at(-1)).toBe(end)
    expect(stand.dock.state.dock['mode_code']).toBe(0)
    await stand.close()
  })

  it('that waits for its conditions is told to be ready', async () => {
    const stand = await prepared({}, { ...task, task_type: 2 })
    await stand.pass(1_000)

    expect(stand.said('events', 'flighttask_ready').map(({ data }) => data)).toEqual([{ flight_ids: ['f1'] }])
    await stand.close()
  })

  it('says nothing while it is paused, and ends when it goes on', async () => {
    const stand = await prepared()
    await stand.send('flighttask_execute', { flight_id: 'f1' })
    await stand.pass(15_000)
    await stand.send('flighttask_pause')
    const told = statuses(stand).length
    await stand.pass(60_000)
    const still = statuses(stand).length
    await stand.send('flighttask_pause')
    await stand.send('flighttask_recovery')
    await stand.pass(60_000)

    expect(still).toBe(told)
    expect(results(stand)).toEqual([0, 0, 0, 319_046, 0])
    expect(statuses(stand).at(-1)).toBe('ok')
    await stand.close()
  })

  it('ends as canceled when the aircraft is called home, which may be called off', async () => {
    const stand = await prepared()
    await stand.send('flighttask_execute', { flight_id: 'f1' })
    await stand.pass(15_000)
    await stand.send('return_home')
    await stand.pass(1_000)
    await stand.send('return_home_cancel')
    await stand.pass(60_000)
    const hovering = stand.dock.state.flight !== undefined
    await stand.send('return_home')
    await stand.pass(60_000)

    expect([hovering, stand.dock.state.flight]).toEqual([true, undefined])
    expect(statuses(stand).filter((status) => status === 'canceled')).toHaveLength(1)
    expect(statuses(stand)).not.toContain('ok')
    expect(stand.dock.state.dock['mode_code']).toBe(0)
    await stand.close()
  })

  it.each([
    ['flighttask_recovery', 319_044],
    ['flighttask_pause', 321_260],
    ['return_home', 316_024],
    ['return_home_cancel', 319_043],
    ['fly_to_point', 319_022],
    ['fly_to_point_stop', 319_023],
    ['in_flight_wayline_deliver', 314_000],
  ])('%s without a flight is refused with %i', async (method, code) => {
    const stand = await openStand({ dock: { initial: { mode_code: 0 } } })

    await stand.send(method)

    expect(results(stand)).toEqual([code])
    await stand.close()
  })

  it.each([
    ['before it begins', 0, 326_108],
    ['while it is set up', 1_000, 0],
    ['in the air', 15_000, 326_109],
  ])('is aborted on the first dock only while it is set up: %s', async (_, ms, code) => {
    const stand = await prepared({ dock: { model: 'dock1', initial: { mode_code: 0 } } })
    if (ms > 0) await stand.send('flighttask_execute', { flight_id: 'f1' })
    await stand.pass(ms)

    await stand.send('flight_setup_abort')

    expect(results(stand).at(-1)).toBe(code)
    await stand.close()
  })
})
