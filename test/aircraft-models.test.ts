import { describe, expect, it, onTestFinished } from 'vitest'
import { startRig } from '../src/index.ts'

describe('the model of an aircraft', () => {
  it.each([
    ['dock1', 'm30t', { type: 67, sub_type: 1 }],
    ['dock2', 'm3td', { type: 91, sub_type: 1 }],
    ['dock3', 'm4td', { type: 100, sub_type: 1 }],
    ['rc-plus', 'm30t', { type: 67, sub_type: 1 }],
    ['rc-pro', 'm3td', { type: 91, sub_type: 1 }],
  ])('may be chosen: %s with %s', async (model, aircraft, numbers) => {
    const rig = await startRig({ model, aircraft })
    onTestFinished(() => rig.close())

    const announced = rig.frames.map(({ payload }) => Buffer.from(payload).toString()).find(isTopology)

    expect(rig.device('drone-001').look().aircraft).toMatchObject({ model: aircraft })
    expect(JSON.parse(announced ?? '{}')).toMatchObject({ data: { sub_devices: [numbers] } })
  })

  it('has to be one of an aircraft', async () => {
    await expect(startRig({ aircraft: 'dock2' })).rejects.toMatchObject({ code: 'OPTION_INVALID' })
  })
})

function isTopology(payload: string): boolean {
  return payload.includes('"update_topo"')
}
