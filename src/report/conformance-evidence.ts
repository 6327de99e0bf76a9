import { unreachable } from '../../contracts/index.ts'
import type { Outcome, RuleTally } from '../scenario/index.ts'
import type { TestRecord } from './collect.ts'
import { evidenceOf } from './evidence.ts'
import { failureLine, testName } from './failure.ts'
import { reasonTitle } from './reason-lines.ts'
import { visible } from './visible.ts'

/** `not binding`: weaker than the level of the run and not declared, waived by the profile, or about docks of which none lived. */
export type RuleVerdict = RuleTally['verdict'] | 'not binding'

/** Why a rule got its verdict: a few tests, and how many there are. */
export interface RuleEvidence {
  /** Tests that proved it, broke it or could not reach it. */
  readonly tests: number
  /** The first of them in plan order, at most three. */
  readonly examples: readonly Example[]
}

export interface Example {
  readonly test: string
  readonly file: string
  readonly line: number
  /** What a broken rule looked like, or why a test did not reach it; missing for a kept rule. */
  readonly seen?: string
  /** What it should have looked like. */
  readonly due?: string
}

const mostExamples = 3

/** Looks for what speaks for the verdict among the tests of the run. */
export function evidenceFor(
  rule: string,
  verdict: RuleVerdict,
  { tests, brokenBy }: { readonly tests: readonly TestRecord[]; readonly brokenBy: readonly string[] },
): RuleEvidence {
  switch (verdict) {
    case 'kept':
      return evidence(
        tests.filter((record) => isGood(record) && record.test.proves.includes(rule)),
        example,
      )
    case 'broken':
      return evidence(
        tests.filter(({ test }) => brokenBy.includes(test.id)),
        (record) => breach(record, rule),
      )
    case 'not reached':
      return evidence(
        tests.filter((record) => !isGood(record) && record.test.proves.includes(rule)),
        (record) => ({
          ...example(record),
          seen: silence(record.outcome),
        }),
      )
    case 'not binding':
      return evidence(
        tests.filter(({ findings }) => findings.some((finding) => finding.rule === rule)),
        (record) => remark(record, rule),
      )
    default:
      return unreachable(verdict)
  }
}

/** Reasons why tests were skipped, the most frequent first. */
export function skippedReasons(
  tests: readonly TestRecord[],
): readonly { readonly because: string; readonly tests: number }[] {
  const times = new Map<string, number>()
  for (const { outcome } of tests) {
    if (outcome.kind !== 'skipped') continue
    const because = visible(outcome.because)
    times.set(because, (times.get(because) ?? 0) + 1)
  }
  return [...times]
    .map(([because, count]) => ({ because, tests: count }))
    .sort((a, b) => b.tests - a.tests || (a.because < b.because ? -1 : 1))
}

function evidence(tests: readonly TestRecord[], tell: (record: TestRecord) => Example): RuleEvidence {
  return { tests: tests.length, examples: tests.slice(0, mostExamples).map(tell) }
}

function isGood({ verdict }: TestRecord): boolean {
  return verdict === 'passed' || verdict === 'flaky'
}

function example(record: TestRecord): Example {
  const { file, line } = record.test
  return { test: testName(record, '›'), file: visible(file), line }
}

function breach(record: TestRecord, rule: string): Example {
  const told = { ...example(record), line: failureLine(record) }
  const finding = evidenceOf(record.outcome).findings.find((each) => each.rule === rule)
  return finding === undefined
    ? { ...told, seen: reasonTitle(record.outcome) }
    : { ...told, seen: visible(finding.seen), due: visible(finding.due) }
}

/** What the judge saw of a rule that does not bind: a choice of the gateway's own. */
function remark(record: TestRecord, rule: string): Example {
  const finding = record.findings.find((each) => each.rule === rule)
  if (finding === undefined) return example(record)
  return { ...example(record), seen: visible(finding.seen), due: visible(finding.due) }
}

function silence(outcome: Outcome): string {
  return outcome.kind === 'skipped' ? visible(outcome.because) : reasonTitle(outcome)
}
