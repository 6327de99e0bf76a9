import { brokenBy } from './broken-by.ts'
import type { StepRef } from './events.ts'
import type { Verb } from './language-verbs.ts'
import { lookupOf } from './lookup.ts'
import type { Outcome } from './outcome.ts'
import type { PlannedStep, StepOf } from './planned.ts'
import { renderStep } from './render-step.ts'
import type { Branch, Scene } from './scene.ts'
import { stepRunners } from './steps/index.ts'
import { patienceMs } from './steps/patience.ts'
import type { StepRunner } from './steps/step.ts'

/** Runs steps one after the other; the first that does not pass ends the line. */
export async function runSteps(
  steps: readonly PlannedStep[],
  scene: Scene,
  branch: Branch,
): Promise<Outcome> {
  for (const step of steps) {
    const outcome = await runStep(step, scene, branch)
    if (outcome.kind !== 'passed') return outcome
  }
  return { kind: 'passed' }
}

async function runStep(planned: PlannedStep, scene: Scene, branch: Branch): Promise<Outcome> {
  const test = scene.test.ref.id
  const { path, verb, line, column, summary } = planned
  const step: StepRef = { path, verb, line, summary }
  const ready = prepare(planned, scene, branch)
  const { withinMs } = ready
  scene.emit({
    kind: 'stepStarted',
    test,
    at: scene.at(),
    step,
    ...(withinMs === undefined ? {} : { withinMs }),
  })
  let outcome: Outcome
  try {
    outcome = await ready.start()
  } catch (error) {
    outcome = brokenBy(error, { file: scene.test.source.file, line, column })
  }
  scene.emit({ kind: 'stepFinished', test, at: scene.at(), step, outcome })
  return outcome
}

interface ReadyStep {
  readonly withinMs?: number | undefined
  readonly start: () => Promise<Outcome>
}

/** Fills a step in; what is wrong with it is said when it starts, as a step that was begun. */
function prepare(planned: PlannedStep, scene: Scene, branch: Branch): ReadyStep {
  try {
    const step = renderStep(planned, lookupOf(scene, branch), scene.test)
    return { withinMs: patienceMs(step, scene, branch), start: () => start(step, scene, branch) }
  } catch (error) {
    return { start: () => Promise.reject(error) }
  }
}

function start<V extends Verb>(step: StepOf<V>, scene: Scene, branch: Branch): Promise<Outcome> {
  const run: StepRunner<V> = stepRunners[step.verb]
  return run(step, scene, branch, runSteps)
}
