import type { Profile } from '../../contracts/index.ts'
import { foreignProfile, referenceProfile } from '../../contracts/index.ts'
import type { PlannedTest } from '../scenario/index.ts'
import type { Extent } from './choose-tests.ts'
import { testsAgainst, testsForVariants } from './choose-tests.ts'
import type { Defect } from './defect.ts'
import type { Proof, Sightings } from './proof.ts'
import { changedTarget, sight } from './sight.ts'
import type { Variant, VariantFacts } from './variant.ts'

/** What is tried in one go: a defect, or variants that one gateway shows at the same time. */
export type Job =
  | { readonly kind: 'defect'; readonly defect: Defect }
  | { readonly kind: 'variants'; readonly variants: readonly Variant[] }

/** Does jobs, here or elsewhere; undefined when it was stopped before the end. */
export type PerformJob = (job: Job) => Promise<readonly Proof[] | undefined>

export interface JobContext {
  readonly tests: readonly PlannedTest[]
  readonly extent: Extent
  readonly isStopped: () => boolean
}

/**
 * Defects one by one. Variants one by one only in the full extent; else they show together, in two crowds
 * of those that do not undo each other, and one by one only when a crowd is accused.
 */
export function jobsOf(
  defects: readonly Defect[],
  variants: readonly Variant[],
  extent: Extent,
): readonly Job[] {
  const together = [
    variants.filter(({ apart }) => apart === undefined),
    variants.filter(({ apart }) => apart !== undefined),
  ]
  const crowds = extent === 'full' ? variants.map((variant) => [variant]) : together
  return [
    ...defects.map((defect): Job => ({ kind: 'defect', defect })),
    ...crowds.filter(({ length }) => length > 0).map((crowd): Job => ({ kind: 'variants', variants: crowd })),
  ]
}

/** How many tests a job has to run when nothing ends it before. */
export function weightOf(job: Job, { tests, extent }: Pick<JobContext, 'tests' | 'extent'>): number {
  return job.kind === 'defect'
    ? testsAgainst(job.defect, tests, extent).length
    : testsForVariants(tests).length
}

/** The names of what a job tries. */
export function namesOf(job: Job): readonly string[] {
  return job.kind === 'defect' ? [job.defect.name] : job.variants.map(({ name }) => name)
}

/** Does jobs in this very thread. */
export function jobsHere(context: JobContext): PerformJob {
  return (job) =>
    job.kind === 'defect' ? proveDefect(job.defect, context) : proveVariants(job.variants, context)
}

async function proveDefect(
  defect: Defect,
  { tests, extent, isStopped }: JobContext,
): Promise<readonly Proof[] | undefined> {
  const isExpected = (rule: string): boolean => defect.breaks.includes(rule)
  const seen = await sight(
    testsAgainst(defect, tests, extent),
    changedTarget(defect.parts, referenceProfile),
    { level: 'may', isStopped, isEnough: (rule) => extent === 'fast' && isExpected(rule) },
  )
  if (seen === undefined) return undefined
  const by = new Map([...seen.by].sort(([a], [b]) => Number(isExpected(b)) - Number(isExpected(a))))
  const kind = [...by.keys()].some(isExpected) ? 'caught' : 'survived'
  const { name, theme, breaks, sentence } = defect
  return [{ kind, defect: { name, theme, breaks, sentence }, by, tests: seen.tests }]
}

async function proveVariants(
  variants: readonly Variant[],
  context: JobContext,
): Promise<readonly Proof[] | undefined> {
  const binding = testsForVariants(context.tests)
  const [only, ...others] = variants
  if (only === undefined) return []
  if (others.length === 0) return await proveVariant(only, binding, context)
  const crowd = crowdOf(variants)
  const small = binding.filter(isSmall)
  const seen = await sightVariant(crowd, small, context)
  if (seen === undefined) return undefined
  if (seen.by.size === 0)
    return variants.map((variant) => ({ kind: 'quiet', variant: factsOf(variant), tests: seen.tests }))
  const accusing = new Set([...seen.by.values()].flat())
  const proofs: Proof[] = []
  for (const variant of variants) {
    const alone = await proveVariant(
      variant,
      small.filter(({ ref }) => accusing.has(ref.id)),
      context,
    )
    if (alone === undefined) return undefined
    proofs.push(...alone)
  }
  // When nobody is accused alone, it is their company that is.
  return proofs.every(({ kind }) => kind === 'quiet')
    ? [...proofs, { kind: 'falseAlarm', variant: factsOf(crowd), ...seen }]
    : proofs
}

async function proveVariant(
  variant: Variant,
  tests: readonly PlannedTest[],
  context: JobContext,
): Promise<readonly Proof[] | undefined> {
  const seen = await sightVariant(variant, tests, context)
  if (seen === undefined) return undefined
  const facts = factsOf(variant)
  return [
    seen.by.size === 0
      ? { kind: 'quiet', variant: facts, tests: seen.tests }
      : { kind: 'falseAlarm', variant: facts, ...seen },
  ]
}

/** A variant is judged like somebody else's gateway that has declared what it is able to do. */
function sightVariant(
  variant: Variant,
  tests: readonly PlannedTest[],
  { isStopped }: JobContext,
): Promise<{ readonly by: Sightings; readonly tests: number } | undefined> {
  return sight(tests, changedTarget(variant.parts, profileOf(variant)), { level: 'should', isStopped })
}

function factsOf({ name, sentence }: Variant): VariantFacts {
  return { name, sentence }
}

/** A gateway that could do all that the bundled one can, but promises no choice of ours. */
export function profileOf(variant: Variant): Profile {
  const { capabilities, methods } = referenceProfile
  const waives = variant.waives ?? []
  return { ...foreignProfile, name: variant.name, methods, capabilities, waives }
}

/** One gateway that differs in all these ways at the same time. */
function crowdOf(members: readonly Variant[]): Variant {
  return {
    name: `all-at-once-${members[0]?.apart ?? 'first'}`,
    sentence: `Shows at the same time ${members.map(({ name }) => name).join(', ')}.`,
    waives: members.flatMap(({ waives }) => waives ?? []),
    parts: (defaults) => members.reduce((parts, member) => ({ ...parts, ...member.parts(parts) }), defaults),
  }
}

/**
 * Crowded tests say of a crowd what small ones say too, and take longer; and with twenty open commands on each dock the
 * judge cannot tie a wrapped vendor response to its message.
 */
function isSmall({ devices }: PlannedTest): boolean {
  return Object.keys(devices).length < 10
}
