import type { RuleTally } from '../scenario/index.ts'
import type { RunRecord, TestRecord } from './collect.ts'
import { formatDuration } from './duration.ts'
import { testName } from './failure.ts'
import type { Look } from './look.ts'
import type { ReporterContext } from './reporter-context.ts'
import { clip, visible, wrap } from './visible.ts'

/** The end of a report for people: what passed, which rules hold, how long it took, and the seed. */
export function summaryLines(
  run: RunRecord,
  context: Pick<ReporterContext, 'startUpMs'>,
  look: Look,
): readonly string[] {
  const { started } = run
  const kind = `${started.time} time, level ${started.level}, dockrig ${started.version}`
  const rows: readonly (readonly [string, string])[] = [
    ['tests', countsText(run, look)],
    ...ruleRows(run.rules, look),
    ...remarkRows(run.tests, look),
    ['time', timeText(run, context)],
    ...longestRow(run.tests, look),
    ['target', `${visible(started.target)} (${kind})`],
    ['seed', String(started.seed)],
  ]
  return rows.flatMap(([label, text]) =>
    wrap(text, look.width - 11).map(
      (line, index) => `${look.paint.dim((index === 0 ? label : '').padStart(9))}  ${line}`,
    ),
  )
}

/** Rules by verdict. */
export function rulesBy(rules: readonly RuleTally[], verdict: RuleTally['verdict']): readonly RuleTally[] {
  return rules.filter((rule) => rule.verdict === verdict)
}

function countsText(run: RunRecord, { paint }: Look): string {
  const { passed, failed, skipped, broken, flaky } = run.counts
  const parts = [
    ...(failed > 0 ? [paint.bad(`${failed} failed`)] : []),
    ...(broken > 0 ? [paint.bad(`${broken} broken`)] : []),
    ...(flaky > 0 ? [paint.warn(`${flaky} flaky`)] : []),
    passed > 0 ? paint.good(`${passed} passed`) : '0 passed',
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ]
  const missing = run.started.tests - run.tests.length
  return parts.join(', ') + (missing > 0 ? paint.warn(`, ${missing} not run`) : '')
}

function ruleRows(rules: readonly RuleTally[], look: Look): readonly (readonly [string, string])[] {
  if (rules.length === 0) return []
  const { paint, signs } = look
  const [kept, broken, notReached] = [
    rulesBy(rules, 'kept'),
    rulesBy(rules, 'broken'),
    rulesBy(rules, 'not reached'),
  ]
  const brokenText = `${broken.length} broken`
  const counts = `${kept.length} kept, ${broken.length > 0 ? paint.bad(brokenText) : brokenText}, ${notReached.length} not reached`
  const most = 8
  const each = broken.slice(0, most).map(({ rule, level, brokenBy }) => {
    const by = brokenBy.length === 1 ? '1 test' : `${brokenBy.length} tests`
    return ['', paint.bad(`${signs.failed} ${rule} (${level}), by ${by}`)] as const
  })
  const rest = broken.length - most
  return [['rules', counts], ...each, ...(rest > 0 ? [['', `${signs.dots} ${rest} more`] as const] : [])]
}

/** Findings that failed nothing, by rule: a gateway's own choices, and what a scenario allowed. */
function remarkRows(tests: readonly TestRecord[], { signs }: Look): readonly (readonly [string, string])[] {
  const times = new Map<string, number>()
  for (const { verdict, findings } of tests) {
    if (verdict !== 'passed' && verdict !== 'flaky') continue
    for (const { rule, level } of findings)
      times.set(`${rule} (${level})`, (times.get(`${rule} (${level})`) ?? 0) + 1)
  }
  const most = 8
  const rows = [...times]
    .sort(([, a], [, b]) => b - a)
    .map(([rule, count]) => `${rule} ${signs.times}${count}`)
  if (rows.length === 0) return []
  const rest = rows.length - most
  return [['remarks', `not fatal here: ${rows.slice(0, most).join(', ')}${rest > 0 ? `, ${rest} more` : ''}`]]
}

function timeText(run: RunRecord, { startUpMs }: Pick<ReporterContext, 'startUpMs'>): string {
  const scenarioMs = run.tests.reduce((sum, test) => sum + test.scenarioMs, 0)
  const startUp = startUpMs === undefined ? '' : ` after ${formatDuration(startUpMs)} of start-up`
  return `${formatDuration(run.wallMs)}${startUp}, for ${formatDuration(scenarioMs)} of scenario time`
}

function longestRow(tests: readonly TestRecord[], look: Look): readonly (readonly [string, string])[] {
  const [first, ...others] = tests
  if (first === undefined) return []
  const longest = others.reduce((most, test) => (test.scenarioMs > most.scenarioMs ? test : most), first)
  if (longest.scenarioMs === 0) return []
  const took = ` (${formatDuration(longest.scenarioMs)} of scenario time in ${formatDuration(longest.wallMs)})`
  const name = clip(testName(longest, look.signs.crumb), look.width - 11 - took.length, look.signs.dots)
  return [['longest', name + took]]
}
