import type { Level } from '../../contracts/index.ts'
import { weakestLevel } from '../../contracts/index.ts'
import { countOut } from './count-devices.ts'
import { estimate } from './estimate.ts'
import type { TestRef } from './events.ts'
import { fillExample } from './fill-example.ts'
import type { LoadedExample, LoadedScenario, LoadedStep } from './loaded.ts'
import type { Order, Shard } from './plan-filters.ts'
import { byGrep, byLevel, byRules, byTags, inOrder, shardOf } from './plan-filters.ts'
import type { PlannedStep, PlannedTest } from './planned.ts'
import { hashSeed } from './seed.ts'
import { summarise } from './step-summary.ts'

/** Which tests to plan, and how. */
export interface PlanOptions {
  /** Seed of the run, 1 unless given; a file's own `seed` goes before it. */
  readonly seed?: number
  /** Part of an id, sentence or example, or a regular expression. */
  readonly grep?: string
  /** Tests with one of these tags. */
  readonly tags?: readonly string[]
  /** Tests that prove one of these rules. */
  readonly rules?: readonly string[]
  /** Tests of this level or a stronger one. */
  readonly level?: Level
  readonly shard?: Shard
  /** As in the files (default), or shuffled by the seed. */
  readonly order?: Order
}

/** More scenario time than this makes a test long. */
export const longMs = 5000

/** Expands scenarios into the tests that will run: one a scenario, or one an example row, in order, filtered and sharded. */
export function planTests(
  scenarios: readonly LoadedScenario[],
  options: PlanOptions = {},
): readonly PlannedTest[] {
  const seed = options.seed ?? 1
  const tests = scenarios.flatMap((scenario) => expand(scenario, seed))
  const chosen = tests
    .filter(byGrep(options.grep))
    .filter(byTags(options.tags))
    .filter(byRules(options.rules))
    .filter(byLevel(options.level))
  return shardOf(inOrder(chosen, options.order ?? 'file', seed), options.shard)
}

function expand(scenario: LoadedScenario, seed: number): readonly PlannedTest[] {
  if (scenario.examples.length === 0) return [planTest(scenario, undefined, seed)]
  return scenario.examples.map((row) => planTest(scenario, row, seed))
}

function planTest(scenario: LoadedScenario, row: LoadedExample | undefined, runSeed: number): PlannedTest {
  const example = row?.fields ?? {}
  const ref = refOf(scenario, row)
  const { devices, groups } = countOut(fillExample(scenario.devices, example))
  const fleet = fillExample(scenario.fleet, example) as PlannedTest['fleet']
  const steps = scenario.steps.map((step) => planStep(step, example))
  const estimateMs = estimate(steps, { devices, groups })
  return {
    ref,
    needs: scenario.needs,
    ...(scenario.only === undefined ? {} : { only: scenario.only }),
    allow: scenario.allow,
    exclusive: scenario.exclusive,
    seed: hashSeed(scenario.seed ?? runSeed, ref.id),
    ...(scenario.timeoutMs === undefined ? {} : { timeoutMs: scenario.timeoutMs }),
    devices,
    groups,
    fleet,
    steps,
    example,
    estimateMs,
    long: estimateMs > longMs,
    source: { file: scenario.file, text: scenario.text },
  }
}

function refOf(scenario: LoadedScenario, row: LoadedExample | undefined): TestRef {
  const proves = row?.proves ?? scenario.proves
  const about = {
    scenario: scenario.scenario,
    file: scenario.file,
    proves,
    tags: scenario.tags,
    level: weakestLevel(proves),
  }
  if (row === undefined) return { id: scenario.id, line: scenario.line, ...about }
  // the document's own name already follows the #
  const joint = scenario.id.includes('#') ? '/' : '#'
  return { id: `${scenario.id}${joint}${row.name}`, example: row.name, line: row.line, ...about }
}

function planStep(step: LoadedStep, example: Readonly<Record<string, unknown>>): PlannedStep {
  const body = fillExample(step.body, example)
  const options = fillExample(step.options, example)
  const children = step.children?.map((branch) => branch.map((child) => planStep(child, example)))
  const planned = {
    verb: step.verb,
    path: step.path,
    line: step.line,
    endLine: step.endLine,
    column: step.column,
    summary: summarise(step.verb, body, options as Readonly<Record<string, unknown>>),
    body,
    options,
    ...(children === undefined ? {} : { children }),
  }
  // the check of the file has seen the shapes; templates are filled and checked again by renderStep
  return planned as PlannedStep
}
