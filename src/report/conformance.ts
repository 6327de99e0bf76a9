import type { Level, Profile, Rule, RuleFamily, Source } from '../../contracts/index.ts'
import { applies, foreignProfile, ruleFamilies, rules as contractRules } from '../../contracts/index.ts'
import type { Counts, RuleTally } from '../scenario/index.ts'
import type { RunRecord, TestRecord } from './collect.ts'
import type { RuleEvidence, RuleVerdict } from './conformance-evidence.ts'
import { evidenceFor, skippedReasons } from './conformance-evidence.ts'
import type { ReporterContext } from './reporter-context.ts'

/** `unclear`: nothing was broken, but tests broke, did not run, or reached no rule that binds. */
export type ConformanceVerdict = 'kept' | 'broken' | 'unclear'

/** What a run says about one rule. */
export interface RuleConformance {
  readonly rule: string
  readonly level: Level
  readonly source: Source
  readonly statement: string
  readonly verdict: RuleVerdict
  /** How often tests and judge looked at it. */
  readonly exercised: number
  readonly evidence: RuleEvidence
}

/** How many rules of a kind came out how; only binding ones are scored. */
export interface Score {
  readonly kept: number
  readonly broken: number
  readonly not_reached: number
  readonly not_binding: number
  /** Kept among kept and broken, rounded down; null when none was reached. */
  readonly percent: number | null
}

export interface FamilyConformance extends Score {
  readonly family: RuleFamily
  readonly rules: readonly RuleConformance[]
}

/** What a run says about a gateway and the contract; the same data for the same run, without wall times. */
export interface Conformance {
  /** Changes when a field changes its meaning or goes away. */
  readonly format: 'dockrig-conformance/1'
  readonly verdict: ConformanceVerdict
  readonly target: string
  readonly profile: Profile
  readonly run: {
    readonly level: Level
    readonly time: 'virtual' | 'real'
    readonly seed: number
    readonly dockrig: string
    /** Version of Node that ran the tests; missing when it is not known. */
    readonly node?: string
  }
  readonly tests: Counts & { readonly not_run: number }
  readonly score: Score
  /** All ten, in the order of the contract. */
  readonly families: readonly FamilyConformance[]
  /** Reasons why tests were skipped, the most frequent first. */
  readonly skipped: readonly { readonly because: string; readonly tests: number }[]
}

/** Adds a run up into what it says about the contract. */
export function conformanceOf(
  run: RunRecord,
  context: Pick<ReporterContext, 'profile' | 'node'>,
): Conformance {
  const { started } = run
  const profile = context.profile ?? { ...foreignProfile, name: started.target }
  const tallies = new Map(run.rules.map((tally) => [tally.rule, tally]))
  const binds = (rule: Rule): boolean =>
    applies(rule.id, rule.level, { profile, level: started.level }) &&
    (rule.family !== 'dock' || isReached(tallies.get(rule.id)))
  const judged = contractRules().map((rule) =>
    judge(rule, tallies.get(rule.id), { tests: run.tests, binds: binds(rule) }),
  )
  const families = ruleFamilies.map((family) => {
    const rules = judged.filter((each) => each.family === family).map(({ told }) => told)
    return { family, ...scoreOf(rules), rules }
  })
  const score = scoreOf(judged.map(({ told }) => told))
  const tests = { ...run.counts, not_run: Math.max(0, started.tests - run.tests.length) }
  return {
    format: 'dockrig-conformance/1',
    verdict: verdictOf(score, tests),
    target: started.target,
    profile,
    run: {
      level: started.level,
      time: started.time,
      seed: started.seed,
      dockrig: started.version,
      ...(context.node === undefined ? {} : { node: context.node }),
    },
    tests,
    score,
    families,
    skipped: skippedReasons(run.tests),
  }
}

/** Picks the rules of a verdict, in the order of the contract. */
export function rulesByVerdict({
  families,
}: Conformance): (verdict: RuleVerdict) => readonly RuleConformance[] {
  const all = families.flatMap(({ rules }) => rules)
  return (verdict) => all.filter((rule) => rule.verdict === verdict)
}

/** How many rules are scored. */
export function bindingRules({ kept, broken, not_reached }: Score): number {
  return kept + broken + not_reached
}

interface Judged {
  readonly family: RuleFamily
  readonly told: RuleConformance
}

function judge(
  { id, family, level, source, statement }: Rule,
  tally: RuleTally | undefined,
  { tests, binds }: { readonly tests: readonly TestRecord[]; readonly binds: boolean },
): Judged {
  const verdict: RuleVerdict = binds ? (tally?.verdict ?? 'not reached') : 'not binding'
  const evidence = evidenceFor(id, verdict, { tests, brokenBy: tally?.brokenBy ?? [] })
  const told = { rule: id, level, source, statement, verdict, exercised: tally?.exercised ?? 0, evidence }
  return { family, told }
}

/** A gateway cannot reach what binds docks: those rules count in a run that let unscripted docks live. */
function isReached(tally: RuleTally | undefined): boolean {
  return tally !== undefined && tally.verdict !== 'not reached'
}

function scoreOf(rules: readonly RuleConformance[]): Score {
  const count = (verdict: RuleVerdict): number => rules.filter((rule) => rule.verdict === verdict).length
  const [kept, broken] = [count('kept'), count('broken')]
  const reached = kept + broken
  return {
    kept,
    broken,
    not_reached: count('not reached'),
    not_binding: count('not binding'),
    percent: reached === 0 ? null : Math.floor((kept / reached) * 100),
  }
}

/** A failed test is a breach, also when it names no rule. */
function verdictOf(score: Score, tests: Conformance['tests']): ConformanceVerdict {
  if (score.broken > 0 || tests.failed > 0) return 'broken'
  return tests.broken > 0 || tests.not_run > 0 || score.kept === 0 ? 'unclear' : 'kept'
}
