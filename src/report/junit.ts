import type { Reporter } from '../scenario/index.ts'
import type { RunRecord, TestRecord } from './collect.ts'
import { failureLines, failureSources, testName } from './failure.ts'
import type { Look } from './look.ts'
import { createLook } from './look.ts'
import { reasonLines, reasonTitle } from './reason-lines.ts'
import { reportAtEnd } from './report-at-end.ts'
import type { ReporterContext } from './reporter-context.ts'
import { visible } from './visible.ts'
import type { XmlElement } from './xml.ts'
import { formatXml } from './xml.ts'

/** JUnit XML as Jenkins, GitLab and most others read it: a suite per scenario file, a case per test, wall times. */
export function createJunitReporter(context: ReporterContext): Reporter {
  return reportAtEnd(context, (run) => formatXml(suitesElement(run, context)))
}

function suitesElement(run: RunRecord, context: ReporterContext): XmlElement {
  const files = new Map<string, TestRecord[]>()
  for (const record of run.tests)
    files.set(record.test.file, [...(files.get(record.test.file) ?? []), record])
  const { tests, failures, errors } = totals(run.tests)
  return {
    name: 'testsuites',
    attributes: { name: 'dockrig', time: seconds(run.wallMs), tests, failures, errors },
    children: [...files].map(([file, records], index) =>
      suiteElement(file, records, index, { run, context }),
    ),
  }
}

interface Of {
  readonly run: RunRecord
  readonly context: ReporterContext
}

function suiteElement(file: string, records: readonly TestRecord[], index: number, of: Of): XmlElement {
  const wallMs = records.reduce((sum, record) => sum + record.wallMs, 0)
  const properties = propertiesOf(records, of.run).map(([name, value]) => ({
    name: 'property',
    attributes: { name, value },
  }))
  return {
    name: 'testsuite',
    attributes: { name: file, id: String(index), ...totals(records), time: seconds(wallMs) },
    children: [
      { name: 'properties', attributes: {}, children: properties },
      ...records.map((record) => caseElement(record, of)),
    ],
  }
}

function propertiesOf(
  records: readonly TestRecord[],
  { started, rules }: RunRecord,
): readonly (readonly [string, string])[] {
  const proved = new Set(records.flatMap(({ test }) => test.proves))
  const verdicts = rules.filter(({ rule }) => proved.has(rule))
  return [
    ['seed', String(started.seed)],
    ['version', started.version],
    ['target', started.target],
    ['time', started.time],
    ['level', started.level],
    ['proves', [...proved].join(' ')],
    ...verdicts.map(({ rule, verdict }) => [`rule.${rule}`, verdict] as const),
  ]
}

function caseElement(record: TestRecord, of: Of): XmlElement {
  const { file } = record.test
  return {
    name: 'testcase',
    attributes: {
      name: testName(record, look.signs.crumb),
      classname: file.replace(/\.ya?ml$/, '').replaceAll('/', '.'),
      time: seconds(record.wallMs),
    },
    children: verdictElements(record, of),
  }
}

function verdictElements(record: TestRecord, { run, context }: Of): readonly XmlElement[] {
  const { outcome, verdict, earlier } = record
  const message = reasonTitle(outcome)
  if (verdict === 'passed') return []
  if (outcome.kind === 'skipped')
    return [{ name: 'skipped', attributes: { message: visible(outcome.because) } }]
  if (verdict === 'flaky') {
    const before = earlier.length === 0 ? ['it failed before it passed'] : earlier.map(reasonTitle)
    return before.map((text) => ({ name: 'flakyFailure', attributes: { message: text, type: 'flaky' } }))
  }
  const sources = failureSources(context, run.started.seed)
  const type = outcome.kind === 'broken' ? outcome.error.code : outcome.kind
  return [
    {
      name: verdict === 'broken' ? 'error' : 'failure',
      attributes: { message, type },
      text: reasonLines(record, sources, look).join('\n'),
    },
    { name: 'system-out', attributes: {}, text: `${failureLines(record, sources, look).join('\n')}\n` },
  ]
}

const look: Look = createLook({ color: false, unicode: true, width: 100 })

function totals(
  records: readonly TestRecord[],
): Readonly<Record<'tests' | 'failures' | 'errors' | 'skipped', string>> {
  const count = (verdict: TestRecord['verdict']): string =>
    String(records.filter((record) => record.verdict === verdict).length)
  return {
    tests: String(records.length),
    failures: count('failed'),
    errors: count('broken'),
    skipped: count('skipped'),
  }
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3)
}
