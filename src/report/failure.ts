import stringWidth from 'string-width'
import type { TestRecord } from './collect.ts'
import { codeFrame } from './code-frame.ts'
import { formatDuration } from './duration.ts'
import { evidenceOf } from './evidence.ts'
import type { Look } from './look.ts'
import { reasonLines } from './reason-lines.ts'
import type { ReporterContext } from './reporter-context.ts'
import { timelineLines } from './timeline-lines.ts'
import { clip, visible, wrapAtMost } from './visible.ts'

/** What a failure needs beside the record of its test. */
export interface FailureSources extends Pick<ReporterContext, 'readSource' | 'rule' | 'rerun'> {
  readonly seed: number
}

/** What the context offers for it, with the seed of the run. */
export function failureSources(context: ReporterContext, seed: number): FailureSources {
  return { seed, readSource: context.readSource, rule: context.rule, rerun: context.rerun }
}

/**
 * A failed or broken test in one screen: where, what differs, which rules, what happened, how to run it again
 * (SCENARIOS: "A failing step shows"). Knows nothing of where the text will stand.
 */
export function failureLines(record: TestRecord, sources: FailureSources, look: Look): readonly string[] {
  const before = [
    ...placeLines(record, look),
    ...frameLines(record, sources, look),
    '',
    ...reasonLines(record, sources, look),
    ...ruleLines(record, sources, look),
  ]
  const again = `  again: ${visible(sources.rerun(record.test, sources.seed))}`
  const room = Math.min(Math.max(screen - before.length - 4, 8), 18)
  return [...before, ...historyLines(record, room, look), '', look.paint.place(again)]
}

/** The name of a test: its scenario, and the example row if there is one. */
export function testName(record: Pick<TestRecord, 'test'>, crumb: string): string {
  const { scenario, example } = record.test
  return visible(example === undefined ? scenario : `${scenario} ${crumb} ${example}`)
}

/** The line of the scenario file to look at first: the failing step's, or the test's own. */
export function failureLine(record: TestRecord): number {
  return record.failedStep?.step.line ?? record.test.line
}

const screen = 40

function placeLines(record: TestRecord, look: Look): readonly string[] {
  const { paint, signs, width } = look
  const { test, failedStep, verdict } = record
  const file = visible(test.file)
  const place = `  ${file}:${failureLine(record)}`
  const step =
    failedStep === undefined ? '' : `step ${failedStep.step.path}: ${visible(failedStep.step.summary)}`
  const fits = stringWidth(place) + 2 + stringWidth(step) <= width
  const rows = [
    ...(fits || step === '' ? [] : [`  ${step}`]),
    ...(test.example === undefined ? [] : [`  example "${visible(test.example)}" in line ${test.line}`]),
  ]
  return [
    paint.bad(paint.strong(clip(`${signs[verdict]} ${testName(record, signs.crumb)}`, width, signs.dots))),
    paint.place(clip(place, width, signs.dots)) + (fits && step !== '' ? `  ${step}` : ''),
    ...rows.map((line) => clip(line, width, signs.dots)),
  ]
}

function frameLines(record: TestRecord, sources: FailureSources, look: Look): readonly string[] {
  const position = record.outcome.kind === 'broken' ? record.outcome.error.position : undefined
  const { file, line } = position ?? { file: record.test.file, line: failureLine(record) }
  const frame = codeFrame(sources.readSource(file), line, 2, look)
  if (frame.length === 0) return []
  const isElsewhere = file !== record.test.file
  return ['', ...(isElsewhere ? [look.paint.place(`  ${visible(file)}:${line}`)] : []), ...frame]
}

// a rule that a finding names stands beside the finding already
function ruleLines(record: TestRecord, sources: FailureSources, look: Look): readonly string[] {
  if (record.verdict === 'broken') return []
  const told = new Set(evidenceOf(record.outcome).findings.map(({ rule }) => rule))
  const rules = record.test.proves.filter((id) => !told.has(id))
  if (rules.length === 0) return []
  const most = 3
  const lines = rules.slice(0, most).flatMap((id) => {
    const rule = sources.rule(id)
    const name = rule === undefined ? `    ${id}` : `    ${id} (${rule.level}, ${visible(rule.source)})`
    const text =
      rule === undefined
        ? []
        : wrapAtMost(visible(rule.statement), look.width - 6, { most: 2, dots: look.signs.dots })
    return [clip(name, look.width, look.signs.dots), ...text.map((line) => look.paint.dim(`      ${line}`))]
  })
  const rest = rules.slice(most)
  const more = rest.length === 0 ? [] : [`    ${look.signs.dots} ${rest.length} more: ${rest.join(', ')}`]
  return ['', '  proves', ...lines, ...more.map((line) => clip(line, look.width, look.signs.dots))]
}

function historyLines(record: TestRecord, room: number, look: Look): readonly string[] {
  if (record.timeline.length === 0) return []
  const lines = timelineLines(record.timeline, evidenceOf(record.outcome), room, look)
  return ['', `  what happened, in scenario time (${formatDuration(record.scenarioMs)} in all)`, ...lines]
}
