import { unreachable } from '../../contracts/index.ts'
import type { Proof } from './prove.ts'

/** A row of the matrix as JSON. */
export interface MatrixRow {
  readonly name: string
  readonly kind: Proof['kind']
  readonly sentence: string
  /** Rule id → the tests under which it was seen broken. */
  readonly by: Readonly<Record<string, readonly string[]>>
  /** Why a defect that survived cannot be seen. */
  readonly unseen?: string
}

/** The proofs as plain data, for JSON. */
export function matrixRows(proofs: readonly Proof[]): readonly MatrixRow[] {
  return proofs.map((proof) => {
    const { name, sentence } = 'defect' in proof ? proof.defect : proof.variant
    const unseen = 'defect' in proof ? proof.defect.unseen : undefined
    const by = proof.kind === 'quiet' ? {} : Object.fromEntries(proof.by)
    return { name, kind: proof.kind, sentence, by, ...(unseen === undefined ? {} : { unseen }) }
  })
}

/** A table for a terminal: what was wrong, and the rules that saw it with the number of tests; then the sums. */
export function formatMatrix(proofs: readonly Proof[]): string {
  const rows = matrixRows(proofs)
  const width = Math.max(0, ...rows.map(({ name }) => name.length))
  const lines = rows.map((row) => `${marks[row.kind]} ${row.name.padEnd(width)}  ${verdictOf(row)}`)
  return `${[...lines, '', sums(rows)].join('\n')}\n`
}

const marks: Readonly<Record<Proof['kind'], string>> = {
  caught: '✓',
  survived: '✗',
  quiet: '✓',
  falseAlarm: '✗',
}

function verdictOf({ kind, by, unseen }: MatrixRow): string {
  const seen = Object.entries(by).map(([rule, tests]) => `${rule} (${tests.length})`)
  switch (kind) {
    case 'caught':
      return seen.join(', ')
    case 'survived':
      return `survived${seen.length > 0 ? `; unexpected: ${seen.join(', ')}` : ''}${unseen === undefined ? '' : `: ${unseen}`}`
    case 'quiet':
      return 'quiet'
    case 'falseAlarm':
      return `false alarm: ${seen.join(', ')}`
    default:
      return unreachable(kind)
  }
}

function sums(rows: readonly MatrixRow[]): string {
  const count = (kind: Proof['kind']): number => rows.filter((row) => row.kind === kind).length
  return [
    `defects   ${count('caught')} caught, ${count('survived')} survived`,
    `variants  ${count('quiet')} quiet, ${count('falseAlarm')} false alarms`,
  ].join('\n')
}
