import type { LoadedScenario, PlanOptions, PlannedTest, Problem } from '../../src/scenario/index.ts'
import { loadScenarioText, planTests } from '../../src/scenario/index.ts'

const head = `scenario: a sentence
devices: { drone-001: { on: { drone_close: { hold: true, reply: { result: 0 } } } }, dock: { count: 3 } }
`

/** A complete scenario around these steps, with `drone-001` and the group `dock`. */
export function withSteps(steps: string): string {
  return `${head}steps:\n${steps}\n`
}

/** Problems of a text, as `code message`. */
export async function problemsOf(text: string): Promise<readonly string[]> {
  return (await allProblemsOf(text)).map(({ code, message }) => `${code} ${message}`)
}

export async function allProblemsOf(text: string): Promise<readonly Problem[]> {
  return (await loadScenarioText('a.yaml', text)).problems
}

/** The scenarios of a text that has no problem. */
export async function scenariosOf(text: string): Promise<readonly LoadedScenario[]> {
  const { scenarios, problems } = await loadScenarioText('a.yaml', text)
  if (problems.length > 0)
    throw new Error(problems.map(({ line, message }) => `${line}: ${message}`).join('\n'))
  return scenarios
}

/** The first test of a text. */
export async function firstTestOf(text: string, options: PlanOptions = {}): Promise<PlannedTest> {
  const [test] = planTests(await scenariosOf(text), options)
  if (test === undefined) throw new Error('the text has no test')
  return test
}
