import type { RuleTally } from '../scenario/index.ts'
import type { RunRecord, TestRecord } from './collect.ts'
import { formatDuration } from './duration.ts'
import type { FailureSources } from './failure.ts'
import { failureLine, failureLines, testName } from './failure.ts'
import type { Look } from './look.ts'
import { createLook } from './look.ts'
import { prose } from './prose.ts'
import { rulesBy } from './summary.ts'

/** A run in Markdown: counts, the failures in full, and what it says about the rules of the contract. */
export function githubSummary(run: RunRecord, sources: FailureSources): string {
  const { started, counts, tests } = run
  const isGood = counts.failed + counts.broken === 0
  const kind = `${started.time} time, level ${started.level}, seed ${started.seed}, dockrig ${started.version}`
  const scenarioMs = tests.reduce((sum, test) => sum + test.scenarioMs, 0)
  return [
    `## ${isGood ? '✅' : '❌'} Contract of ${prose(started.target)}`,
    '',
    `${kind}; ${formatDuration(run.wallMs)} for ${formatDuration(scenarioMs)} of scenario time`,
    '',
    '| passed | failed | broken | flaky | skipped |',
    '| ---: | ---: | ---: | ---: | ---: |',
    `| ${counts.passed} | ${counts.failed} | ${counts.broken} | ${counts.flaky} | ${counts.skipped} |`,
    '',
    ...failureParts(tests, sources),
    ...flakyParts(tests),
    ...ruleParts(run.rules, sources),
    '',
  ].join('\n')
}

// a summary may have 1 MiB: what does not fit is counted
const mostFailures = 50
const look: Look = createLook({ color: false, unicode: true, width: 110 })

function failureParts(tests: readonly TestRecord[], sources: FailureSources): readonly string[] {
  const bad = tests.filter(({ verdict }) => verdict === 'failed' || verdict === 'broken')
  if (bad.length === 0) return []
  const shown = bad.slice(0, mostFailures).flatMap((record) => {
    const place = `${record.test.file}:${failureLine(record)}`
    const text = failureLines(record, sources, look).join('\n')
    const fence = '`'.repeat(longestRun(text) + 3)
    return [
      '<details>',
      `<summary>${look.signs[record.verdict]} ${prose(testName(record, '›'))} <code>${prose(place)}</code></summary>`,
      '',
      `${fence}text`,
      text,
      fence,
      '',
      '</details>',
      '',
    ]
  })
  const rest = bad.length - mostFailures
  return ['### Failures', '', ...shown, ...(rest > 0 ? [`… and ${rest} more.`, ''] : [])]
}

function flakyParts(tests: readonly TestRecord[]): readonly string[] {
  const flaky = tests.filter(({ verdict }) => verdict === 'flaky')
  if (flaky.length === 0) return []
  return ['### Flaky', '', ...flaky.map((record) => `- ${prose(testName(record, '›'))}`), '']
}

function ruleParts(rules: readonly RuleTally[], sources: FailureSources): readonly string[] {
  if (rules.length === 0) return []
  const [broken, kept, notReached] = [
    rulesBy(rules, 'broken'),
    rulesBy(rules, 'kept'),
    rulesBy(rules, 'not reached'),
  ]
  const row = ({ rule, level, verdict, exercised, brokenBy }: RuleTally): string => {
    const by = verdict === 'broken' ? `${verdict} by ${brokenBy.length}` : verdict
    return `| ${by} | ${prose(rule)} | ${level} | ${exercised} | ${prose(sources.rule(rule)?.statement ?? '')} |`
  }
  const head = ['| verdict | rule | level | exercised | statement |', '| --- | --- | --- | ---: | --- |']
  return [
    '### Rules',
    '',
    `${kept.length} kept, ${broken.length} broken, ${notReached.length} not reached`,
    '',
    ...(broken.length === 0 ? [] : [...head, ...broken.map(row), '']),
    '<details>',
    '<summary>All rules</summary>',
    '',
    ...head,
    ...[...broken, ...notReached, ...kept].map(row),
    '',
    '</details>',
  ]
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length))
}
