import { expect, it } from 'vitest'
import { packageRoot } from '../contracts/index.ts'
import { referenceTarget } from '../src/compose.ts'
import { loadScenarioFiles } from '../src/scenario/index.ts'
import { compareRuns } from './support/compare-runs.ts'

const folders = ['lifecycle', 'late-and-duplicate', 'outage', 'idempotency', 'unmatched']

it('gives the same verdicts, whatever the order and the number of workers', async () => {
  const paths = folders.map((folder) => `scenarios/${folder}`)
  const { scenarios } = await loadScenarioFiles(paths, packageRoot())

  const { tests, unsteady, notPassed } = await compareRuns(scenarios, referenceTarget(), 3)

  expect(tests).toBeGreaterThan(50)
  expect(unsteady).toEqual([])
  expect(notPassed).toEqual([])
}, 120_000)
