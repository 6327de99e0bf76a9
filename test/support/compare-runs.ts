import type { LoadedScenario, RunEvent, Target } from '../../src/scenario/index.ts'
import { planTests, run } from '../../src/scenario/index.ts'

/** What was the same in all runs, and what was not. */
export interface Comparison {
  readonly tests: number
  /** Ids of tests whose outcome or scenario time was not the same in every run. */
  readonly unsteady: readonly string[]
  /** Ids of tests that did not pass in the first run. */
  readonly notPassed: readonly string[]
}

/** Numbers of workers that the runs take turns with. */
const workerCounts = [1, 2, 3, 8, 16, 32]

/**
 * Runs the same tests several times: in the order of the files first, then shuffled by a new seed, with another number of
 * workers each time. Each test keeps the seed of the first run, so that nothing may differ but who runs beside whom.
 */
export async function compareRuns(
  scenarios: readonly LoadedScenario[],
  target: Target,
  runs: number,
  tell: (run: number, how: string) => void = () => undefined,
): Promise<Comparison> {
  const inOrder = planTests(scenarios, { seed: 1 })
  const seeds = new Map(inOrder.map(({ ref, seed }) => [ref.id, seed]))
  let first: ReadonlyMap<string, string> | undefined
  const unsteady = new Set<string>()
  for (let number = 1; number <= runs; number += 1) {
    const workers = workerCounts[number % workerCounts.length] ?? 1
    const shuffled = number === 1 ? inOrder : planTests(scenarios, { seed: number, order: 'random' })
    const tests = shuffled.map((test) => ({ ...test, seed: seeds.get(test.ref.id) ?? test.seed }))
    const verdicts = new Map<string, string>()
    const hear = (event: RunEvent): void => {
      if (event.kind === 'testFinished') {
        verdicts.set(event.test.id, JSON.stringify([event.outcome, event.at]))
      }
    }
    await run(tests, target, {
      version: '0',
      seed: 1,
      level: 'may',
      workers,
      reporter: { on: hear, close: () => Promise.resolve() },
      wallMs: () => 0,
    })
    first ??= verdicts
    for (const [id, verdict] of verdicts) if (first.get(id) !== verdict) unsteady.add(id)
    tell(
      number,
      `${workers} workers, ${verdicts.size} tests, ${unsteady.size} differ so far${[...unsteady].map((id) => ` ${id}`).join('')}`,
    )
  }
  const notPassed = [...(first ?? [])].filter(([, verdict]) => !verdict.includes('"passed"'))
  return { tests: inOrder.length, unsteady: [...unsteady], notPassed: notPassed.map(([id]) => id) }
}
