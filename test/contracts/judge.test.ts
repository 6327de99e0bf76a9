import { describe, expect, it } from 'vitest'
import { checkedRules, isFatal, notWatched, rules } from '../../contracts/index.ts'
import { createInnocents } from './streams/create-innocents.ts'
import { refusalRows } from './streams/create-refuses.ts'
import { createRows } from './streams/create.ts'
import { dockRows } from './streams/dock.ts'
import { httpInnocents, httpRows } from './streams/http.ts'
import { lifecycleInnocents } from './streams/lifecycle-innocents.ts'
import { lifecycleRows } from './streams/lifecycle.ts'
import { mqttInnocents, mqttRows } from './streams/mqtt.ts'
import { queryInnocents, queryRows } from './streams/query.ts'
import { replyInnocents, replyRows } from './streams/reply.ts'
import { judge, options, rulesOf } from './streams/row.ts'

const rows = [
  createRows,
  refusalRows,
  queryRows,
  lifecycleRows,
  replyRows,
  httpRows,
  mqttRows,
  dockRows,
].flat()
const named = rows.map((row) => ({
  ...row,
  name: `${row.rule}${row.case === undefined ? '' : ` (${row.case})`}`,
}))
const innocents = [
  createInnocents,
  queryInnocents,
  lifecycleInnocents,
  replyInnocents,
  httpInnocents,
  mqttInnocents,
]
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

  it('has a check, and a pair of streams, for every rule that can be watched', () => {
    const paired = new Set(rows.map(({ rule }) => rule))

    const without = rules().filter(({ id }) => !paired.has(id) || !checkedRules().has(id))

    expect(without.map(({ id }) => id).toSorted()).toEqual(Object.keys(notWatched).toSorted())
  })
})
