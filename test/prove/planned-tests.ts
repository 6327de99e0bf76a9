import type { PlannedTest } from '../../src/scenario/index.ts'
import { loadScenarioFiles, planTests } from '../../src/scenario/index.ts'
import { packageRoot } from '../../contracts/index.ts'

let planned: Promise<readonly PlannedTest[]> | undefined

/** The tests of the suite, loaded once. */
export function plannedTests(): Promise<readonly PlannedTest[]> {
  planned ??= loadScenarioFiles(['scenarios'], packageRoot()).then(({ scenarios }) => planTests(scenarios))
  return planned
}
