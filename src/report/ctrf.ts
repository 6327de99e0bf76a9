import { posix } from 'node:path'
import type { Outcome, Reporter } from '../scenario/index.ts'
import type { RunRecord, TestRecord, Verdict } from './collect.ts'
import { verdictOf } from './collect.ts'
import type { FailureSources } from './failure.ts'
import { failureLine, failureLines, failureSources, testName } from './failure.ts'
import type { Look } from './look.ts'
import { createLook } from './look.ts'
import { reasonTitle } from './reason-lines.ts'
import { jsonText, reportAtEnd } from './report-at-end.ts'
import type { ReporterContext } from './reporter-context.ts'

/** The Common Test Report Format: one JSON document, wall times, retries and flakiness included. */
export function createCtrfReporter(context: ReporterContext): Reporter {
  return reportAtEnd(context, (run) => jsonText(ctrfReport(run, context)))
}

const look: Look = createLook({ color: false, unicode: true, width: 100 })

// a broken test says nothing about the contract: neither passed nor failed
const statusOf = {
  passed: 'passed',
  flaky: 'passed',
  failed: 'failed',
  skipped: 'skipped',
  broken: 'other',
} as const satisfies Record<Verdict, string>

function ctrfReport(run: RunRecord, context: ReporterContext): unknown {
  const { started } = run
  const start = context.startedAt ?? 0
  const sources = failureSources(context, started.seed)
  const count = (status: string): number =>
    run.tests.filter(({ verdict }) => statusOf[verdict] === status).length
  return {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    generatedBy: 'dockrig',
    results: {
      tool: { name: 'dockrig', version: started.version },
      summary: {
        tests: run.tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: count('other'),
        flaky: run.tests.filter(({ verdict }) => verdict === 'flaky').length,
        suites: new Set(run.tests.map(({ test }) => test.file)).size,
        start,
        stop: start + Math.round(run.wallMs),
        duration: Math.round(run.wallMs),
      },
      tests: run.tests.map((record) => testOf(record, start, sources)),
      extra: {
        seed: started.seed,
        target: started.target,
        time: started.time,
        level: started.level,
        rules: run.rules,
      },
    },
  }
}

function testOf(record: TestRecord, start: number, sources: FailureSources): unknown {
  const { test, verdict, outcome, earlier, startedWallMs, wallMs, scenarioMs, findings } = record
  const isBad = verdict === 'failed' || verdict === 'broken'
  return {
    testId: test.id,
    name: testName(record, look.signs.crumb),
    status: statusOf[verdict],
    rawStatus: verdict,
    duration: Math.round(wallMs),
    start: start + Math.round(startedWallMs),
    stop: start + Math.round(startedWallMs + wallMs),
    suite: [posix.dirname(test.file), posix.basename(test.file)],
    filePath: test.file,
    line: isBad ? failureLine(record) : test.line,
    type: 'contract',
    ...(test.tags.length === 0 ? {} : { tags: test.tags }),
    ...(verdict === 'passed' || verdict === 'flaky' ? {} : { message: reasonTitle(outcome) }),
    ...(isBad ? { trace: failureLines(record, sources, look).join('\n') } : {}),
    flaky: verdict === 'flaky',
    retries: earlier.length,
    ...(earlier.length === 0 ? {} : { retryAttempts: earlier.map(attemptOf) }),
    extra: {
      proves: test.proves,
      level: test.level,
      scenarioMs,
      findings,
      again: sources.rerun(test, sources.seed),
    },
  }
}

function attemptOf(outcome: Outcome, index: number): unknown {
  return { attempt: index + 1, status: statusOf[verdictOf(outcome, false)], message: reasonTitle(outcome) }
}
