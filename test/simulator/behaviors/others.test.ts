import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../contracts/index.ts'
import { openStand } from '../../support/dock-stand.ts'

type Step = readonly [method: string, data: JsonObject, result: number, pause?: number]

const stream = { video_id: 'S/165-0-7/normal-0', video_quality: 1, url_type: 1, url: 'rtmp://x' }
const logs = { params: { files: [{ module: '3', object_key: 'k' }] } }

describe('what a dock agrees to depends on what went before', () => {
  it.each<readonly [string, JsonObject, readonly Step[]]>([
    [
      'live streams',
      {},
      [
        ['live_stop_push', stream, 513_011],
        ['live_start_push', stream, 0],
        ['live_start_push', stream, 513_003],
        ['live_lens_change', { video_type: 'zoom' }, 0],
        ['live_stop_push', stream, 0],
        ['live_lens_change', { video_type: 'zoom' }, 513_011],
      ],
    ],
    [
      'recordings',
      {},
      [
        ['camera_recording_stop', {}, 327_008],
        ['camera_recording_start', {}, 0],
        ['camera_recording_start', {}, 327_007],
        ['camera_recording_stop', {}, 0],
      ],
    ],
    [
      'photos',
      {},
      [
        ['camera_photo_take', {}, 0],
        ['camera_photo_take', {}, 327_006, 1_000],
        ['camera_photo_take', {}, 0],
      ],
    ],
    [
      'log files',
      {},
      [
        ['fileupload_start', logs, 0],
        ['fileupload_start', logs, 319_018],
        ['fileupload_update', {}, 0],
        ['fileupload_start', logs, 0],
      ],
    ],
    [
      'upgrades',
      {},
      [
        ['ota_create', { devices: [] }, 0],
        ['ota_create', { devices: [] }, 312_014],
        ['cover_open', {}, 514_153, 10_000],
        ['debug_mode_open', {}, 0],
        ['cover_open', {}, 0],
      ],
    ],
    [
      'authority',
      { aircraft: { control_source: 'B' } },
      [
        ['gimbal_reset', { reset_mode: 1 }, 327_002],
        ['payload_authority_grab', {}, 0],
        ['gimbal_reset', { reset_mode: 1 }, 0],
      ],
    ],
    ['a speaker without power', { aircraft_online: false }, [['speaker_replay', {}, 327_050]]],
    ['a camera without power', { aircraft_online: false }, [['camera_aim', {}, 325_012]]],
    ['flight areas at work', { mode_code: 4 }, [['flight_areas_update', {}, 325_007]]],
    ['an upgrade at work', { mode_code: 4 }, [['ota_create', { devices: [] }, 312_015]]],
  ])('for %s', async (_, initial, steps) => {
    const stand = await openStand({ dock: { initial } })

    for (const [method, data, , pause] of steps) {
      await stand.send(method, data)
      await stand.pass(pause ?? 0)
    }

    expect(stand.said('services_reply').map(({ method, data }) => [method, data['result']])).toEqual(
      steps.map(([method, , result]) => [method, result]),
    )
    await stand.close()
  })
})

describe('flight areas', () => {
  const file = { name: 'areas.json', checksum: 'abc', url: 'https://x', size: 1 }

  it.each([
    ['synchronized', { result: 0, output: { files: [file] } }, 0],
    ['fail', { result: 0, output: { files: [] } }, 1],
    ['fail', { result: 1 }, 3],
    ['fail', undefined, 3],
  ])('end as %s when the cloud answers %o', async (status, answer, reason) => {
    const stand = await openStand({ answer: () => answer })

    await stand.send('flight_areas_update')
    await stand.pass(10_000)

    expect(stand.said('events').at(-1)?.data).toMatchObject({ status, reason })
    expect(stand.dock.state.dock['flighttask_step_code']).toBe(5)
    await stand.close()
  })
})

describe('an upgrade', () => {
  it.each([
    ['dock1', 'step_key'],
    ['dock2', 'current_step'],
  ])('of a %s names its steps in %s', async (model, field) => {
    const stand = await openStand({ dock: { model } })

    await stand.send('ota_create', { devices: [{ sn: stand.dock.gateway_sn, product_version: '9' }] })
    await stand.pass(10_000)

    const output = stand.said('events').at(-1)?.data['output'] as JsonObject
    expect(output['progress']).toEqual({ percent: 100, [field]: 'upgrade_firmware' })
    expect(stand.dock.state.dock['firmware_version']).toBe('9')
    await stand.close()
  })
})
