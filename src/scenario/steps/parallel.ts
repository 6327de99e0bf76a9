import { passed } from '../answer.ts'
import type { Outcome } from '../outcome.ts'
import type { PlannedStep } from '../planned.ts'
import type { Branch } from '../scene.ts'
import { rounds } from './repeat.ts'
import type { StepRunner } from './step.ts'

/** Runs branches side by side; afterwards `last` is the last branch's. */
export const parallel: StepRunner<'parallel'> = async (step, scene, branch, run) => {
  const branches = branchesOf(step, branch, scene.test.groups)
  const outcomes = await Promise.all(branches.map(({ steps, own }) => run(steps, scene, own)))
  branch.last = branches.at(-1)?.own.last ?? branch.last
  return worst(outcomes)
}

interface Line {
  readonly steps: readonly PlannedStep[]
  readonly own: Branch
}

function branchesOf(
  step: Parameters<typeof parallel>[0],
  branch: Branch,
  groups: Readonly<Record<string, readonly string[]>>,
): readonly Line[] {
  const children = step.children ?? []
  const { repeat } = step.body
  if (repeat === undefined) return children.map((steps) => ({ steps, own: { ...branch } }))
  return rounds(repeat, groups).map(({ each, index }) => ({
    steps: children[0] ?? [],
    own: { last: branch.last, each: each ?? branch.each, index },
  }))
}

/** Of several outcomes the one that says most: broken, failed, timed out, skipped, passed. */
export function worst(outcomes: readonly Outcome[]): Outcome {
  for (const kind of ['broken', 'failed', 'timedOut', 'skipped'] as const) {
    const found = outcomes.find((outcome) => outcome.kind === kind)
    if (found !== undefined) return found
  }
  return passed
}
