import { fileURLToPath } from 'node:url'
import type { Outcome, RunResult, Target } from '../../src/scenario/index.ts'
import { loadScenarioFiles, planTests, run } from '../../src/scenario/index.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Plays the bundled tests with the tag `smoke` on a target, at the level `should`; nobody is told of it. */
export async function playSmokeSuite(target: Target): Promise<{
  readonly counts: RunResult['counts']
  /** Tests that neither passed nor were skipped. */
  readonly trouble: readonly (readonly [string, Outcome])[]
}> {
  const { scenarios } = await loadScenarioFiles(['scenarios'], root)
  const { counts, outcomes } = await run(planTests(scenarios, { tags: ['smoke'] }), target, {
    version: '0.0.0',
    seed: 1,
    level: 'should',
    workers: 8,
    reporter: { on: () => undefined, close: () => Promise.resolve() },
    wallMs: () => 0,
  })
  const trouble = [...outcomes].filter(([, { kind }]) => kind !== 'passed' && kind !== 'skipped')
  return { counts, trouble }
}
