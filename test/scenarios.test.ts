import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { notWatched, packageRoot, rules } from '../contracts/index.ts'
import { referenceTarget } from '../src/compose.ts'
import { coverageOf } from '../src/coverage.ts'
import type { PlannedTest, RunResult } from '../src/scenario/index.ts'
import { kebabCase, loadScenarioFiles, planTests, run } from '../src/scenario/index.ts'

const onEveryMessage =
  'The judge checks it on every message of a dock without a script; test/contracts/streams/dock.ts holds streams that break it.'

/** Rules that no scenario proves, and why; none of them is a must or a should of the gateway. */
const unproven: Readonly<Record<string, string>> = {
  'error-forbidden':
    'Both credentials of a rig have every scope; test/gateway/signing.test.ts takes one away.',
  'error-rate-limited':
    'The bundled gateway has no limit unless it is given one; test/gateway/signing.test.ts does.',
  'dock-envelope-tid-bid': onEveryMessage,
  'dock-timestamp-13-digits': onEveryMessage,
  'dock-reply-echoes-tid-bid-method': onEveryMessage,
  'dock-event-tid-fresh': onEveryMessage,
  'dock-event-need-reply': onEveryMessage,
  'dock-property-set-mirrored': notWatched['dock-property-set-mirrored'] ?? '',
  'dock-hms-lists-all': notWatched['dock-hms-lists-all'] ?? '',
}

/** Tests that the bundled gateway may skip, and why. */
const skipped: Readonly<Record<string, string>> = {}

const { scenarios, problems } = await loadScenarioFiles(['scenarios'], packageRoot())
const tests = planTests(scenarios)
const gatewayRules = rules().filter(({ family }) => family !== 'dock')

describe('the bundled scenarios', () => {
  it('load without a problem, each in a folder and named after its sentence', () => {
    expect(problems).toEqual([])
    for (const { file, scenario } of scenarios) {
      expect(file).toMatch(/^scenarios\/[a-z-]+\/[a-z0-9-]+\.yaml$/)
      expect(posix.basename(file, '.yaml')).toBe(kebabCase(scenario))
    }
  })

  it('have sentences of their own, and names of their own for each row', () => {
    expect(new Set(scenarios.map(({ scenario }) => scenario)).size).toBe(scenarios.length)
    expect(new Set(tests.map(({ ref }) => ref.id)).size).toBe(tests.length)
  })

  it('prove each must and should rule of the gateway', () => {
    const binding = gatewayRules.filter(({ level }) => level !== 'may').map(({ id }) => id)

    expect(binding.length).toBeGreaterThan(50)
    expect(missing(binding)).toEqual([])
  })

  it('prove every other rule, or it is said why not', () => {
    const others = rules().filter(({ level, family }) => level === 'may' || family === 'dock')

    expect(byName(missing(others.map(({ id }) => id)))).toEqual(byName(Object.keys(unproven)))
    expect(Object.entries(unproven).filter(([, reason]) => reason === '')).toEqual([])
  })

  it('prove at least one rule each', () => {
    expect(tests.filter(({ ref }) => ref.proves.length === 0).map(({ ref }) => ref.id)).toEqual([])
  })
})

describe('the bundled gateway', () => {
  it('passes all of them, in virtual time, and covers what it has to keep', async () => {
    const result = await runAll(tests)

    const others = [...result.outcomes].filter(([, { kind }]) => kind !== 'passed')
    expect(Object.fromEntries(others.filter(([id]) => !(id in skipped)))).toEqual({})
    expect(others.map(([id, { kind }]) => [id, kind])).toEqual(
      Object.keys(skipped).map((id) => [id, 'skipped']),
    )
    expect(result.outcomes.size).toBe(tests.length)
    expectCoverage(result)
  }, 120_000)
})

function expectCoverage(result: RunResult): void {
  for (const level of ['must', 'should'] as const) {
    const { rules: share, score, methods, statuses } = coverageOf(result, level)
    expect(share.missing.filter((id) => !(id in unproven))).toEqual([])
    expect(share.covered).toBe(score.kept)
    expect(share.total).toBe(share.covered + score.notReached)
    expect(score.broken).toBe(0)
    expect([methods.percent, statuses.percent]).toEqual([100, 100])
  }
  const { lifecycleEdges, mappingBranches, errorCodes } = coverageOf(result, 'may')
  expect(lifecycleEdges).toEqual(expect.arrayContaining(['DELIVERED → SUCCEEDED', 'DELIVERED → TIMED_OUT']))
  expect(mappingBranches).toEqual(
    expect.arrayContaining(['code from code', 'code from result', 'outcome FAILED', 'outcome SUCCEEDED']),
  )
  expect(errorCodes).toEqual(expect.arrayContaining(['VALIDATION_FAILED', 'SIGNATURE_INVALID']))
}

function byName(ids: readonly string[]): readonly string[] {
  return ids.toSorted((a, b) => a.localeCompare(b))
}

function missing(ids: readonly string[]): readonly string[] {
  const proven = new Set(tests.flatMap(({ ref }) => ref.proves))
  return ids.filter((id) => !proven.has(id))
}

function runAll(all: readonly PlannedTest[]): Promise<RunResult> {
  return run(all, referenceTarget(), {
    version: '0',
    seed: 1,
    level: 'may',
    workers: 16,
    reporter: { on: () => undefined, close: () => Promise.resolve() },
    wallMs: () => 0,
  })
}
