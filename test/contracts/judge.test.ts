import { describe, expect, it } from 'vitest'
import { checkedRules, isFatal, notWatched, rules } from '../../contracts/index.ts'
import * as streams from './streams/index.ts'
import { judge, options, rulesOf, titleOf } from './streams/row.ts'

const rows = Object.values(streams.rows).flat()
const named = rows.map((row) => ({ ...row, name: titleOf(row) }))
const edges = Object.values(streams.edges)
const guilty = edges
  .flatMap((about) => about.guilty)
  .map(([name, stream, finds, more]) => ({ name, stream, finds, more }))
const innocents = [...Object.values(streams.innocents), ...edges.map((about) => about.innocents)]
  .flat()
  .map(([name, stream, more]) => ({ name, stream, more }))

describe('the judge', () => {
  it.each(named)('finds nothing where $name is kept', ({ rule, accepts, options }) => {
    const verdict = judge(accepts, options)

    expect(verdict.findings).toEqual([])
    expect(verdict.tally.get(rule)?.exercised ?? 0).toBeGreaterThan(0)
  })

  it.each(named)('finds exactly what is broken with $name', ({ rule, refuses, finds = [rule], options }) => {
    const verdict = judge(refuses, options)

    expect(rulesOf(verdict)).toEqual([...finds].toSorted())
    expect(verdict.tally.get(rule)?.broken ?? 0).toBeGreaterThan(0)
  })

  it.each(innocents)('does not accuse a gateway of $name', ({ stream, more }) => {
    const { findings } = judge(stream, more)

    expect(findings.filter((finding) => isFatal(finding, { ...options, ...more }))).toEqual([])
  })

  it.each(guilty)('finds out about $name', ({ stream, finds, more }) => {
    expect(rulesOf(judge(stream, more))).toEqual(finds.toSorted())
  })

  it('has a check, and a pair of streams, for every rule that can be watched', () => {
    const paired = new Set(rows.map(({ rule }) => rule))

    const without = rules().filter(({ id }) => !paired.has(id) || !checkedRules().has(id))

    expect(without.map(({ id }) => id).toSorted()).toEqual(Object.keys(notWatched).toSorted())
  })
})
