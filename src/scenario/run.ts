import type { Level } from '../../contracts/index.ts'
import { applies, findRule, rules } from '../../contracts/index.ts'
import type { Counts, Reporter, RuleTally, RunEvent, TestRef } from './events.ts'
import type { Outcome } from './outcome.ts'
import type { PlannedTest } from './planned.ts'
import type { Target } from './rig.ts'
import type { TestContext, TestResult } from './run-test.ts'
import { rulesBrokenBy } from './blame.ts'
import { runTest } from './run-test.ts'

export interface RunOptions {
  readonly version: string
  readonly seed: number
  readonly level: Level
  /** How many tests run side by side. */
  readonly workers: number
  /** Stop after so many tests that did not pass. */
  readonly bail?: number
  /** How often a test that did not pass is tried again. */
  readonly retries?: number
  /** Runs long tests in real time too. */
  readonly long?: boolean
  readonly reporter: Reporter
  /** Milliseconds of wall time since the run began. */
  readonly wallMs: () => number
  /** Runs one test, here or elsewhere. Default: here. */
  readonly perform?: PerformTest
  /** True once the operator wants the run to end: nothing new is begun. */
  readonly isStopped?: () => boolean
}

/** Runs a test on a rig of its own; `wallMs` of an event is when it happened, when that was not just now. */
export type PerformTest = (
  test: PlannedTest,
  emit: (event: RunEvent, wallMs?: number) => void,
) => Promise<TestResult>

export interface RunResult {
  readonly counts: Counts
  readonly rules: readonly RuleTally[]
  readonly outcomes: ReadonlyMap<string, Outcome>
  readonly seen: RunSeen
}

/** What the judges of all tests saw, for coverage. */
export interface RunSeen {
  readonly lifecycleEdges: ReadonlySet<string>
  readonly mappingBranches: ReadonlySet<string>
  readonly methods: ReadonlySet<string>
  readonly errorCodes: ReadonlySet<string>
}

/** Runs planned tests against a target; everything that happens is announced to the reporter. */
export async function run(
  tests: readonly PlannedTest[],
  target: Target,
  options: RunOptions,
): Promise<RunResult> {
  const books = new Books()
  const emit = (event: RunEvent, wallMs = options.wallMs()): void => options.reporter.on(event, { wallMs })
  emit({
    kind: 'runStarted',
    version: options.version,
    seed: options.seed,
    target: target.name,
    time: target.time,
    level: options.level,
    tests: tests.length,
  })
  const queue = {
    shared: tests.filter((test) => !isAlone(test, target)),
    alone: tests.filter((test) => isAlone(test, target)),
  }
  await drain(queue.shared, Math.max(1, options.workers), (test) =>
    runOne(test, { target, options, books, emit }),
  )
  await drain(queue.alone, 1, (test) => runOne(test, { target, options, books, emit }))
  const result: RunResult = {
    counts: books.counts(),
    rules: books.tally(),
    outcomes: books.outcomes,
    seen: books.seen,
  }
  emit({ kind: 'runFinished', counts: result.counts, rules: result.rules })
  await options.reporter.close()
  return result
}

interface Surroundings {
  readonly target: Target
  readonly options: RunOptions
  readonly books: Books
  readonly emit: (event: RunEvent, wallMs?: number) => void
}

async function drain(
  tests: readonly PlannedTest[],
  workers: number,
  work: (test: PlannedTest) => Promise<void>,
): Promise<void> {
  const left = tests.values()
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (const test of left) await work(test)
    }),
  )
}

function isAlone(test: PlannedTest, target: Target): boolean {
  const disturbs = test.needs.includes('gateway-control') || test.needs.includes('broker-control')
  return target.kind === 'external' && (test.exclusive || disturbs)
}

async function runOne(test: PlannedTest, { target, options, books, emit }: Surroundings): Promise<void> {
  const because = whyOver(books, target, options) ?? reasonToSkip(test, target, options)
  let result: TestResult = { outcome: { kind: 'passed' }, scenarioMs: 0 }
  let tries = 0
  do {
    emit({ kind: 'testStarted', test: test.ref })
    result =
      because === undefined
        ? await (options.perform ?? performHere(target, options.level))(test, emit)
        : { outcome: { kind: 'skipped', because }, scenarioMs: 0 }
    tries++
  } while (isTrouble(result.outcome) && tries <= (options.retries ?? 0))
  const flaky = tries > 1 && result.outcome.kind === 'passed'
  books.enter(test.ref, result, flaky ? 'flaky' : 'steady')
  emit({ kind: 'testFinished', at: result.scenarioMs, test: test.ref, outcome: result.outcome, flaky })
}

