import { parseDuration } from '../../../simulator/index.ts'
import { passed } from '../answer.ts'
import type { StepRunner } from './step.ts'

/** Lets scenario time pass. */
export const wait: StepRunner<'wait'> = async (step, scene) => {
  await scene.rig.pace.pass(parseDuration(step.body))
  return passed
}
