import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createTapReporter } from '../../src/report/tap.ts'
import type { Outcome } from '../../src/scenario/index.ts'
import { mixedPlan, mixedRun } from '../support/mixed-run.ts'
import { aContext, aRunEnd, aRunStart, aTest, aTestRun, passed, play } from '../support/run-events.ts'

async function report(events = mixedRun, plan: readonly string[] = mixedPlan): Promise<string> {
  const context = aContext({ plan })
  await play(createTapReporter(context), events)
  return context.text()
}

describe('tap', () => {
  it('writes a point per test with diagnostics', async () => {
    await expect(await report()).toMatchFileSnapshot('../golden/report/tap.txt')
  })

  it('numbers the points from one to the plan', async () => {
    const points = Array.from((await report()).matchAll(/^(?:not )?ok (\d+)/gm), ([, number]) =>
      Number(number),
    )

    expect(points).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('writes diagnostics that YAML readers understand, types included', async () => {
    const differences = [{ path: 'body', expected: '0', actual: 0, reason: 'a: b # "c"\n---\n...' }]
    const outcome: Outcome = {
      kind: 'failed',
      failures: [{ kind: 'differs', what: 'x', differences }],
      nearest: [],
    }

    const text = await report([aRunStart(), ...aTestRun(aTest(), outcome), aRunEnd()], [])

    const block = /^ {2}---\n([\s\S]*?)^ {2}\.\.\.$/m.exec(text)?.[1] ?? ''
    expect(parse(block)).toMatchObject({ severity: 'fail', seed: 1, differences })
  })

  it('escapes what would be a directive', async () => {
    const test = aTest({ scenario: 'a # SKIP that \\ is none' })

    const text = await report([aRunStart(), ...aTestRun(test), aRunEnd()], [])

    expect(text).toContain('a \\# SKIP that \\\\ is none\n')
  })

  it('bails out when tests did not run', async () => {
    const text = await report([aRunStart({ tests: 3 }), ...aTestRun(aTest(), passed), aRunEnd()])

    expect(text.trimEnd().split('\n').at(-1)).toBe('Bail out! 2 tests did not run')
  })
})
