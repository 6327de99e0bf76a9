import type { Level, Profile } from '../../contracts/index.ts'
import { findRule, foreignProfile, levels, referenceProfile } from '../../contracts/index.ts'
import { openReferenceRig } from '../compose.ts'
import { defaultParts } from '../gateway/index.ts'
import type { Outcome, PlannedTest, RunEvent, Target, TestRef } from '../scenario/index.ts'
import { run } from '../scenario/index.ts'
import type { Change, Defect } from './defect.ts'
import { defects as allDefects } from './defects/index.ts'
import type { Variant } from './variants.ts'
import { variants as allVariants } from './variants.ts'

export interface ProveOptions {
  /** `fast`: a defect's run ends when a rule that it is expected to break has caught it. `full`: every test runs. */
  readonly extent: 'fast' | 'full'
  readonly defects?: readonly Defect[]
  readonly variants?: readonly Variant[]
  readonly seed?: number
  /** How many tests run side by side. Default 4. */
  readonly workers?: number
  readonly isStopped?: () => boolean
}

/** What the suite says of one wrong gateway, or of one that is right in another way. */
export type Proof =
  | {
      readonly kind: 'caught'
      readonly defect: Defect
      /** The rules that it was seen to break, and the ids of the tests that saw it; expected rules first. */
      readonly by: ReadonlyMap<string, readonly string[]>
    }
  | {
      readonly kind: 'survived'
      readonly defect: Defect
      /** What broke although nothing of the kind was expected. */
      readonly by: ReadonlyMap<string, readonly string[]>
    }
  | { readonly kind: 'quiet'; readonly variant: Variant; readonly tests: number }
  | {
      readonly kind: 'falseAlarm'
      readonly variant: Variant
      readonly by: ReadonlyMap<string, readonly string[]>
    }

/** The rule under which a test counts that is broken for reasons of its own. */
export const noRule = '(none)'

/** Runs the tests against each defect and each variant, one after the other, in virtual time. */
export async function* prove(
  tests: readonly PlannedTest[],
  options: ProveOptions,
): AsyncGenerator<Proof, void, undefined> {
  for (const defect of options.defects ?? allDefects) {
    if (options.isStopped?.() === true) return
    yield await proveDefect(tests, defect, options)
  }
  for (const variant of options.variants ?? allVariants) {
    if (options.isStopped?.() === true) return
    yield await proveVariant(tests, variant, options)
  }
}

async function proveDefect(
  tests: readonly PlannedTest[],
  defect: Defect,
  options: ProveOptions,
): Promise<Proof> {
  const isExpected = (rule: string): boolean => defect.breaks.includes(rule)
  const ordered = [...tests].sort((a, b) => distanceTo(defect, a) - distanceTo(defect, b))
  const { by } = await listen(ordered, changedTarget(defect.parts, referenceProfile), {
    ...options,
    level: 'may',
    isEnough: (rule) => options.extent === 'fast' && isExpected(rule),
  })
  const sorted = new Map([...by].sort(([a], [b]) => Number(isExpected(b)) - Number(isExpected(a))))
  return { kind: [...by.keys()].some(isExpected) ? 'caught' : 'survived', defect, by: sorted }
}

/** A variant is judged like somebody else's gateway that has declared what it is able to do. */
async function proveVariant(
  tests: readonly PlannedTest[],
  variant: Variant,
  options: ProveOptions,
): Promise<Proof> {
  const binding = tests.filter(
    ({ ref, only }) => only !== 'reference' && levels.indexOf(ref.level) <= levels.indexOf('should'),
  )
  const { by, count } = await listen(binding, changedTarget(variant.parts, profileOf(variant)), {
    ...options,
    level: 'should',
    isEnough: () => false,
  })
  return by.size === 0 ? { kind: 'quiet', variant, tests: count } : { kind: 'falseAlarm', variant, by }
}

/** A gateway that could do all that the bundled one can, but promises no choice of ours. */
export function profileOf(variant: Variant): Profile {
  const { capabilities, methods } = referenceProfile
  const waives = variant.waives ?? []
  return { ...foreignProfile, name: variant.name, methods, capabilities, waives }
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

interface Listening {
  readonly level: Level
  readonly seed?: number
  readonly workers?: number
  readonly isStopped?: () => boolean
  /** Whether a broken rule ends the run. */
  readonly isEnough: (rule: string) => boolean
}

async function listen(
  tests: readonly PlannedTest[],
  target: Target,
  options: Listening,
): Promise<{ readonly by: Map<string, string[]>; readonly count: number }> {
  const by = new Map<string, string[]>()
  let isOver = false
  let count = 0
  const hear = (event: RunEvent): void => {
    if (event.kind !== 'testFinished' || event.outcome.kind === 'skipped') return
    count++
    for (const rule of brokenRules(event.outcome, event.test)) {
      by.set(rule, [...(by.get(rule) ?? []), event.test.id])
      isOver ||= options.isEnough(rule)
    }
  }
  await run(tests, target, {
    version: '',
    seed: options.seed ?? 1,
    level: options.level,
    workers: options.workers ?? 4,
    wallMs: () => 0,
    isStopped: () => isOver || options.isStopped?.() === true,
    reporter: { on: hear, close: () => Promise.resolve() },
  })
  return { by, count }
}

/** A finding speaks for its rule; without one a test speaks for the rules that it proves. */
function brokenRules(outcome: Outcome, test: TestRef): readonly string[] {
  if (outcome.kind === 'passed' || outcome.kind === 'skipped') return []
  if (outcome.kind === 'broken') return [noRule]
  const found =
    outcome.kind === 'failed'
      ? outcome.failures.flatMap((failure) => (failure.kind === 'finding' ? [failure.finding.rule] : []))
      : []
  return [...new Set(found.length > 0 ? found : test.proves)]
}

/** Tests that prove an expected rule come first, then those of the same family; short ones before long ones. */
function distanceTo(defect: Defect, { ref, estimateMs, devices }: PlannedTest): number {
  const families = defect.breaks.map((rule) => findRule(rule)?.family)
  const isNear = ref.proves.some((rule) => families.includes(findRule(rule)?.family))
  const far = isNear ? 1 : 2
  const kind = ref.proves.some((rule) => defect.breaks.includes(rule)) ? 0 : far
  return kind * 1e9 + Math.min(estimateMs, 1e6) + Object.keys(devices).length * 1e6
}
