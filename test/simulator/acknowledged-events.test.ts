import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../contracts/index.ts'
import type { Said, Stand, StandOptions } from '../support/dock-stand.ts'
import { openStand } from '../support/dock-stand.ts'

const callback = 'file_upload_callback'

/** An idle dock that flies its task to the end, and what it says of its photos. */
async function flown(options: StandOptions): Promise<Stand> {
  const stand = await openStand({ ...options, dock: { initial: { mode_code: 0 }, telemetry: true } })
  await stand.send('flighttask_prepare', {
    flight_id: 'f1',
    task_type: 0,
    file: { url: 'https://x.example/a.kmz' },
  })
  await stand.send('flighttask_execute', { flight_id: 'f1' })
  await stand.pass(240_000)
  return stand
}

function countOf({ data }: Said): unknown {
  return (
    (data['flight_task'] as JsonObject | undefined)?.['uploaded_file_count'] ??
    (data['file'] as JsonObject)['name']
  )
}

/** Seconds between each message and the one before. */
function pauses(said: readonly Said[]): readonly number[] {
  return said.slice(1).map(({ at }, place) => Math.round((at - (said[place]?.at ?? 0)) / 1000))
}

describe('media of a flight', () => {
  it('are told once each to a platform that acknowledges', async () => {
    const stand = await flown({ acknowledges: () => true })

    expect(stand.said('events', callback).map(countOf)).toEqual(['DJI_f1_1.jpeg', 'DJI_f1_2.jpeg'])
    await stand.close()
  })

  it('are told again with growing pauses under new tids until the platform acknowledges', async () => {
    const stand = await flown({ acknowledges: (method, time) => method === callback && time >= 3 })

    const said = stand.said('events', callback)
    expect(said.map(countOf)).toEqual(['DJI_f1_1.jpeg', 'DJI_f1_1.jpeg', 'DJI_f1_1.jpeg', 'DJI_f1_2.jpeg'])
    expect(pauses(said)).toEqual([5, 10, 0])
    expect(new Set(said.map(({ raw }) => raw['tid'])).size).toBe(4)
    expect(new Set(said.slice(0, 3).map(({ raw }) => raw['bid'])).size).toBe(1)
    await stand.close()
  })

  it('are given up after the fourth time', async () => {
    const stand = await flown({})

    const said = stand.said('events', callback)
    expect(said.map(countOf)).toEqual([...Array(4).fill('DJI_f1_1.jpeg'), ...Array(4).fill('DJI_f1_2.jpeg')])
    expect(pauses(said)).toEqual([5, 10, 20, 40, 5, 10, 20])
    await stand.close()
  })

  it('wait to be uploaded in the osd of the dock', async () => {
    const stand = await flown({ acknowledges: (method, time) => method === callback && time >= 3 })

    const left = stand
      .said('osd')
      .map(({ data }) => (data['media_file_detail'] as JsonObject | undefined)?.['remain_upload'])
      .filter((value) => value !== undefined)
    expect(left.filter((value, place) => value !== left[place - 1])).toEqual([0, 2, 0])
    await stand.close()
  })

  it('that go first are told until the platform acknowledges', async () => {
    const method = 'highest_priority_upload_flighttask_media'
    const stand = await openStand({ acknowledges: (_, time) => time === 2 })
    await stand.send('upload_flighttask_media_prioritize', { flight_id: 'f1' })
    await stand.pass(60_000)

    expect(stand.said('events', method).map(({ data }) => data)).toEqual([
      { flight_id: 'f1' },
      { flight_id: 'f1' },
    ])
    await stand.close()
  })
})

describe('a dock that has announced itself', () => {
  it('waits for the answer before it sends its osd, and not longer than five seconds', async () => {
    const stand = await openStand({ greets: 'no', dock: { telemetry: true } })
    await stand.pass(4_999)
    const before = stand.said('osd').length
    await stand.pass(1)

    expect([before, stand.said('osd').length]).toEqual([0, 4])
    await stand.close()
  })

  it('sends its osd at once when it is answered', async () => {
    const stand = await openStand({ dock: { telemetry: true } })

    expect(stand.heard.map(({ family }) => family).slice(0, 3)).toEqual(['status', 'status_reply', 'state'])
    await stand.close()
  })
})
