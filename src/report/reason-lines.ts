import type { Finding } from '../../contracts/index.ts'
import { unreachable } from '../../contracts/index.ts'
import type { BrokenBy, Expectation, NearMiss, Outcome } from '../scenario/index.ts'
import type { TestRecord } from './collect.ts'
import { differenceLines } from './difference-lines.ts'
import { formatDuration, formatMoment } from './duration.ts'
import type { Differs } from './evidence.ts'
import { evidenceOf } from './evidence.ts'
import type { Look } from './look.ts'
import type { ReporterContext } from './reporter-context.ts'
import type { TimelineEntry } from './timeline.ts'
import { clip, visible, wrap, wrapAtMost } from './visible.ts'

/** Why a test did not pass: what differs, what was waited for, which rule is broken, and what almost fitted. */
export function reasonLines(
  record: TestRecord,
  sources: Pick<ReporterContext, 'rule'>,
  look: Look,
): readonly string[] {
  const { outcome } = record
  if (outcome.kind === 'broken') return brokenLines(outcome.error, look)
  if (outcome.kind === 'timedOut') {
    return [
      ...waitedLines(outcome.expectation, record.timeline, look),
      ...nearLines(outcome.nearest, record, look),
    ]
  }
  const { differs, findings, times, nearest } = evidenceOf(outcome)
  const blocks = [
    ...differs.map((failure) => [
      look.paint.strong(clip(`  ${visible(failure.what)}`, look.width, look.signs.dots)),
      ...differenceLines(failure.differences, differs.length === 1 ? 3 : 2, look),
    ]),
    ...findings.map((finding) => findingLines(finding, times.get(finding) ?? 1, sources, look)),
  ]
  const most = 2
  const titles = [...differs.map(differsTitle), ...findings.map(findingTitle)].slice(most)
  const more = titles.map((title) => look.paint.dim(clip(`  also: ${title}`, look.width, look.signs.dots)))
  return [
    ...blocks.slice(0, most).flatMap(separated),
    ...(more.length === 0 ? [] : ['', ...more.slice(0, most)]),
    ...(more.length > most ? [look.paint.dim(`  ${look.signs.dots} ${more.length - most} more`)] : []),
    ...nearLines(nearest, record, look),
  ]
}

/** The same in one line, for an annotation or a title. */
export function reasonTitle(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'passed':
      return 'passed'
    case 'skipped':
      return `skipped: ${visible(outcome.because)}`
    case 'broken':
      return `${outcome.error.code}: ${visible(outcome.error.message)}`
    case 'timedOut':
      return waited(outcome.expectation)
    case 'failed': {
      const { differs, findings } = evidenceOf(outcome)
      const [title = 'failed'] = [...differs.map(differsTitle), ...findings.map(findingTitle)]
      return title
    }
    default:
      return unreachable(outcome)
  }
}

function differsTitle({ what, differences: [first] }: Differs): string {
  return visible(first === undefined ? what : `${what}: ${first.path}: ${first.reason}`)
}

function findingTitle({ rule, level, seen }: Finding): string {
  return `rule ${rule} (${level}) is broken: ${visible(seen)}`
}

function separated(block: readonly string[], index: number): readonly string[] {
  return index === 0 ? block : ['', ...block]
}

function waited({ what, withinMs }: Expectation): string {
  return `waited ${formatDuration(withinMs)} in vain for ${visible(what)}`
}

function waitedLines(
  expectation: Expectation,
  timeline: readonly TimelineEntry[],
  look: Look,
): readonly string[] {
  const lines = wrap(waited(expectation), look.width - 2).map((line) => look.paint.strong(`  ${line}`))
  const isOfIt = ({ event }: TimelineEntry): boolean =>
    event.kind === 'statusSeen' && ` ${expectation.what}`.includes(` ${event.command} to `)
  const last = timeline.findLast(isOfIt)
  if (last?.event.kind !== 'statusSeen') return lines
  const { command, status } = last.event
  return [
    ...lines,
    `    last status: ${visible(command)} is ${visible(status)}, since ${formatMoment(last.at)}`,
  ]
}

function findingLines(
  finding: Finding,
  times: number,
  sources: Pick<ReporterContext, 'rule'>,
  look: Look,
): readonly string[] {
  const rule = sources.rule(finding.rule)
  const source = rule === undefined ? '' : `, ${visible(rule.source)}`
  const told = (label: string, text: string, most: number): readonly string[] =>
    wrapAtMost(visible(text), look.width - 12, { most, dots: look.signs.dots }).map(
      (line, index) => `    ${(index === 0 ? label : '').padEnd(6)}${line}`,
    )
  return [
    look.paint.strong(
      `  rule ${finding.rule} (${finding.level}${source}) is broken${times > 1 ? `, ${times} times` : ''}`,
    ),
    ...(rule === undefined ? [] : told('rule', rule.statement, 3).map(look.paint.dim)),
    ...told('seen', finding.seen, 3).map(look.paint.bad),
    ...told('due', finding.due, 3).map(look.paint.good),
  ]
}

function nearLines(nearest: readonly NearMiss[], record: TestRecord, look: Look): readonly string[] {
  if (nearest.length === 0) return []
  const most = 3
  const lines = nearest.slice(0, most).flatMap((miss) => {
    const seen = record.timeline.find(({ seqs }) => miss.seq !== undefined && seqs.includes(miss.seq))
    const when = seen === undefined ? '' : ` at ${formatMoment(seen.at)}`
    const text = wrapAtMost(`${visible(miss.what)}${when}: ${visible(miss.why)}`, look.width - 6, {
      most: 3,
      dots: look.signs.dots,
    })
    return text.map((line, index) =>
      index === 0 ? `    ${look.paint.warn(look.signs.near)} ${line}` : `      ${line}`,
    )
  })
  const rest = nearest.length - most
  return [
    '',
    '  almost',
    ...lines,
    ...(rest > 0 ? [look.paint.dim(`    ${look.signs.dots} ${rest} more`)] : []),
  ]
}

// a message may bring lines of its own (a frame of the file that could not be read): none starts at the margin
function brokenLines(error: BrokenBy, look: Look): readonly string[] {
  const most = 12
  const lines = error.message.split(/\r?\n/).flatMap((line) => wrap(visible(line), look.width - 4))
  const rest = lines.length - most
  return [
    look.paint.strong(
      clip(`  ${error.code}: nothing can be said about the contract`, look.width, look.signs.dots),
    ),
    ...lines.slice(0, most).map((line) => `  ${look.signs.bar} ${line}`),
    ...(rest > 0 ? [look.paint.dim(`  ${look.signs.bar} ${look.signs.dots} ${rest} more lines`)] : []),
  ]
}
