import type { Extent } from './choose-tests.ts'
import { testsForOthers } from './choose-tests.ts'
import { themes } from './defect.ts'
import type { MatrixRow } from './format-matrix.ts'

/** What a matrix was made of. */
export interface MatrixFacts {
  readonly extent: Extent
  readonly seed: number
  /** How many tests there are to choose from. */
  readonly tests: number
}

/** The matrix as a page: the survivors, then the defects domain by domain, then the variants and the idle rules. */
export function matrixPage(rows: readonly MatrixRow[], facts: MatrixFacts): string {
  const defects = rows.filter(isDefect)
  const variants = rows.filter((row) => !isDefect(row))
  const sections = themes.flatMap((theme) =>
    section(
      theme,
      defects.filter((row) => row.theme === theme),
    ),
  )
  return [
    '<!-- Generated, do not edit. Write anew with: npx dockrig prove --matrix docs/kill-matrix.md -->',
    '',
    '# Kill matrix',
    '',
    ...introduction(defects, variants, facts),
    '',
    '## survivors',
    '',
    ...survivors(defects),
    '',
    ...sections,
    '## variants',
    '',
    '| variant | tests | accused of |',
    '| --- | --- | --- |',
    ...variants.map(variantRow),
    '',
  ].join('\n')
}

/** The matrix as JSON, grouped in the same way. */
export function matrixDocument(rows: readonly MatrixRow[], facts: MatrixFacts): object {
  const defects = rows.filter(isDefect)
  return {
    ...facts,
    survivors: defects.filter(({ kind }) => kind === 'survived').map(({ name }) => name),
    domains: Object.fromEntries(themes.map((theme) => [theme, defects.filter((row) => row.theme === theme)])),
    variants: rows.filter((row) => !isDefect(row)),
  }
}

/** A defect's line of the page. */
export function defectRow({ name, tests, seen, by, expected = [] }: MatrixRow): string {
  const others = Object.entries(by).filter(([rule]) => !expected.includes(rule))
  return cells([
    `\`${name}\``,
    `${seen} of ${tests}`,
    expected.map((rule) => counted(rule, by[rule] ?? [])).join(', '),
    others.map(([rule, ids]) => counted(rule, ids)).join(', '),
  ])
}

const words: Readonly<Record<Extent, string>> = {
  fast: 'tests until a rule that it is expected to break had caught it',
  families: `every test that proves a rule that it is expected to break, and ${testsForOthers} for each other rule of the same families`,
  full: 'every test',
}

function introduction(
  defects: readonly MatrixRow[],
  variants: readonly MatrixRow[],
  { extent, seed, tests }: MatrixFacts,
): readonly string[] {
  const count = (rows: readonly MatrixRow[], kind: MatrixRow['kind']): number =>
    rows.filter((row) => row.kind === kind).length
  return [
    `${count(defects, 'caught')} of ${defects.length} gateways with one defect were caught by a rule that they are expected to break; of`,
    `${variants.length} gateways that are right in another way ${count(variants, 'falseAlarm')} were accused. Out of ${tests} tests a defect met`,
    `${words[extent]}; seed ${seed}.`,
    '',
    'The column *seen* says how many of those tests saw something broken. A number behind a rule says in how many of them that',
    'rule was: any rule of the column *expected* may catch the defect, so a 0 there is no hole unless all of them are 0. Rules of',
    'the column *also* were broken besides, most often since one mistake shows in several ways.',
  ]
}

function survivors(defects: readonly MatrixRow[]): readonly string[] {
  const rows = defects.filter(({ kind }) => kind === 'survived')
  if (rows.length === 0) return ['None.']
  return rows.map(({ name, sentence }) => `- \`${name}\`: ${sentence}`)
}

function section(theme: string, rows: readonly MatrixRow[]): readonly string[] {
  if (rows.length === 0) return []
  return [
    `## ${theme}`,
    '',
    '| defect | seen | expected | also |',
    '| --- | --- | --- | --- |',
    ...rows.map(defectRow),
    '',
  ]
}

function variantRow({ name, tests, by }: MatrixRow): string {
  const accused = Object.entries(by).map(([rule, ids]) => counted(rule, ids))
  return cells([`\`${name}\``, String(tests), accused.length === 0 ? 'nothing' : accused.join(', ')])
}

function counted(rule: string, tests: readonly string[]): string {
  return `\`${rule}\` ${tests.length}`
}

function cells(texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`.replaceAll('|  |', '| |')
}

function isDefect(row: MatrixRow): boolean {
  return row.theme !== undefined
}
