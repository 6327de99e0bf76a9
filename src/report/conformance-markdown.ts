import type { Reporter } from '../scenario/index.ts'
import type { Conformance, RuleConformance, Score } from './conformance.ts'
import { conformanceOf, rulesByVerdict } from './conformance.ts'
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
import { prose } from './prose.ts'
import { linesText, reportAtEnd } from './report-at-end.ts'
import type { ReporterContext } from './reporter-context.ts'

/** The conformance report in Markdown: a table per family for the reader of a pull request, the rest folded away. */
export function createConformanceMarkdownReporter(context: ReporterContext): Reporter {
  return reportAtEnd(context, (run) => linesText(markdownLines(conformanceOf(run, context))))
}

const marks = { kept: '✅', broken: '❌', unclear: '❔' } as const

function markdownLines(told: Conformance): readonly string[] {
  const of = rulesByVerdict(told)
  return [
    `## ${marks[told.verdict]} Conformance of ${prose(told.target)}`,
    '',
    `**${prose(verdictSentence(told))}**`,
    '',
    `${prose(testsText(told))}; ${prose(runText(told))}`,
    '',
    ...scoreTable(told),
    ...brokenParts(of('broken')),
    ...folded('Not reached', missedByReason(of('not reached')), ['rules', 'why'], missedRow),
    ...folded(
      'Done otherwise, and not binding here',
      of('not binding').filter(({ evidence }) => evidence.tests > 0),
      ['rule', 'level', 'seen'],
      looseRow,
    ),
    ...folded('Kept', of('kept'), ['rule', 'level', 'evidence'], keptRow),
    ...folded('Skipped tests', told.skipped, ['tests', 'because'], ({ tests, because }) => [
      String(tests),
      prose(because),
    ]),
    ...folded('Profile', profileRows(told.profile), ['', ''], ([name, text]) => [name, prose(text)]),
  ]
}

function scoreTable({ families, score }: Conformance): readonly string[] {
  const cells = (each: Score): readonly string[] => [
    ...[each.kept, each.broken, each.not_reached, each.not_binding].map(String),
    percentText(each),
  ]
  return [
    '| family | kept | broken | not reached | not binding | score |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...families.map((family) => row([family.family, ...cells(family)])),
    row(['**all**', ...cells(score)]),
    '',
  ]
}

function brokenParts(rules: readonly RuleConformance[]): readonly string[] {
  if (rules.length === 0) return []
  return ['### Broken', '', ...rules.flatMap(brokenPart)]
}

function brokenPart({ rule, level, source, statement, evidence }: RuleConformance): readonly string[] {
  const rest = evidence.tests - evidence.examples.length
  return [
    `**${prose(rule)}** (${level}, ${source}): ${prose(statement)}`,
    '',
    ...evidence.examples.flatMap(({ test, file, line, seen, due }) => [
      `- ${prose(test)} (<code>${prose(`${file}:${line}`)}</code>)`,
      ...(seen === undefined ? [] : [`  - seen: ${prose(seen)}`]),
      ...(due === undefined ? [] : [`  - due: ${prose(due)}`]),
    ]),
    ...(rest === 0 ? [] : [`- … ${rest} more`]),
    '',
  ]
}

function missedRow([why, rules]: readonly [string, readonly RuleConformance[]]): readonly string[] {
  return [prose(rules.map(({ rule, level }) => `${rule} (${level})`).join(', ')), prose(why)]
}

function looseRow({ rule, level, evidence }: RuleConformance): readonly string[] {
  const [first] = evidence.examples
  return [prose(rule), level, prose(`${count(evidence.tests, 'test')}: ${first?.seen ?? ''}`)]
}

function keptRow(kept: RuleConformance): readonly string[] {
  return [prose(kept.rule), kept.level, prose(keptBy(kept))]
}

function folded<Item>(
  title: string,
  items: readonly Item[],
  head: readonly string[],
  cells: (item: Item) => readonly string[],
): readonly string[] {
  if (items.length === 0) return []
  return [
    '<details>',
    `<summary>${title} (${items.length})</summary>`,
    '',
    row(head),
    row(head.map(() => '---')),
    ...items.map((item) => row(cells(item))),
    '',
    '</details>',
    '',
  ]
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
