import type { Finding } from '../../contracts/index.ts'
import type { Counts, Outcome, RuleTally, RunEvent, Stamp, StepRef, TestRef } from '../scenario/index.ts'
import type { TimelineEntry } from './timeline.ts'
import { createTimeline } from './timeline.ts'

type Of<Kind extends RunEvent['kind']> = Extract<RunEvent, { readonly kind: Kind }>

/** What became of a test, in one word; a flaky one passed after it had failed. */
export type Verdict = 'passed' | 'failed' | 'skipped' | 'broken' | 'flaky'

interface StepRecord {
  readonly step: StepRef
  /** Scenario time, milliseconds since the test began. */
  readonly startedAt: number
  readonly endedAt: number
  readonly outcome: Outcome
}

/** All that a report says about one test. */
export interface TestRecord {
  readonly test: TestRef
  readonly verdict: Verdict
  readonly outcome: Outcome
  /** Outcomes of earlier attempts, oldest first. */
  readonly earlier: readonly Outcome[]
  /** The innermost step that did not pass; missing when all did, or when the test failed outside of its steps. */
  readonly failedStep?: StepRecord
  readonly findings: readonly Finding[]
  /** Of a passed test: empty. Of others: what counts, within a bound. */
  readonly timeline: readonly TimelineEntry[]
  /** Scenario time that the test took, milliseconds. */
  readonly scenarioMs: number
  /** Wall time since the run began at which the test began, and how long it took, milliseconds. */
  readonly startedWallMs: number
  readonly wallMs: number
}

/** All that a report says about a run. */
export interface RunRecord {
  readonly started: Of<'runStarted'>
  /** In plan order. */
  readonly tests: readonly TestRecord[]
  readonly counts: Counts
  readonly rules: readonly RuleTally[]
  /** Wall time of the run, milliseconds. */
  readonly wallMs: number
}

export interface Collector {
  /** Takes an event in; answers with the record of a test when it has just finished. */
  on(event: RunEvent, stamp: Stamp): TestRecord | undefined
  /** The run as far as it is known; undefined before `runStarted`. */
  run(): RunRecord | undefined
}

/** Folds the stream into a record per test, for reports that are written at the end. */
export function createCollector(plan: readonly string[]): Collector {
  const open = new Map<string, OpenTest>()
  const records = new Map<string, TestRecord>()
  let started: Of<'runStarted'> | undefined
  let finished: Of<'runFinished'> | undefined
  let wallMs = 0

  return {
    on(event, stamp) {
      wallMs = Math.max(wallMs, stamp.wallMs)
      if (event.kind === 'runStarted') started = event
      if (event.kind === 'runFinished') finished = event
      if (event.kind === 'runStarted' || event.kind === 'runFinished') return undefined
      const id = typeof event.test === 'string' ? event.test : event.test.id
      if (event.kind === 'testStarted') {
        open.set(id, begin(stamp, open.get(id)))
        return undefined
      }
      const test = open.get(id) ?? begin(stamp)
      open.set(id, test)
      if (event.kind !== 'testFinished') {
        take(test, event)
        return undefined
      }
      const record = finish(test, event, stamp)
      records.set(id, record)
      open.delete(id)
      return record
    },
    run() {
      if (started === undefined) return undefined
      const tests = inOrder(plan, records)
      return {
        started,
        tests,
        counts: finished?.counts ?? count(tests),
        rules: finished?.rules ?? [],
        wallMs,
      }
    },
  }
}

/** How the outcome of a test is counted. */
export function verdictOf(outcome: Outcome, flaky: boolean): Verdict {
  if (outcome.kind === 'passed') return flaky ? 'flaky' : 'passed'
  return outcome.kind === 'timedOut' ? 'failed' : outcome.kind
}

interface OpenTest {
  readonly startedWallMs: number
  readonly earlier: readonly Outcome[]
  readonly timeline: ReturnType<typeof createTimeline>
  readonly stepsStarted: Map<string, number>
  readonly findings: Finding[]
  failedStep: StepRecord | undefined
}

// a second `testStarted` is another attempt: what the one before came to is kept, its timeline is not
function begin(stamp: Stamp, before?: OpenTest): OpenTest {
  return {
    startedWallMs: before?.startedWallMs ?? stamp.wallMs,
    earlier: before === undefined ? [] : [...before.earlier, outcomeOf(before)],
    timeline: createTimeline(),
    stepsStarted: new Map(),
    findings: [],
    failedStep: undefined,
  }
}

function outcomeOf({ failedStep, findings }: OpenTest): Outcome {
  if (failedStep !== undefined) return failedStep.outcome
  return { kind: 'failed', failures: findings.map((finding) => ({ kind: 'finding', finding })), nearest: [] }
}

type WithinTest = Exclude<RunEvent, Of<'runStarted' | 'runFinished' | 'testStarted' | 'testFinished'>>

function take(test: OpenTest, event: WithinTest): void {
  test.timeline.on(event)
  if (event.kind === 'findingRaised') test.findings.push(event.finding)
  if (event.kind === 'stepStarted') test.stepsStarted.set(event.step.path, event.at)
  if (event.kind !== 'stepFinished') return
  const { step, at, outcome } = event
  const startedAt = test.stepsStarted.get(step.path) ?? at
  test.stepsStarted.delete(step.path)
  // the innermost step ends first; the blocks around it fail only because of it
  if (outcome.kind !== 'passed') test.failedStep ??= { step, startedAt, endedAt: at, outcome }
}

function finish(test: OpenTest, event: Of<'testFinished'>, stamp: Stamp): TestRecord {
  const { outcome, flaky } = event
  const verdict = verdictOf(outcome, flaky)
  const isFine = verdict === 'passed' || verdict === 'flaky'
  return {
    test: event.test,
    verdict,
    outcome,
    earlier: test.earlier,
    ...(test.failedStep === undefined || isFine ? {} : { failedStep: test.failedStep }),
    findings: test.findings,
    timeline: isFine ? [] : test.timeline.condensed(outcome),
    scenarioMs: event.at,
    startedWallMs: test.startedWallMs,
    wallMs: Math.max(0, stamp.wallMs - test.startedWallMs),
  }
}

function inOrder(plan: readonly string[], records: ReadonlyMap<string, TestRecord>): readonly TestRecord[] {
  const ids = new Set([...plan, ...records.keys()])
  return [...ids].flatMap((id) => records.get(id) ?? [])
}

function count(tests: readonly TestRecord[]): Counts {
  const counts = { passed: 0, failed: 0, skipped: 0, broken: 0, flaky: 0 }
  for (const { verdict } of tests) counts[verdict] += 1
  return counts
}