/** Runs tests in this very thread. */
export function performHere(target: Target, level: Level): PerformTest {
  const isFatal: TestContext['isFatal'] = (finding) =>
    applies(finding.rule, finding.level, { profile: target.profile, level })
  return (test, emit) => runTest(test, { target, emit, isFatal })
}

/** Why nothing new is begun; undefined while the run goes on. */
function whyOver(books: Books, target: Target, options: RunOptions): string | undefined {
  if (options.isStopped?.() === true) return 'the run was ended before'
  if (books.troubles >= (options.bail ?? Infinity)) return 'the run was ended before'
  // One verdict instead of a hundred: without its gateway or broker no test can say anything.
  return target.kind === 'external' && books.lost !== undefined
    ? `the target was lost before: ${books.lost}`
    : undefined
}

function isTrouble({ kind }: Outcome): boolean {
  return kind !== 'passed' && kind !== 'skipped'
}

/** Why a target cannot or need not run a test; undefined when it does. */
export function reasonToSkip(
  test: PlannedTest,
  target: Target,
  options: Pick<RunOptions, 'level' | 'long'>,
): string | undefined {
  const { profile } = target
  if (test.only !== undefined && test.only !== target.kind)
    return `only for ${test.only === 'reference' ? 'the bundled gateway' : 'external gateways'}`
  const missing = test.needs.filter((need) => !offers(target, need))
  if (missing.length > 0) return `${profile.name} does not declare ${missing.join(', ')}`
  const weak = test.ref.proves.filter(
    (id) => !applies(id, findRule(id)?.level ?? 'may', { profile, level: options.level }),
  )
  if (weak.length > 0) return `rests on ${weak.join(', ')}, which does not bind at level ${options.level}`
  if (target.time === 'real' && test.long && options.long !== true)
    return 'needs more than 5 s of real time; use --long'
  return undefined
}

function offers({ profile }: Target, need: string): boolean {
  if (!need.startsWith('method:')) return (profile.capabilities as readonly string[]).includes(need)
  return profile.methods === 'all' || profile.methods.includes(need.slice('method:'.length))
}

/** What a run adds up. */
class Books {
  readonly outcomes = new Map<string, Outcome>()
  readonly seen = {
    lifecycleEdges: new Set<string>(),
    mappingBranches: new Set<string>(),
    methods: new Set<string>(),
    errorCodes: new Set<string>(),
  }
  readonly #exercised = new Map<string, number>()
  readonly #broken = new Map<string, Set<string>>()
  #flaky = 0
  /** The code with which a test lost the gateway or the broker, when one did. */
  lost: string | undefined

  get troubles(): number {
    return [...this.outcomes.values()].filter(isTrouble).length
  }

  enter(test: TestRef, { outcome, verdict }: TestResult, how: 'flaky' | 'steady'): void {
    this.outcomes.set(test.id, outcome)
    if (outcome.kind === 'broken' && /^(GATEWAY|BROKER)_/.test(outcome.error.code))
      this.lost ??= outcome.error.code
    if (how === 'flaky') this.#flaky++
    if (outcome.kind === 'passed') for (const rule of test.proves) this.#add(rule, 1)
    for (const rule of rulesBrokenBy(test, outcome, verdict)) this.#break(rule, test.id)
    if (verdict === undefined) return
    for (const [rule, { exercised }] of verdict.tally) this.#add(rule, exercised)
    for (const key of ['lifecycleEdges', 'mappingBranches', 'methods', 'errorCodes'] as const) {
      for (const value of verdict.seen[key]) this.seen[key].add(value)
    }
  }

  counts(): Counts {
    const of = (kinds: readonly Outcome['kind'][]): number =>
      [...this.outcomes.values()].filter(({ kind }) => kinds.includes(kind)).length
    return {
      passed: of(['passed']) - this.#flaky,
      failed: of(['failed', 'timedOut']),
      skipped: of(['skipped']),
      broken: of(['broken']),
      flaky: this.#flaky,
    }
  }

  tally(): readonly RuleTally[] {
    return rules().map(({ id, level }) => {
      const brokenBy = [...(this.#broken.get(id) ?? [])].toSorted()
      const exercised = this.#exercised.get(id) ?? 0
      const kept = exercised > 0 ? 'kept' : 'not reached'
      return { rule: id, level, verdict: brokenBy.length > 0 ? 'broken' : kept, exercised, brokenBy }
    })
  }

  #add(rule: string, times: number): void {
    if (times > 0) this.#exercised.set(rule, (this.#exercised.get(rule) ?? 0) + times)
  }

  #break(rule: string, test: string): void {
    this.#broken.set(rule, (this.#broken.get(rule) ?? new Set()).add(test))
  }
}
