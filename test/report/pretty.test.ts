import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { createPrettyReporter } from '../../src/report/pretty.ts'
import type { Outcome, RunEvent } from '../../src/scenario/index.ts'
import {
  aContext,
  aFailingStory,
  aFinding,
  aRunEnd,
  aRunStart,
  aStep,
  aTally,
  aTest,
  aTestRun,
  interleave,
  passed,
  play,
} from '../support/run-events.ts'

const timedOut: Outcome = {
  kind: 'timedOut',
  expectation: { what: 'command closing to reach FAILED', withinMs: 30_000 },
  nearest: [],
}

const codes = { scenario: 'every code becomes a string', file: 'scenarios/reply-mapping/codes.yaml' }
const fine = aTest()
const failing = aTest({ scenario: 'a silent dock times out', file: 'scenarios/lifecycle/silent.yaml' })
const remarked = aTest({
  scenario: 'create answers 202',
  file: 'scenarios/create/answers.yaml',
  level: 'must',
})
const skipped = aTest({ scenario: 'a restart keeps commands', file: 'scenarios/create/restart.yaml' })
const rows = ['zero', '零号机场'].map((example, index) => aTest({ ...codes, example, line: 20 + index }))
const brokenTest = aTest({ scenario: 'nobody answers', file: 'scenarios/zebra.yaml' })
const flaky = aTest({ scenario: 'a lost reply is sent again', file: 'scenarios/zulu.yaml' })

const [zero, dock] = rows
if (zero === undefined || dock === undefined) throw new Error('the table has two rows')

const runs: readonly (readonly RunEvent[])[] = [
  aTestRun(remarked, passed, [{ kind: 'findingRaised', at: 5, finding: aFinding({ level: 'should' }) }]),
  aTestRun(skipped, { kind: 'skipped', because: 'the target does not declare "gateway-control"' }),
  aTestRun(failing, timedOut, aFailingStory(timedOut), { at: 300_000 }),
  aTestRun(fine, passed, aFailingStory(passed), { at: 250 }),
  aTestRun(zero, passed, [], { at: 20 }),
  aTestRun(dock, passed, [], { at: 1500 }),
  aTestRun(brokenTest, {
    kind: 'broken',
    error: { code: 'GATEWAY_UNREACHABLE', message: 'Cannot reach it.' },
  }),
  [...aTestRun(flaky, timedOut), ...aTestRun(flaky, passed, [], { flaky: true })],
]
const plan = [remarked, skipped, failing, fine, zero, dock, brokenTest, flaky].map(({ id }) => id)
const tallies = [
  aTally(),
  aTally({ rule: 'lifecycle-deadline', verdict: 'broken', brokenBy: [failing.id] }),
  aTally({ rule: 'restart-keeps', level: 'should', verdict: 'not reached', exercised: 0 }),
]
const counts = { passed: 4, failed: 1, skipped: 1, broken: 1, flaky: 1 }
const events = [aRunStart({ tests: plan.length }), ...interleave(...runs), aRunEnd(counts, tallies)]

