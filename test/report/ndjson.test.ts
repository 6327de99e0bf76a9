import { describe, expect, it } from 'vitest'
import { createNdjsonReporter } from '../../src/report/ndjson.ts'
import {
  aContext,
  aFailingStory,
  aRunEnd,
  aRunStart,
  aTest,
  aTestRun,
  interleave,
  passed,
  play,
} from '../support/run-events.ts'

const first = aTest({ file: 'scenarios/a/one.yaml' })
const second = aTest({ file: 'scenarios/a/two.yaml' })
const third = aTest({ file: 'scenarios/a/three.yaml' })
const plan = [first.id, second.id, third.id]

describe('ndjson', () => {
  it('writes one line of JSON per event, and nothing of the wall clock', async () => {
    const context = aContext({ plan })
    const events = [aRunStart(), ...aTestRun(first, passed, aFailingStory(passed)), aRunEnd({ passed: 1 })]

    await play(createNdjsonReporter(context), events)

    const lines = context.text().trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(events)
    expect(context.text()).not.toContain('wallMs')
  })

  it('writes the same bytes for tests side by side as for tests in turn', async () => {
    const [one, two, three] = [first, second, third].map((test) =>
      aTestRun(test, passed, aFailingStory(passed)),
    )
    if (one === undefined || two === undefined || three === undefined) throw new Error('three runs')
    const [turns, beside] = [aContext({ plan }), aContext({ plan })]

    await play(createNdjsonReporter(turns), [aRunStart(), ...one, ...two, ...three, aRunEnd()])
    await play(createNdjsonReporter(beside), [aRunStart(), ...interleave(three, two, one), aRunEnd()], 7)

    expect(beside.text()).toBe(turns.text())
  })

  it('writes the events of the test whose turn it is at once', () => {
    const context = aContext({ plan })
    const reporter = createNdjsonReporter(context)
    const [start] = aTestRun(first)
    if (start === undefined) throw new Error('a run has a start')

    reporter.on(start, { wallMs: 0 })

    expect(context.text()).toContain('"testStarted"')
  })

  it('lets out what it holds when the run ends before every test ran', async () => {
    const context = aContext({ plan })

    await play(createNdjsonReporter(context), [aRunStart(), ...aTestRun(third), aRunEnd()])

    expect(context.text()).toContain(third.id)
    expect(context.text().trimEnd().split('\n').at(-1)).toContain('"runFinished"')
  })
})
