import { describe, expect, it } from 'vitest'
import { plainer } from '../../src/fuzz/plainer.ts'
import type { ScenarioData } from '../../src/fuzz/scenario-data.ts'
import { tidy } from '../../src/fuzz/tidy.ts'

const data: ScenarioData = {
  devices: {
    'drone-001': {},
    'drone-002': { on: { drone_close: [{ reply: { result: 7, code: 'A' }, delay: '1s' }] } },
  },
  steps: [{ wait: '1s' }, { send: { device_id: 'drone-002' }, as: 'second' }, { query: 'second' }],
}

describe('making a scenario smaller', () => {
  it.each([1, 8])('takes away whatever the scenario fails without, %i at once', async (atOnce) => {
    const isNeeded = /"result":7.*\{"query":"second"\}/

    const small = await tidy(data, (each) => Promise.resolve(isNeeded.test(JSON.stringify(each))), {
      most: 1_000,
      atOnce,
    })

    expect(small).toEqual({
      devices: { 'drone-002': { on: { drone_close: [{ reply: { result: 7 } }] } } },
      steps: [{ query: 'second' }],
    })
  })

  it('keeps all that is needed', async () => {
    const small = await tidy(data, (each) => Promise.resolve(JSON.stringify(each) === JSON.stringify(data)), {
      most: 1_000,
      atOnce: 4,
    })

    expect(small).toEqual(data)
  })

  it.each([1, 2])('tries no more ways than it may, %i at once', async (atOnce) => {
    let asked = 0

    await tidy(data, () => Promise.resolve(asked++ < 0), { most: 3, atOnce })

    expect(asked).toBe(3)
  })

  it('says the same in plainer words', async () => {
    const { steps, devices } = await plainer(
      { ...data, devices: { 'drone-002': data.devices['drone-002'] ?? {} } },
      () => Promise.resolve(true),
    )

    expect(steps[1]).toEqual({ send: { device_id: 'drone-001' }, as: 'first' })
    expect(devices['drone-001']?.on?.['drone_close']).toEqual({
      reply: { result: 7, code: 'A' },
      delay: '1s',
    })
  })
})
