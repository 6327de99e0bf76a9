import { passed } from '../answer.ts'
import type { RepeatHead } from '../language-verbs.ts'
import type { StepRunner } from './step.ts'

/** Runs steps several times, one round after the other. */
export const repeat: StepRunner<'repeat'> = async (step, scene, branch, run) => {
  const outer = { each: branch.each, index: branch.index }
  for (const round of rounds(step.body, scene.test.groups)) {
    const own = { ...branch, each: round.each ?? outer.each, index: round.index }
    const outcome = await run(step.children?.[0] ?? [], scene, own)
    branch.last = own.last
    if (outcome.kind !== 'passed') return outcome
  }
  return passed
}

export interface Round {
  readonly each: string | undefined
  readonly index: number
}

/** `times` rounds for each device; a group stands for all of its devices. */
export function rounds(
  { times = 1, each }: RepeatHead,
  groups: Readonly<Record<string, readonly string[]>>,
): readonly Round[] {
  const names = each === undefined ? [undefined] : [each].flat().flatMap((name) => groups[name] ?? [name])
  const all = names.flatMap((name) => Array.from({ length: times }, () => name))
  return all.map((name, index) => ({ each: name, index }))
}
