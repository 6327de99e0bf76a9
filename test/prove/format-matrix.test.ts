import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../contracts/index.ts'
import { defects, defectsPage, formatRow, formatSums, matrixRows, variants } from '../../src/prove/index.ts'
import { someProofs } from './some-proofs.ts'

describe('formatRow', () => {
  it('says of each proof what it came to', () => {
    expect(matrixRows(someProofs).map((row) => formatRow(row, 5))).toEqual([
      '✓ a      r (2), other (1)\n',
      '✗ b      survived\n',
      '✓ bcd    quiet\n',
      '✗ e      false alarm: s (1)\n',
    ])
  })
})

describe('formatSums', () => {
  it('counts what was caught, survived, kept quiet and was accused', () => {
    expect(formatSums(matrixRows(someProofs))).toBe(
      '\ndefects   1 caught, 1 survived\nvariants  1 quiet, 1 false alarms\n',
    )
  })
})

describe('matrixRows', () => {
  it('counts a test once that saw two rules broken', () => {
    expect(matrixRows(someProofs)[0]).toEqual({
      name: 'a',
      kind: 'caught',
      sentence: 'A.',
      theme: 'mapping',
      expected: ['r', 'q'],
      tests: 9,
      seen: 2,
      by: { r: ['x', 'y'], other: ['x'] },
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
