import { findRule, levels } from '../../contracts/index.ts'
import type { PlannedTest } from '../scenario/index.ts'
import type { Defect } from './defect.ts'

/**
 * How far a proof goes. `fast`: a defect meets one test after the other until a rule that it is expected to break has
 * caught it. `families`: it meets every test that proves an expected rule, and some for each other rule of their
 * families. `full`: it meets every test.
 */
export type Extent = 'fast' | 'families' | 'full'

/** So many tests for each rule that is not expected but of the family; a matrix of all would take three times as long. */
export const testsForOthers = 3

/**
 * The tests that a defect meets, those that prove an expected rule first, then those of the same family; short ones
 * before long ones.
 */
export function testsAgainst(
  defect: Defect,
  tests: readonly PlannedTest[],
  extent: Extent,
): readonly PlannedTest[] {
  const ordered = [...tests].sort((a, b) => distanceTo(defect, a) - distanceTo(defect, b))
  return extent === 'families' ? someOfFamily(defect, ordered) : ordered
}

/** The tests that bind somebody else's gateway, which declares what it is able to do. */
export function testsForVariants(tests: readonly PlannedTest[]): readonly PlannedTest[] {
  return tests.filter(
    ({ ref, only }) => only !== 'reference' && levels.indexOf(ref.level) <= levels.indexOf('should'),
  )
}

function someOfFamily(defect: Defect, ordered: readonly PlannedTest[]): readonly PlannedTest[] {
  const families = familiesOf(defect)
  const counts = new Map<string, number>()
  return ordered.filter((test) => {
    if (nearnessTo(defect, test) === 0) return true
    const near = test.ref.proves.filter((rule) => families.has(findRule(rule)?.family))
    const isWanted = near.some((rule) => (counts.get(rule) ?? 0) < testsForOthers)
    if (isWanted) for (const rule of near) counts.set(rule, (counts.get(rule) ?? 0) + 1)
    return isWanted
  })
}

function distanceTo(defect: Defect, test: PlannedTest): number {
  const { estimateMs, devices } = test
  return nearnessTo(defect, test) * 1e9 + Math.min(estimateMs, 1e6) + Object.keys(devices).length * 1e6
}

/** 0: proves an expected rule. 1: proves a rule of the same family. 2: is about something else. */
function nearnessTo(defect: Defect, { ref }: PlannedTest): 0 | 1 | 2 {
  if (ref.proves.some((rule) => defect.breaks.includes(rule))) return 0
  const families = familiesOf(defect)
  return ref.proves.some((rule) => families.has(findRule(rule)?.family)) ? 1 : 2
}

function familiesOf({ breaks }: Defect): ReadonlySet<string | undefined> {
  return new Set(breaks.map((rule) => findRule(rule)?.family))
}
