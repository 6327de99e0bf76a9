import { unreachable } from '../../contracts/index.ts'
import type { Theme } from './defect.ts'
import type { Proof } from './proof.ts'

/** A row of the matrix as JSON. */
export interface MatrixRow {
  readonly name: string
  readonly kind: Proof['kind']
  readonly sentence: string
  /** Of a defect: its domain, and the rules of which any may catch it. */
  readonly theme?: Theme
  readonly expected?: readonly string[]
  /** How many tests it met, and how many of them saw something broken. */
  readonly tests: number
  readonly seen: number
  /** Rule id → the tests under which it was seen broken. */
  readonly by: Readonly<Record<string, readonly string[]>>
}

/** The proofs as plain data, for JSON. */
export function matrixRows(proofs: readonly Proof[]): readonly MatrixRow[] {
  return proofs.map((proof) => {
    const { name, sentence } = 'defect' in proof ? proof.defect : proof.variant
    const by = proof.kind === 'quiet' ? {} : Object.fromEntries(proof.by)
    const seen = new Set(Object.values(by).flat()).size
    return { name, kind: proof.kind, sentence, ...expectedOf(proof), tests: proof.tests, seen, by }
  })
}

/** A line for a terminal: what was wrong, and the rules that saw it with the number of tests; expected ones first. */
export function formatRow(row: MatrixRow, width: number): string {
  return `${marks[row.kind]} ${row.name.padEnd(width)}  ${verdictOf(row)}\n`
}

/** The last lines for a terminal: how many of each kind. */
export function formatSums(rows: readonly MatrixRow[]): string {
  const count = (kind: Proof['kind']): number => rows.filter((row) => row.kind === kind).length
  return [
    '',
    `defects   ${count('caught')} caught, ${count('survived')} survived`,
    `variants  ${count('quiet')} quiet, ${count('falseAlarm')} false alarms`,
    '',
  ].join('\n')
}

function expectedOf(proof: Proof): Pick<MatrixRow, 'theme' | 'expected'> {
  if (!('defect' in proof)) return {}
  const { theme, breaks } = proof.defect
  return { theme, expected: breaks }
}

const marks: Readonly<Record<Proof['kind'], string>> = {
  caught: '✓',
  survived: '✗',
  quiet: '✓',
  falseAlarm: '✗',
}

function verdictOf({ kind, by }: MatrixRow): string {
  const seen = Object.entries(by).map(([rule, tests]) => `${rule} (${tests.length})`)
  switch (kind) {
    case 'caught':
      return seen.join(', ')
    case 'survived':
      return `survived${seen.length > 0 ? `; unexpected: ${seen.join(', ')}` : ''}`
    case 'quiet':
      return 'quiet'
    case 'falseAlarm':
      return `false alarm: ${seen.join(', ')}`
    default:
      return unreachable(kind)
  }
}
