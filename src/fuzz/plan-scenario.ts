import type { LoadedScenario, LoadedStep, PlannedTest, Verb } from '../scenario/index.ts'
import { planTests, verbNames } from '../scenario/index.ts'
import { needsOf } from './needs-of.ts'
import type { ScenarioData, StepData } from './scenario-data.ts'

/** The test that a scenario file with this data would be planned as, without the detour over its text. */
export function planScenario(data: ScenarioData, seed: number): PlannedTest {
  const scenario: LoadedScenario = {
    id: 'fuzz.yaml',
    file: 'fuzz.yaml',
    text: '',
    line: 1,
    scenario: 'nothing that is done brings the gateway to break a rule',
    proves: [],
    needs: needsOf(data.steps),
    allow: {},
    exclusive: false,
    tags: [],
    seed,
    examples: [],
    devices: data.devices,
    fleet: [],
    steps: data.steps.map((step, index) => loadedStep(step, String(index + 1))),
  }
  const [test] = planTests([scenario])
  if (test === undefined) throw new Error('Bug: a scenario without examples is one test')
  return test
}

function loadedStep(step: StepData, path: string): LoadedStep {
  const verb = Object.keys(step).find((key): key is Verb => (verbNames as readonly string[]).includes(key))
  if (verb === undefined) throw new Error('Bug: a step of a sequence has no verb')
  const { [verb]: body, ...options } = step
  const place = { verb, path, line: 1, endLine: 1, column: 1, options }
  if (verb !== 'parallel') return { ...place, body }
  const { repeat } = body as {
    readonly repeat: { readonly times: number; readonly steps: readonly StepData[] }
  }
  const { steps, ...head } = repeat
  const children = [steps.map((inner, index) => loadedStep(inner, `${path}.${index + 1}`))]
  return { ...place, body: { repeat: head }, children }
}
