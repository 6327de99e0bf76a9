import { packageRoot } from '../contracts/index.ts'
import type { Extent } from '../src/prove/index.ts'
import { prove, variants } from '../src/prove/index.ts'
import { loadScenarioFiles, planTests } from '../src/scenario/index.ts'

/**
 * Runs the suite on the permitted variants again and again, each time with another seed and in another order, and prints who was
 * accused of what; nobody may be. `tsx bench/zero-false-alarms.ts [RUNS] [full]`: with `full` each variant meets every
 * test alone, without it those that do not undo each other show together, which is much quicker.
 */
async function main([runs = '20', wanted]: readonly string[]): Promise<void> {
  const extent: Extent = wanted === 'full' ? 'full' : 'fast'
  const { scenarios } = await loadScenarioFiles(['scenarios'], packageRoot())
  let alarms = 0
  for (let seed = 1; seed <= Number(runs); seed += 1) {
    const tests = planTests(scenarios, { seed, order: 'random' })
    let quiet = 0
    for await (const proof of prove(tests, { extent, defects: [], variants })) {
      if (proof.kind === 'quiet') quiet += 1
      if (proof.kind !== 'falseAlarm') continue
      alarms += 1
      for (const [rule, ids] of proof.by) console.log(`  ${proof.variant.name}: ${rule} in ${ids.join(', ')}`)
    }
    console.log(
      `run ${seed} of ${runs}: ${quiet} of ${variants.length} variants quiet, ${alarms} alarms so far`,
    )
  }
  process.exitCode = alarms > 0 ? 1 : 0
}

await main(process.argv.slice(2))
