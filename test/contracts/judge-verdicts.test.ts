import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Finding, JudgeOptions, Observation, Tally, Verdict } from '../../contracts/index.ts'
import { isFatal } from '../../contracts/index.ts'
import { start } from '../support/observations.ts'
import { edges, innocents, rows } from './streams/index.ts'
import type { Row } from './streams/row.ts'
import { judge, options, succeeded, titleOf } from './streams/row.ts'

const golden = join(import.meta.dirname, '../golden/judge')

const ordinary = judge(succeeded).tally

describe('the words of the judge', () => {
  it.each(Object.entries(rows))('about %s are those that were read before', async (theme, about) => {
    const text = about.map(wordsOnRow).join('\n')

    await expect(text).toMatchFileSnapshot(join(golden, `${theme}.txt`))
  })

  it.each(Object.entries(innocents))(
    'about innocents in %s are those that were read before',
    async (theme, about) => {
      const text = about.map(([name, stream, more]) => wordsOnCase(name, stream, more)).join('\n')

      await expect(text).toMatchFileSnapshot(join(golden, `${theme}-innocents.txt`))
    },
  )

  it.each(Object.entries(edges))(
    'about the edges of %s are those that were read before',
    async (theme, about) => {
      const text = [
        ...about.innocents.map(([name, stream, more]) => wordsOnCase(name, stream, more)),
        ...about.guilty.map(([name, stream, , more]) => wordsOnCase(name, stream, more)),
      ].join('\n')

      await expect(text).toMatchFileSnapshot(join(golden, `${theme}-edges.txt`))
    },
  )
})

function wordsOnRow(row: Row): string {
  const kept = judge(row.accepts, row.options)
  const broken = judge(row.refuses, row.options)
  return `# ${titleOf(row)}\n${tallyOf(kept)}${findingsOf(broken, row.options)}${tallyOf(broken)}`
}

function wordsOnCase(name: string, stream: readonly Observation[], more: Row['options']): string {
  const verdict = judge(stream, more)
  return `# ${name}\n${tallyOf(verdict)}${findingsOf(verdict, more)}`
}

/**
 * How often each rule was kept (and broken), and what was seen for coverage. Of rules that an ordinary life keeps only what is
 * different is told.
 */
function tallyOf({ tally, seen }: Verdict): string {
  const counts = [...new Set([...tally.keys(), ...ordinary.keys()])]
    .map((rule) => [rule, countOf(tally.get(rule))] as const)
    .filter(([rule, count]) => count !== countOf(ordinary.get(rule)))
    .map(([rule, count]) => `${rule} ${count}`)
  const { lifecycleEdges, mappingBranches, methods, errorCodes } = seen
  const lists = [counts.toSorted(), lifecycleEdges, mappingBranches, methods, errorCodes]
  return lists.map((list) => `${list.join(', ')}\n`).join('')
}

function countOf({ kept, broken }: Omit<Tally, 'exercised'> = { kept: 0, broken: 0 }): string {
  return broken === 0 ? `${kept}` : `${kept}-${broken}`
}

function findingsOf({ findings }: Verdict, more: Partial<JudgeOptions> = {}): string {
  return findings.map((finding) => wordsOf(finding, { ...options, ...more })).join('')
}

function wordsOf(finding: Finding, terms: JudgeOptions): string {
  const { rule, level, at, evidence, seen, due } = finding
  const weight = isFatal(finding, terms) ? level : `${level}, does not bind`
  return `${rule} (${weight}) at ${at - start} ms by ${evidence.join(', ')}\n  seen: ${seen}\n  due: ${due}\n`
}
