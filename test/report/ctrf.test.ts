import { validateStrict } from 'ctrf'
import { describe, expect, it } from 'vitest'
import { createCtrfReporter } from '../../src/report/ctrf.ts'
import { mixedPlan, mixedRun } from '../support/mixed-run.ts'
import { aContext, aRunEnd, aRunStart, play } from '../support/run-events.ts'

async function report(events = mixedRun): Promise<unknown> {
  const context = aContext({ plan: mixedPlan })
  await play(createCtrfReporter(context), events)
  return JSON.parse(context.text())
}

describe('ctrf', () => {
  it('writes a document that the format accepts', async () => {
    const document = await report()

    expect(() => validateStrict(document)).not.toThrow()
  })

  it('is refused by the same check when a status is none', async () => {
    const document = await report()

    const wrong: unknown = JSON.parse(
      JSON.stringify(document).replace('"status":"passed"', '"status":"fine"'),
    )

    expect(() => validateStrict(wrong)).toThrow(/status/)
  })

  it('counts a flaky test as passed and a broken one as other', async () => {
    expect(await report()).toMatchObject({
      results: { summary: { tests: 8, passed: 5, failed: 1, skipped: 1, other: 1, flaky: 1 } },
    })
  })

  it('tells of a flaky test what went wrong before', async () => {
    expect(await report()).toMatchObject({
      results: {
        tests: expect.arrayContaining([
          expect.objectContaining({
            flaky: true,
            retries: 1,
            retryAttempts: [expect.objectContaining({ attempt: 1, status: 'failed' })],
          }),
        ]),
      },
    })
  })

  it('accepts a run without tests', async () => {
    const document = await report([aRunStart({ tests: 0 }), aRunEnd()])

    expect(() => validateStrict(document)).not.toThrow()
  })

  it('writes the same document as agreed', async () => {
    await expect(`${JSON.stringify(await report(), undefined, 2)}\n`).toMatchFileSnapshot(
      '../golden/report/ctrf.txt',
    )
  })
})
