import { packageRoot } from '../contracts/index.ts'
import { referenceTarget } from '../src/compose.ts'
import { compareRuns } from '../test/support/compare-runs.ts'
import { loadScenarioFiles } from '../src/scenario/index.ts'

/**
 * Runs the bundled scenarios again and again, each time in another order and with another number of workers, and prints
 * the tests whose outcome was not the same every time; there must be none. `tsx bench/hundred-runs.ts [RUNS] [PATH…]`
 */
async function main([runs = '100', ...paths]: readonly string[]): Promise<void> {
  const { scenarios } = await loadScenarioFiles(paths.length > 0 ? paths : ['scenarios'], packageRoot())
  const begun = process.hrtime.bigint()
  const { tests, unsteady, notPassed } = await compareRuns(
    scenarios,
    referenceTarget(),
    Number(runs),
    (run, how) => {
      console.log(`run ${run} of ${runs}: ${how}`)
    },
  )
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9
  console.log(`${runs} runs of ${tests} tests in ${seconds.toFixed(0)} s`)
  console.log(`${unsteady.length} tests differ between runs, ${notPassed.length} did not pass in the first`)
  for (const id of new Set([...unsteady, ...notPassed])) console.log(`  ${id}`)
  process.exitCode = unsteady.length > 0 ? 1 : 0
}

await main(process.argv.slice(2))
