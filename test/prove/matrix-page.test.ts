import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../contracts/index.ts'
import type { Defect } from '../../src/prove/index.ts'
import {
  defectRow,
  defects,
  matrixDocument,
  matrixPage,
  matrixRows,
  variants,
} from '../../src/prove/index.ts'
import { plannedTests } from './planned-tests.ts'
import { proofsOf } from './proofs-of.ts'
import { someProofs } from './some-proofs.ts'

const facts = { extent: 'families', seed: 1, tests: 20 } as const
const inTree = readFileSync(join(packageRoot(), 'docs/kill-matrix.md'), 'utf8')
const anew = 'Write it anew with "npx dockrig prove --matrix docs/kill-matrix.md".'

describe('matrixPage', () => {
  it('puts the survivors above the domains', () => {
    const page = matrixPage(matrixRows(someProofs), facts)

    expect(page).toContain('## survivors\n\n- `b`: A.\n\n## mapping\n')
    expect(page).toContain('1 of 2 gateways with one defect were caught')
  })

  it('tells expected rules, seen or not, from others', () => {
    expect(matrixPage(matrixRows(someProofs), facts)).toContain('| `a` | 2 of 9 | `r` 2, `q` 0 | `other` 1 |')
  })

  it('says of a variant what it was accused of', () => {
    const page = matrixPage(matrixRows(someProofs), facts)

    expect(page).toContain('| `bcd` | 3 | nothing |')
    expect(page).toContain('| `e` | 3 | `s` 1 |')
  })
})

describe('matrixDocument', () => {
  it('groups the rows as the page does', () => {
    const document = matrixDocument(matrixRows(someProofs), facts)

    expect(document).toMatchObject({
      seed: 1,
      survivors: ['b'],
      domains: { mapping: [{ name: 'a' }, { name: 'b' }], query: [] },
      variants: [{ name: 'bcd' }, { name: 'e' }],
    })
  })
})

describe('docs/kill-matrix.md', () => {
  it('holds the defects of the catalogue, with the rules that are expected to catch them', () => {
    const expected = defects.map(({ name, breaks }) => `${name}: ${breaks.join(' ')}`)

    expect(
      rowsOf(inTree, 4)
        .map(([name, , rules]) => `${name}: ${withoutNumbers(rules)}`)
        .sort(),
      anew,
    ).toEqual(expected.toSorted())
  })

  it('holds the variants of the catalogue', () => {
    const names = variants.map(({ name }) => name)

    expect(
      rowsOf(inTree, 3)
        .map(([name = '']) => name)
        .toSorted(),
      anew,
    ).toEqual(names.toSorted())
  })

  it.each(sample().map((defect) => [defect.name, defect] as const))(
    'says of %s what is seen today',
    async (_name, defect) => {
      const rows = matrixRows(await proofsOf(await plannedTests(), { extent: 'families', defects: [defect] }))

      expect(inTree, anew).toContain(rows.map(defectRow).join('\n'))
    },
  )
})

/** Defects of several domains whose rule families have few tests, so that they can be tried again each time. */
function sample(): readonly Defect[] {
  const names = new Set([
    'unmatched-times-out',
    'query-without-a-reason',
    'commands-of-others-shown',
    'nonce-never-remembered',
    'signature-compared-in-part',
    'errors-without-message',
    'status-in-lower-case',
    'unknown-id-answered-with-400',
    'window-without-future',
    'request-id-of-the-caller-ignored',
  ])
  return defects.filter(({ name }) => names.has(name))
}

/** The rows of the page with so many columns, without marks; heads of tables are left out. */
function rowsOf(page: string, columns: number): readonly (readonly string[])[] {
  return page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.slice(1, -1).split('|'))
    .filter(({ length }) => length === columns)
    .map((row) => row.map((cell) => cell.replaceAll('`', '').trim()))
}

function withoutNumbers(rules = ''): string {
  return rules.replaceAll(/ \d+(, |$)/g, ' ').trim()
}