describe('pretty', () => {
  it('prints a line per test by folder, the failures, and a summary', async () => {
    const context = aContext({ plan })

    await play(createPrettyReporter(context), events)

    await expect(context.text()).toMatchFileSnapshot('../golden/report/pretty.txt')
  })

  it('keeps to ASCII and to the width of a narrow terminal', async () => {
    const context = aContext({ plan, unicode: false, width: 60 })

    await play(createPrettyReporter(context), events)

    const lines = context.text().split('\n')
    expect(lines.filter((line) => stringWidth(line) > 60 && !line.startsWith('  again: '))).toEqual([])
    await expect(context.text()).toMatchFileSnapshot('../golden/report/pretty-in-ascii.txt')
  })

  it('colours when the context says so, and writes the same words', async () => {
    const [grey, coloured] = [aContext({ plan }), aContext({ plan, color: true })]

    await play(createPrettyReporter(grey), events)
    await play(createPrettyReporter(coloured), events)

    // eslint-disable-next-line no-control-regex -- the escapes of colours
    expect(coloured.text().replace(/\u001b\[\d+m/g, '')).toBe(grey.text())
    expect(coloured.text()).toContain('\u001b[31m')
  })

  it('prints the same for tests side by side as for tests in turn, but for wall times', async () => {
    const wallTimes = /\(\d+ ms|\d+ ms after|in \d+ ms/g
    const [beside, turns] = [aContext({ plan }), aContext({ plan })]

    await play(createPrettyReporter(beside), events)
    await play(createPrettyReporter(turns), [
      aRunStart({ tests: 8 }),
      ...runs.flat(),
      aRunEnd(counts, tallies),
    ])

    expect(turns.text().replace(wallTimes, '')).toBe(beside.text().replace(wallTimes, ''))
  })

  it('says how many tests did not run', async () => {
    const context = aContext({ plan })

    await play(createPrettyReporter(context), [
      aRunStart({ tests: 8 }),
      ...aTestRun(fine),
      aRunEnd({ passed: 1 }),
    ])

    expect(context.text()).toContain('1 passed, 7 not run')
  })
})

describe('the status line', () => {
  const waiting = aTestRun(failing, timedOut, aFailingStory(timedOut)).slice(0, 6)

  it('shows what is waited for and since when', () => {
    const context = aContext({ plan, isTTY: true })
    const reporter = createPrettyReporter(context)

    for (const event of [aRunStart({ tests: 8 }), ...waiting]) reporter.on(event, { wallMs: 0 })
    reporter.on({ kind: 'timerFired', test: failing.id, at: 900, name: 'tick' }, { wallMs: 1200 })

    expect(context.text().split('\r\u001b[2K').at(-1)).toBe(
      '0/8 a silent dock times out · await FAILED of closing since 0.000 s (1.2 s)',
    )
  })

  it('is redrawn while nothing happens, and no more after the end', async () => {
    const ticks: ((wallMs: number) => void)[] = []
    let isStopped = false
    const every: NonNullable<ReturnType<typeof aContext>['every']> = (_, run) => {
      ticks.push(run)
      return () => void (isStopped = true)
    }
    const context = aContext({ plan, isTTY: true, every })
    const reporter = createPrettyReporter(context)
    for (const event of [aRunStart({ tests: 8 }), ...waiting]) reporter.on(event, { wallMs: 0 })

    for (const tick of ticks) tick(5000)
    await reporter.close()

    expect(context.text()).toContain('(5 s)')
    expect(isStopped).toBe(true)
  })

  it('is gone at the end', async () => {
    const context = aContext({ plan, isTTY: true })

    await play(createPrettyReporter(context), events, 200)

    const kept = context
      .text()
      .split('\n')
      .map((line) => line.split('\r\u001b[2K').at(-1))
    expect(kept.filter((line) => line?.includes('/8 '))).toEqual([])
  })

  it('is never wider than the terminal', () => {
    const context = aContext({ plan, isTTY: true, width: 40 })
    const reporter = createPrettyReporter(context)
    const step = aStep({ summary: 'await one of 成功 失败 超时 成功 失败 超时 成功 失败 超时' })

    reporter.on(aRunStart(), { wallMs: 0 })
    reporter.on({ kind: 'testStarted', test: failing }, { wallMs: 0 })
    reporter.on({ kind: 'stepStarted', test: failing.id, at: 0, step }, { wallMs: 150 })

    expect(stringWidth(context.text().split('\r\u001b[2K').at(-1) ?? '')).toBeLessThan(40)
  })

  it('is not drawn without a terminal', async () => {
    const context = aContext({ plan })

    await play(createPrettyReporter(context), events, 200)

    expect(context.text()).not.toContain('\r')
  })
})
