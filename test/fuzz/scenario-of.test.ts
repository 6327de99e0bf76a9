import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foreignProfile, referenceProfile } from '../../contracts/index.ts'
import { loadScenarioText, planTests } from '../../src/scenario/index.ts'
import type { Act, Sequence } from '../../src/fuzz/act.ts'
import { sequenceOf } from '../../src/fuzz/arbitrary-sequence.ts'
import { planScenario } from '../../src/fuzz/plan-scenario.ts'
import { scenarioOf } from '../../src/fuzz/scenario-of.ts'
import { tempoOf } from '../../src/fuzz/tempo.ts'
import { writeScenario } from '../../src/fuzz/write-scenario.ts'

const send: Act = {
  kind: 'send',
  dock: 0,
  timeout: 5,
  key: 'fresh',
  change: 'none',
  method: 'drone_close',
  copies: 1,
  credential: 'first',
}

function doing(...acts: readonly Act[]): Sequence {
  return { docks: [[{ reply: { result: 0 }, hold: true }], [{ reply: null }]], acts }
}

describe('a sequence as a scenario', () => {
  it('waits until the deadline of a command', () => {
    const { steps } = scenarioOf(
      doing(send, { kind: 'wait', ms: 2_000 }, { kind: 'deadline', of: 0, offset: -1 }),
      referenceProfile,
    )

    expect(steps.slice(1, 3)).toEqual([{ wait: '2000ms' }, { wait: '2999ms' }])
  })

  it('leaves out what makes no sense where it stands', () => {
    const { steps } = scenarioOf(
      doing({ kind: 'query', of: 0 }, { kind: 'release', dock: 0, which: 0 }),
      referenceProfile,
    )

    expect(steps).toEqual([])
  })

  it('releases what the dock holds', () => {
    const { steps } = scenarioOf(doing(send, { kind: 'release', dock: 0, which: 3 }), referenceProfile)

    expect(steps[1]).toEqual({ release: 'drone-001' })
  })

  it('puts up again what it has brought down', () => {
    const { steps } = scenarioOf(
      doing({ kind: 'broker', how: 'toggle' }, { kind: 'gateway', how: 'kill' }),
      referenceProfile,
    )

    expect(steps).toEqual([{ broker: 'stop' }, { broker: 'start' }])
  })

  it('sends one command at a time to each dock of a gateway that declares no more', () => {
    const acts = [send, send, { ...send, dock: 1 }, { kind: 'wait', ms: 60_000 }, send] as const

    const { steps } = scenarioOf(doing(...acts), foreignProfile)

    const sent = steps.flatMap((step) => (step['as'] === undefined ? [] : [step['send']]))
    expect(sent).toMatchObject(['drone-001', 'drone-002', 'drone-001'].map((device_id) => ({ device_id })))
  })

  it('repeats a request with its key', () => {
    const { steps } = scenarioOf(doing(send, { ...send, key: 7, change: 'dock' }), referenceProfile)

    expect(steps[1]).toMatchObject({ send: { device_id: 'drone-002', idempotency_key: '${fresh.first}' } })
  })

  it('is a file that loads without a problem and plans the very same test', async () => {
    const sequences = sequenceOf(fc, tempoOf(referenceProfile, 'virtual'), 12)
    await fc.assert(
      fc.asyncProperty(sequences, async (sequence) => {
        const data = scenarioOf(sequence, referenceProfile)
        fc.pre(data.steps.length > 0)

        const loaded = await loadScenarioText('fuzz.yaml', writeScenario(data, 'lifecycle-final'))

        expect(loaded.problems).toEqual([])
        const [test] = planTests(loaded.scenarios)
        expect(test?.steps.map(({ summary }) => summary)).toEqual(
          planScenario(data, 1).steps.map(({ summary }) => summary),
        )
        expect(test?.devices).toEqual(planScenario(data, 1).devices)
      }),
      { numRuns: 100, seed: 1 },
    )
  })
})
