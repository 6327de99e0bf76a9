import type { Reporter } from '../scenario/index.ts'
import type { Conformance, RuleConformance, Score } from './conformance.ts'
import { conformanceOf, rulesByVerdict } from './conformance.ts'
import type { Example } from './conformance-evidence.ts'
import {
  count,
  keptBy,
  missedByReason,
  percentText,
  profileRows,
  runText,
  testsText,
  verdictSentence,
} from './conformance-words.ts'
import type { Look } from './look.ts'
import { createLook } from './look.ts'
import { linesText, reportAtEnd } from './report-at-end.ts'
import type { ReporterContext } from './reporter-context.ts'
import { clip, visible, wrap } from './visible.ts'

/** The conformance report for people: scores, what is broken and why, what was not reached and why. */
export function createConformanceReporter(context: ReporterContext): Reporter {
  const look = createLook(context)
  return reportAtEnd(context, (run) => linesText(conformanceLines(conformanceOf(run, context), look)))
}

function conformanceLines(told: Conformance, look: Look): readonly string[] {
  const of = rulesByVerdict(told)
  const paint = { kept: look.paint.good, broken: look.paint.bad, unclear: look.paint.warn }[told.verdict]
  return [
    look.paint.strong(`Conformance of ${visible(told.target)}`),
    '',
    ...rowLines(
      [
        ['verdict', paint(verdictSentence(told))],
        ['tests', testsText(told)],
        ['run', runText(told)],
      ],
      look,
    ),
    '',
    look.paint.strong('Profile'),
    ...rowLines(profileRows(told.profile), look),
    '',
    ...scoreLines(told, look),
    ...section(
      'Broken',
      of('broken').flatMap((rule) => brokenLines(rule, look)),
      look,
    ),
    ...section('Not reached', missedLines(of('not reached'), look), look),
    ...section(
      'Not binding here',
      of('not binding').flatMap((rule) => looseLines(rule, look)),
      look,
    ),
    ...section(
      'Kept',
      of('kept').flatMap((rule) => keptLines(rule, look)),
      look,
    ),
    ...section('Skipped tests', skippedLines(told, look), look),
  ]
}

function section(title: string, lines: readonly string[], look: Look): readonly string[] {
  return lines.length === 0 ? [] : ['', look.paint.strong(title), ...lines]
}

function rowLines(rows: readonly (readonly [string, string])[], look: Look): readonly string[] {
  return rows.flatMap(([label, text]) =>
    wrap(text, look.width - 13).map((line, index) => `  ${(index === 0 ? label : '').padEnd(9)}  ${line}`),
  )
}

function scoreLines({ families, score }: Conformance, look: Look): readonly string[] {
  const columns = ['kept', 'broken', 'not reached', 'not binding', 'score'] as const
  const row = (name: string, cells: readonly string[]): string =>
    `  ${name.padEnd(10)}${cells.map((cell, index) => cell.padStart((columns[index]?.length ?? 0) + 3)).join('')}`
  const cells = (each: Score): readonly string[] => [
    ...[each.kept, each.broken, each.not_reached, each.not_binding].map(String),
    percentText(each),
  ]
  return [
    look.paint.dim(row('family', columns)),
    ...families.map((family) => row(family.family, cells(family))),
    look.paint.strong(row('all', cells(score))),
  ]
}

function brokenLines(
  { rule, level, source, statement, evidence }: RuleConformance,
  look: Look,
): readonly string[] {
  return [
    `  ${look.paint.bad(`${look.signs.failed} ${rule}`)} (${level}, ${source}), by ${count(evidence.tests, 'test')}`,
    ...wrap(statement, look.width - 6).map((line) => look.paint.dim(`      ${line}`)),
    ...evidence.examples.flatMap((example) => exampleLines(example, look)),
    ...moreLines(evidence, look),
  ]
}

function exampleLines({ test, file, line, seen, due }: Example, look: Look): readonly string[] {
  const told = (label: string, text: string | undefined): readonly string[] =>
    text === undefined
      ? []
      : wrap(text, look.width - 13)
          .slice(0, 3)
          .map((part, index) => `        ${(index === 0 ? label : '').padEnd(4)} ${part}`)
  return [
    `      ${look.paint.place(clip(`${file}:${line}`, look.width - 6, look.signs.dots))}`,
    `        ${clip(test, look.width - 8, look.signs.dots)}`,
    ...told('seen', seen),
    ...told('due', due),
  ]
}

function missedLines(rules: readonly RuleConformance[], look: Look): readonly string[] {
  return missedByReason(rules).flatMap(([why, missed]) => [
    ...wrap(why, look.width - 4).map((line, index) => `  ${index === 0 ? look.signs.skipped : ' '} ${line}`),
    ...wrap(missed.map(({ rule, level }) => `${rule} (${level})`).join(', '), look.width - 6).map((line) =>
      look.paint.dim(`      ${line}`),
    ),
  ])
}

function looseLines({ rule, level, evidence }: RuleConformance, look: Look): readonly string[] {
  const [first] = evidence.examples
  if (first === undefined) return []
  return oneLine(
    `${look.signs.dot} ${rule} (${level})`,
    `done otherwise in ${count(evidence.tests, 'test')}: ${first.seen ?? ''}`,
    look,
  )
}

function keptLines(kept: RuleConformance, look: Look): readonly string[] {
  return oneLine(`${look.paint.good(look.signs.passed)} ${kept.rule} (${kept.level})`, keptBy(kept), look)
}

function skippedLines({ skipped }: Conformance, look: Look): readonly string[] {
  const most = 12
  const rest = skipped.slice(most).reduce((sum, { tests }) => sum + tests, 0)
  return [
    ...skipped
      .slice(0, most)
      .map(({ because, tests }) =>
        clip(`  ${String(tests).padStart(5)}  ${because}`, look.width, look.signs.dots),
      ),
    ...(rest === 0 ? [] : [`  ${String(rest).padStart(5)}  for ${skipped.length - most} further reasons`]),
  ]
}

function moreLines({ tests, examples }: RuleConformance['evidence'], look: Look): readonly string[] {
  const rest = tests - examples.length
  return rest === 0 ? [] : [look.paint.dim(`      ${look.signs.dots} ${rest} more`)]
}

function oneLine(name: string, text: string, look: Look): readonly string[] {
  return [
    `  ${name}`,
    ...wrap(text, look.width - 6)
      .slice(0, 2)
      .map((line) => look.paint.dim(`      ${line}`)),
  ]
}
