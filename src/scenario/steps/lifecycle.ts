import { failedBy } from '../answer.ts'
import { readCommand } from '../read-command.ts'
import { commandOf } from '../scene.ts'
import type { StepRunner } from './step.ts'

/** What was seen lies on the path, in order; its last status was seen, and so were those that a step awaited. */
export const lifecycle: StepRunner<'lifecycle'> = async (step, scene, branch) => {
  const command = commandOf(scene, branch, step.options.of)
  await scene.rig.pace.settle()
  const exchange = await readCommand(scene, command, 'when-new')
  const path: readonly string[] = step.body
  const seen = command.seen.map(({ status }) => status)
  const reason = divergence(path, seen)
  return failedBy(
    reason === undefined ? [] : [{ path: 'lifecycle', expected: path, actual: seen, reason }],
    `the lifecycle of ${command.name}`,
    exchange.seqDone,
  )
}

/** Why what was seen is not on the path; undefined when it is. */
export function divergence(path: readonly string[], seen: readonly string[]): string | undefined {
  let place = 0
  for (const status of seen) {
    const next = path.indexOf(status, place)
    if (next < 0) {
      const known = path.includes(status)
      return known
        ? `${status} was seen after ${seen[seen.indexOf(status) - 1] ?? 'another'}, against the order of the path`
        : `${status} is not on the path`
    }
    place = next
  }
  const last = path.at(-1)
  return seen.at(-1) === last
    ? undefined
    : `${last} was not seen, the last status was ${seen.at(-1) ?? 'none'}`
}
