import { stringify } from 'yaml'
import type { Reporter } from '../scenario/index.ts'
import type { RunRecord, TestRecord } from './collect.ts'
import { createCollector } from './collect.ts'
import { evidenceOf } from './evidence.ts'
import type { FailureSources } from './failure.ts'
import { failureLine, failureLines, failureSources, testName } from './failure.ts'
import type { Look } from './look.ts'
import { createLook } from './look.ts'
import { createPlanOrder } from './plan-order.ts'
import { reasonTitle } from './reason-lines.ts'
import type { ReporterContext } from './reporter-context.ts'
import { visible } from './visible.ts'

/** TAP version 14: a test point per test in plan order, with YAML diagnostics for what is not simply passed. */
export function createTapReporter(context: ReporterContext): Reporter {
  const collector = createCollector(context.plan)
  let number = 0
  const order = createPlanOrder<TestRecord>(context.plan, (record) => {
    number += 1
    context.write(point(record, number, failureSources(context, collector.run()?.started.seed ?? 0)))
  })

  return {
    on(event, stamp) {
      const record = collector.on(event, stamp)
      if (event.kind === 'runStarted') context.write(`TAP version 14\n1..${event.tests}\n`)
      if (record !== undefined) {
        order.add(record.test.id, record)
        order.finish(record.test.id)
      }
      if (event.kind !== 'runFinished') return
      order.flush()
      context.write(ending(collector.run(), number))
    },
    async close() {
      order.flush()
    },
  }
}

const look: Look = createLook({ color: false, unicode: true, width: 100 })

function point(record: TestRecord, number: number, sources: FailureSources): string {
  const { verdict, outcome, test } = record
  const isOk = verdict !== 'failed' && verdict !== 'broken'
  const description = escapeTap(`${test.file}: ${testName(record, look.signs.crumb)}`)
  const skip = outcome.kind === 'skipped' ? ` # SKIP ${escapeTap(visible(outcome.because))}` : ''
  const line = `${isOk ? 'ok' : 'not ok'} ${number} - ${description}${skip}\n`
  const isPlain = verdict === 'passed' || verdict === 'skipped'
  return isPlain ? line : line + diagnostics(isOk ? aboutFlaky(record) : aboutFailure(record, sources))
}

function aboutFlaky({ earlier }: TestRecord): Readonly<Record<string, unknown>> {
  return { flaky: true, retries: Math.max(1, earlier.length), before: earlier.map(reasonTitle) }
}

function aboutFailure(record: TestRecord, sources: FailureSources): Readonly<Record<string, unknown>> {
  const { test, outcome, verdict, failedStep } = record
  const { differs, findings } = evidenceOf(outcome)
  const differences = differs.flatMap((failure) => failure.differences)
  return {
    message: reasonTitle(outcome),
    severity: verdict === 'broken' ? 'error' : 'fail',
    at: { file: test.file, line: failureLine(record) },
    ...(failedStep === undefined ? {} : { step: `${failedStep.step.path}: ${failedStep.step.summary}` }),
    ...(differences.length === 0 ? {} : { differences }),
    ...(findings.length === 0 ? {} : { findings }),
    proves: test.proves,
    seed: sources.seed,
    again: sources.rerun(test, sources.seed),
    report: `${failureLines(record, sources, look).join('\n')}\n`,
  }
}

function diagnostics(values: Readonly<Record<string, unknown>>): string {
  const plain: unknown = JSON.parse(JSON.stringify(values))
  const yaml = stringify(plain, { lineWidth: 0, aliasDuplicateObjects: false })
  const lines = ['---', ...yaml.trimEnd().split('\n'), '...']
  return lines.map((line) => (line === '' ? '\n' : `  ${line}\n`)).join('')
}

function ending(run: RunRecord | undefined, written: number): string {
  const missing = (run?.started.tests ?? written) - written
  return missing > 0 ? `Bail out! ${missing} tests did not run\n` : ''
}

// TAP 14: a hash begins a directive, unless it is escaped
function escapeTap(text: string): string {
  return text.replace(/[\\#]/g, '\\$&')
}
