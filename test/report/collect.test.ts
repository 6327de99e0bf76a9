import { describe, expect, it } from 'vitest'
import { createCollector, type TestRecord } from '../../src/report/index.ts'
import type { Outcome, RunEvent } from '../../src/scenario/index.ts'
import {
  aCall,
  aFinding,
  aFrame,
  aRunEnd,
  aRunStart,
  aStep,
  aTest,
  aTestRun,
  passed,
  type Told,
} from '../support/run-events.ts'

const failed: Outcome = {
  kind: 'failed',
  failures: [{ kind: 'finding', finding: aFinding({ evidence: [700] }) }],
  nearest: [],
}

function recordsOf(events: readonly RunEvent[]): readonly TestRecord[] {
  const collector = createCollector([])
  return events.flatMap((event, index) => collector.on(event, { wallMs: index * 10 }) ?? [])
}

function frames(count: number): readonly Told[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: 'frameHeard',
    at: index,
    frame: aFrame({ seq: index, payload: String(index) }),
  }))
}

describe('the collector', () => {
  it('puts tests into plan order', () => {
    const [one, two] = [aTest({ file: 'one.yaml' }), aTest({ file: 'two.yaml' })]
    const collector = createCollector([one.id, two.id])

    for (const event of [aRunStart(), ...aTestRun(two), ...aTestRun(one), aRunEnd()])
      collector.on(event, { wallMs: 0 })

    expect(collector.run()?.tests.map(({ test }) => test.id)).toEqual([one.id, two.id])
  })

  it('knows nothing of a run that has not begun', () => {
    expect(createCollector([]).run()).toBeUndefined()
  })

  it('counts the tests itself while the run has no end', () => {
    const collector = createCollector([])

    for (const event of [aRunStart(), ...aTestRun(aTest(), failed)]) collector.on(event, { wallMs: 0 })

    expect(collector.run()?.counts).toMatchObject({ passed: 0, failed: 1 })
  })

  it('blames the innermost step that failed, not the blocks around it', () => {
    const [outer, inner] = [aStep({ path: '1', verb: 'parallel' }), aStep({ path: '1.2.1' })]
    const told: readonly Told[] = [
      { kind: 'stepStarted', at: 0, step: outer },
      { kind: 'stepStarted', at: 5, step: inner },
      { kind: 'stepFinished', at: 9, step: inner, outcome: failed },
      { kind: 'stepFinished', at: 9, step: outer, outcome: failed },
    ]

    const [record] = recordsOf(aTestRun(aTest(), failed, told))

    expect(record?.failedStep).toMatchObject({ step: inner, startedAt: 5, endedAt: 9 })
  })

  it('takes the time of every attempt together, and keeps what the first came to', () => {
    const step = aStep()
    const test = aTest()

    const [record] = recordsOf([
      { kind: 'testStarted', test },
      { kind: 'stepFinished', test: test.id, at: 0, step, outcome: failed },
      ...aTestRun(test, passed, [], { flaky: true }),
    ])

    expect(record).toMatchObject({ verdict: 'flaky', earlier: [failed], wallMs: 30, timeline: [] })
    expect(record?.failedStep).toBeUndefined()
  })

  it('keeps no timeline of a test that passed', () => {
    const [record] = recordsOf(aTestRun(aTest(), passed, frames(10)))

    expect(record?.timeline).toEqual([])
  })

  it('keeps a bounded timeline of a test that failed, the proof among it', () => {
    const [record] = recordsOf(aTestRun(aTest(), failed, frames(1500)))

    expect(record?.timeline).toHaveLength(100)
    expect(record?.timeline.flatMap(({ seqs }) => seqs)).toContain(700)
    expect(record?.timeline.at(-1)?.lastIndex).toBe(1499)
  })

  it('folds the same answer to the same question into one entry, and finds its proof there', () => {
    const polls = Array.from({ length: 900 }, (_, index): Told => ({
      kind: 'httpExchanged',
      at: index,
      http: aCall({ seq: index }),
    }))

    const [record] = recordsOf(aTestRun(aTest(), failed, polls))

    expect(record?.timeline).toMatchObject([{ index: 0, lastIndex: 899, at: 0, lastAt: 899 }])
    expect(record?.timeline[0]?.seqs).toContain(700)
  })

  it('tells a timed-out test from a broken one', () => {
    const waited: Outcome = { kind: 'timedOut', expectation: { what: 'x', withinMs: 1 }, nearest: [] }
    const broken: Outcome = { kind: 'broken', error: { code: 'X', message: 'y' } }

    const verdicts = recordsOf([...aTestRun(aTest(), waited), ...aTestRun(aTest(), broken)]).map(
      ({ verdict }) => verdict,
    )

    expect(verdicts).toEqual(['failed', 'broken'])
  })
})
