import { findRule, HarnessError, methods } from '../../contracts/index.ts'
import type { ExitCode, Io } from '../io.ts'
import { methodScenario, methodScenarioFile } from '../method-scenarios.ts'
import type { Loaded, PlannedTest } from '../scenario/index.ts'
import { formatProblem, loadScenarioFiles, loadScenarioText, planTests } from '../scenario/index.ts'
import { bundledScenarios } from './paths.ts'

/** Which tests are meant. */
export interface ChoiceOptions {
  readonly seed: number
  readonly rule?: readonly string[]
  readonly tag?: readonly string[]
  readonly grep?: string
  readonly shard?: { readonly index: number; readonly count: number }
  readonly order: 'file' | 'random'
  /** A scenario for every method of the catalogue, beside the files that are named. */
  readonly methods?: boolean
  /** What files with problems do to the others: nothing runs (default), or the others run. */
  readonly wrongFiles?: 'stop' | 'skip'
}

export interface ChosenTests {
  readonly tests: readonly PlannedTest[]
  /** False when files were left out for their problems. */
  readonly isWhole: boolean
}

/**
 * Loads what the paths and options name, and plans it. Problems of files are shown.
 * Throws SCENARIO_INVALID, RULE_UNKNOWN, and SCENARIO_NOT_FOUND when nothing is left.
 */
export async function chooseTests(
  paths: readonly string[],
  options: ChoiceOptions,
  io: Io,
): Promise<ChosenTests> {
  const ofMethods = options.methods === true
  const files = paths.length === 0 && !ofMethods ? [bundledScenarios(io.cwd)] : paths
  const loaded = await loadScenarioFiles(files, io.cwd)
  refuseProblems(loaded, options.wrongFiles ?? 'stop', io)
  for (const rule of options.rule ?? []) requireRule(rule)
  const scenarios = [...loaded.scenarios, ...(ofMethods ? await methodScenarios() : [])]
  const tests = planTests(scenarios, planOptions(options))
  if (tests.length === 0) {
    throw new HarnessError(
      'SCENARIO_NOT_FOUND',
      'Cannot run anything: no test fits the filters. Loosen --grep, --tag, --rule or --shard.',
    )
  }
  return { tests, isWhole: loaded.problems.length === 0 }
}

/** Prints the ids of the tests that would run, a line each. */
export async function listTests(paths: readonly string[], options: ChoiceOptions, io: Io): Promise<ExitCode> {
  const { tests, isWhole } = await chooseTests(paths, options, io)
  io.stdout.write(tests.map(({ ref }) => `${ref.id}\n`).join(''))
  return isWhole ? 0 : 2
}

async function methodScenarios(): Promise<Loaded['scenarios']> {
  const loads = methods().map((method) =>
    loadScenarioText(methodScenarioFile(method), methodScenario(method)),
  )
  return (await Promise.all(loads)).flatMap(({ scenarios, problems: [problem] }) => {
    if (problem !== undefined) throw new Error(`Bug: ${problem.file}:${problem.line}: ${problem.message}`)
    return scenarios
  })
}

/** Shows every problem. Throws SCENARIO_INVALID when they stop the run, or nothing is left to run. */
function refuseProblems({ problems, texts, scenarios }: Loaded, how: 'stop' | 'skip', io: Io): void {
  for (const problem of problems) {
    const text = texts.get(problem.file) ?? ''
    io.stderr.write(`${formatProblem(problem, text, { color: io.stderr.color })}\n\n`)
  }
  if (problems.length === 0 || (how === 'skip' && scenarios.length > 0)) return
  const many = problems.length === 1 ? 'is 1 problem' : `are ${problems.length} problems`
  throw new HarnessError(
    'SCENARIO_INVALID',
    `Cannot run the scenarios: there ${many} in them. Mend what is shown above; "dockrig check" looks without running.`,
  )
}

function planOptions(options: ChoiceOptions): Parameters<typeof planTests>[1] {
  const { seed, order, grep, shard, tag, rule } = options
  return {
    seed,
    order,
    ...(grep === undefined ? {} : { grep }),
    ...(tag === undefined ? {} : { tags: tag }),
    ...(rule === undefined ? {} : { rules: rule }),
    ...(shard === undefined ? {} : { shard }),
  }
}

function requireRule(id: string): void {
  if (findRule(id) !== undefined) return
  throw new HarnessError(
    'RULE_UNKNOWN',
    `Cannot filter by the rule "${id}": there is none of that id. "dockrig contract rules" lists them.`,
  )
}
