import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../contracts/index.ts'
import type { Proof } from '../../src/prove/index.ts'
import { defects, defectsPage, formatMatrix, matrixRows, variants } from '../../src/prove/index.ts'

const defect = { name: 'a', theme: 'mapping', breaks: ['r'], sentence: 'A.', parts: () => ({}) } as const
const variant = { name: 'bcd', sentence: 'B.', parts: () => ({}) }
const proofs: readonly Proof[] = [
  { kind: 'caught', defect, by: new Map([['r', ['x', 'y']]]) },
  { kind: 'survived', defect: { ...defect, unseen: 'Nobody looks.' }, by: new Map() },
  { kind: 'quiet', variant, tests: 3 },
  { kind: 'falseAlarm', variant, by: new Map([['s', ['z']]]) },
]

describe('formatMatrix', () => {
  it('writes a line for each proof, and the sums', () => {
    expect(formatMatrix(proofs)).toBe(
      [
        '✓ a    r (2)',
        '✗ a    survived: Nobody looks.',
        '✓ bcd  quiet',
        '✗ bcd  false alarm: s (1)',
        '',
        'defects   1 caught, 1 survived',
        'variants  1 quiet, 1 false alarms',
        '',
      ].join('\n'),
    )
  })

  it('gives the same as plain data', () => {
    expect(matrixRows(proofs)[0]).toEqual({
      name: 'a',
      kind: 'caught',
      sentence: 'A.',
      by: { r: ['x', 'y'] },
    })
  })
})

describe('defectsPage', () => {
  it('finds docs/defects.md current', () => {
    const inTree = readFileSync(join(packageRoot(), 'docs/defects.md'), 'utf8')

    expect(
      inTree === defectsPage(defects, variants),
      'docs/defects.md is out of date. Run "npx tsx tools/generate-docs.ts".',
    ).toBe(true)
  })
})
