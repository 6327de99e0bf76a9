import { relative, resolve } from 'node:path'
import type { Reporter } from '../scenario/index.ts'
import type { TestRecord } from './collect.ts'
import { createCollector } from './collect.ts'
import { failureLine, failureSources, testName } from './failure.ts'
import type { FailureSources } from './failure.ts'
import { githubSummary } from './github-summary.ts'
import type { Look } from './look.ts'
import { createLook } from './look.ts'
import { reasonLines, reasonTitle } from './reason-lines.ts'
import type { ReporterContext } from './reporter-context.ts'

/**
 * For GitHub Actions: an annotation on the line of the scenario that failed, and the job's summary in the file that
 * GITHUB_STEP_SUMMARY names. Throws FILE_UNWRITABLE when that file cannot be opened.
 */
export function createGithubReporter(context: ReporterContext): Reporter {
  const collector = createCollector(context.plan)
  const summaryFile = context.env['GITHUB_STEP_SUMMARY'] ?? ''
  const summary = summaryFile === '' ? undefined : context.open(summaryFile, 'append')
  return {
    on: (event, stamp) => void collector.on(event, stamp),
    async close() {
      const run = collector.run()
      if (run !== undefined) {
        const sources = failureSources(context, run.started.seed)
        for (const record of run.tests) context.write(annotation(record, sources, context))
        summary?.write(githubSummary(run, sources))
      }
      await summary?.close()
    },
  }
}

const look: Look = createLook({ color: false, unicode: true, width: 100 })

function annotation(record: TestRecord, sources: FailureSources, context: ReporterContext): string {
  const { verdict, test, earlier } = record
  if (verdict === 'passed' || verdict === 'skipped') return ''
  const isFlaky = verdict === 'flaky'
  const reason = isFlaky ? earlier.map(reasonTitle) : reasonLines(record, sources, look)
  const step =
    record.failedStep === undefined
      ? []
      : [`step ${record.failedStep.step.path}: ${record.failedStep.step.summary}`]
  const again = `again: ${sources.rerun(test, sources.seed)}`
  const message = [
    ...step,
    ...reason,
    ...(test.proves.length === 0 ? [] : [`proves: ${test.proves.join(', ')}`]),
    again,
  ]
  const properties = [
    `file=${property(fileFromWorkspace(test.file, context))}`,
    // the rows of a table fail at the same step: their own lines tell them apart
    `line=${test.example === undefined ? failureLine(record) : test.line}`,
    `title=${property(isFlaky ? `flaky: ${testName(record, '›')}` : testName(record, '›'))}`,
  ]
  return `::${isFlaky ? 'warning' : 'error'} ${properties.join(',')}::${data(message.join('\n'))}\n`
}

// annotations count from the root of the checkout, not from where the run was started
function fileFromWorkspace(file: string, { cwd, env }: ReporterContext): string {
  const workspace = env['GITHUB_WORKSPACE'] ?? ''
  if (workspace === '') return file
  const path = relative(workspace, resolve(cwd, file)).replaceAll('\\', '/')
  return path.startsWith('../') ? file : path
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
