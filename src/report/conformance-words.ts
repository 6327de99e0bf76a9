import type { Profile } from '../../contracts/index.ts'
import type { Conformance, RuleConformance, Score } from './conformance.ts'
import { bindingRules } from './conformance.ts'
import type { RuleEvidence } from './conformance-evidence.ts'
import { formatDuration } from './duration.ts'
import { visible } from './visible.ts'

/** The verdict in one sentence. */
export function verdictSentence({ verdict, score, tests, run }: Conformance): string {
  const binding = bindingRules(score)
  switch (verdict) {
    case 'kept':
      return score.not_reached === 0
        ? `kept: all ${binding} rules that bind at level ${run.level}`
        : `kept: ${score.kept} of ${binding} rules that bind at level ${run.level}, the others were not reached`
    case 'broken':
      return score.broken === 0
        ? `broken: ${count(tests.failed, 'test')} failed without naming a rule`
        : `broken: ${score.broken} of ${binding} rules that bind at level ${run.level}`
    default:
      return `unclear: ${unclearBecause(tests)}`
  }
}

function unclearBecause({ broken, not_run }: Conformance['tests']): string {
  if (broken > 0)
    return `${count(broken, 'test')} could not say anything, so that no rule counts as seen to the end`
  if (not_run > 0) return `${count(not_run, 'test')} did not run`
  return 'no rule that binds was reached'
}

/** Which run it was. */
export function runText({ run }: Conformance): string {
  const node = run.node === undefined ? '' : `, node ${run.node}`
  return `level ${run.level}, ${run.time} time, seed ${run.seed}, dockrig ${run.dockrig}${node}`
}

/** How many tests ended how. */
export function testsText({ tests }: Conformance): string {
  const { passed, flaky, failed, broken, skipped, not_run } = tests
  const told: readonly (readonly [number, string])[] = [
    [flaky, 'flaky'],
    [failed, 'failed'],
    [broken, 'broken'],
    [skipped, 'skipped'],
    [not_run, 'not run'],
  ]
  const rest = told.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`)
  return [`${passed} passed`, ...rest].join(', ')
}

/** What the gateway is and promises, a line a thing. */
export function profileRows(profile: Profile): readonly (readonly [string, string])[] {
  const list = (names: readonly string[] | 'all'): string =>
    names.length === 0 ? 'none' : visible([names].flat().join(', '))
  return [
    ['name', visible(profile.name)],
    ['base path', visible(profile.base_path)],
    ['methods', list(profile.methods)],
    ['declares', list(profile.capabilities)],
    ['keeps', list(profile.keeps)],
    ['waives', list(profile.waives)],
    ['slack', formatDuration(profile.slack_ms)],
    ['reads', profile.signing.reads],
  ]
}

/** A share for people; a dash when there is nothing to share. */
export function percentText({ percent }: Score): string {
  return percent === null ? '–' : `${percent} %`
}

/** Rules that were not reached, by the reason; the reason with most rules comes last, since it tells least. */
export function missedByReason(
  rules: readonly RuleConformance[],
): readonly (readonly [string, readonly RuleConformance[]])[] {
  const groups = new Map<string, RuleConformance[]>()
  for (const rule of rules) {
    const why = missedBecause(rule.evidence)
    groups.set(why, [...(groups.get(why) ?? []), rule])
  }
  return [...groups].toSorted(([, a], [, b]) => a.length - b.length)
}

function missedBecause({ tests, examples: [first] }: RuleEvidence): string {
  if (first === undefined) return 'no test of this run proves it'
  return `${count(tests, 'test')} could not say: ${first.seen ?? ''}`
}

/** How much looked at a kept rule, and the first test that did. */
export function keptBy({ evidence, exercised }: RuleConformance): string {
  const times = exercised === 1 ? 'once' : `${exercised} times`
  const [first] = evidence.examples
  if (first === undefined) return `by the judge, ${times}`
  return `by ${count(evidence.tests, 'test')}, looked at ${times}, such as "${first.test}"`
}

/** `1 test`, `2 tests`. */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
