import type { Level, Profile } from '../../contracts/index.ts'
import { openReferenceRig } from '../compose.ts'
import { defaultParts } from '../gateway/index.ts'
import type { PlannedTest, Target, TestResult } from '../scenario/index.ts'
import { performHere, reasonToSkip, rulesBrokenBy } from '../scenario/index.ts'
import type { Change } from './defect.ts'
import type { Sightings } from './proof.ts'
import { noRule } from './proof.ts'

/** What is looked for, and what ends the search. */
export interface Search {
  readonly level: Level
  readonly isStopped: () => boolean
  /** Whether a broken rule ends the search. */
  readonly isEnough?: (rule: string) => boolean
}

/**
 * Runs tests against a target one after the other, so that what is seen rests on nothing but the tests and their order.
 * Undefined when it was stopped before its end.
 */
export async function sight(
  tests: readonly PlannedTest[],
  target: Target,
  { level, isStopped, isEnough = () => false }: Search,
): Promise<{ readonly by: Sightings; readonly tests: number } | undefined> {
  const perform = performHere(target, level)
  const by = new Map<string, string[]>()
  let count = 0
  for (const test of tests) {
    if (isStopped()) return undefined
    if (reasonToSkip(test, target, { level }) !== undefined) continue
    count++
    const broken = brokenIn(test, await perform(test, () => undefined))
    for (const rule of broken) by.set(rule, [...(by.get(rule) ?? []), test.ref.id])
    if (broken.some(isEnough)) break
  }
  return { by, tests: count }
}

/** The bundled gateway with other parts; each rig has parts of its own. */
export function changedTarget(change: Change, profile: Profile): Target {
  return {
    kind: 'reference',
    name: profile.name,
    time: 'virtual',
    profile,
    open: (request) => openReferenceRig(request, { profile, parts: change(defaultParts), level: 'may' }),
    close: () => Promise.resolve(),
  }
}

function brokenIn({ ref }: PlannedTest, { outcome, verdict }: TestResult): readonly string[] {
  if (outcome.kind === 'broken') return [noRule]
  return [...new Set(rulesBrokenBy(ref, outcome, verdict))]
}
