import type { Verdict } from '../../contracts/index.ts'
import type { TestRef } from './events.ts'
import type { Outcome } from './outcome.ts'

/**
 * The rules that a test broke which did not pass. Findings name them; without one the test speaks for the rules that it
 * proves, except for those that the judge saw kept in it. When that clears all of them, a step still contradicts one, and
 * none is cleared: no failed test leaves every rule unbroken.
 */
export function rulesBrokenBy(
  { proves }: Pick<TestRef, 'proves'>,
  outcome: Outcome,
  verdict: Pick<Verdict, 'tally'> | undefined,
): readonly string[] {
  if (outcome.kind !== 'failed' && outcome.kind !== 'timedOut') return []
  const failures = outcome.kind === 'failed' ? outcome.failures : []
  const found = failures.flatMap((failure) => (failure.kind === 'finding' ? [failure.finding.rule] : []))
  if (found.length > 0) return found
  const left = proves.filter((rule) => (verdict?.tally.get(rule)?.exercised ?? 0) === 0)
  return left.length > 0 ? left : proves
}
