import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { createPrettyReporter } from '../../src/report/pretty.ts'
import {
  failing,
  fine,
  mixedEnd,
  mixedPlan as plan,
  mixedRun as events,
  mixedTests as runs,
  timedOut,
} from '../support/mixed-run.ts'
import {
  aContext,
  aFailingStory,
  aRunEnd,
  aRunStart,
  aStep,
  aTestRun,
  passed,
  play,
} from '../support/run-events.ts'

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
    await play(createPrettyReporter(turns), [aRunStart({ tests: 8 }), ...runs.flat(), mixedEnd])

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

  it('shows what is waited for, since when and until when', () => {
    const context = aContext({ plan, isTTY: true })
    const reporter = createPrettyReporter(context)

    for (const event of [aRunStart({ tests: 8 }), ...waiting]) reporter.on(event, { wallMs: 0 })
    reporter.on({ kind: 'timerFired', test: failing.id, at: 900, name: 'tick' }, { wallMs: 1200 })

    expect(context.text().split('\r\u001b[2K').at(-1)).toBe(
      '0/8 a silent dock times out · await FAILED of closing since 0.000 s (1.2 s), until 30.000 s',
    )
  })

  it('shows the step that still waits when one beside it has ended', () => {
    const context = aContext({ plan, isTTY: true, width: 60 })
    const reporter = createPrettyReporter(context)
    const test = failing.id
    const [long, short] = [aStep({ path: '1.1.1' }), aStep({ path: '1.2.1', summary: 'wait 1s' })]

    for (const event of [aRunStart({ tests: 8 }), ...waiting.slice(0, 1)]) reporter.on(event, { wallMs: 0 })
    reporter.on({ kind: 'stepStarted', test, at: 0, step: long, withinMs: 30_000 }, { wallMs: 0 })
    reporter.on({ kind: 'stepStarted', test, at: 0, step: short, withinMs: 1000 }, { wallMs: 0 })
    reporter.on({ kind: 'stepFinished', test, at: 1000, step: short, outcome: passed }, { wallMs: 1000 })

    expect(context.text().split('\r\u001b[2K').at(-1)).toBe(
      '0/8 a silent dock … · await FAILED of closing (1 s of 30 s)',
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
