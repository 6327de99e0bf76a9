import { judgeAnswer } from '../answer.ts'
import { readCommand } from '../read-command.ts'
import { commandOf } from '../scene.ts'
import type { StepRunner } from './step.ts'

/** Reads a command once. */
export const query: StepRunner<'query'> = async (step, scene, branch) => {
  const command = commandOf(scene, branch, step.body)
  await scene.rig.pace.settle()
  const exchange = await readCommand(scene, command, 'always')
  if (step.options.as !== undefined) scene.named.set(step.options.as, { exchange, command })
  return judgeAnswer(exchange, step.options.expect, scene)
}
