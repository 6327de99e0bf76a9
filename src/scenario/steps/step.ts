import type { Verb } from '../language-verbs.ts'
import type { Outcome } from '../outcome.ts'
import type { PlannedStep, StepOf } from '../planned.ts'
import type { Branch, Scene } from '../scene.ts'

/** Runs nested steps; the first that does not pass ends the line. */
export type RunSteps = (steps: readonly PlannedStep[], scene: Scene, branch: Branch) => Promise<Outcome>

/** A verb at work: its step has its templates filled. */
export type StepRunner<V extends Verb> = (
  step: StepOf<V>,
  scene: Scene,
  branch: Branch,
  run: RunSteps,
) => Promise<Outcome>
