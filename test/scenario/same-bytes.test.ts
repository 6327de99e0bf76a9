import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { referenceTarget } from '../../src/compose.ts'
import { reporters } from '../../src/report/index.ts'
import type { PlannedTest } from '../../src/scenario/index.ts'
import { loadScenarioFiles, planTests, run } from '../../src/scenario/index.ts'
import { aContext } from '../support/run-events.ts'

const suite = planTests((await loadScenarioFiles(['scenarios'], '.')).scenarios)

/** The whole event stream of a run, as `--reporter ndjson` writes it. */
async function streamOf(tests: readonly PlannedTest[], workers: number): Promise<string> {
  let text = ''
  const reporter = reporters.ndjson.create(
    aContext({
      plan: tests.map(({ ref }) => ref.id),
      write: (part: string) => {
        text += part
      },
    }),
  )
  await run(tests, referenceTarget(), {
    version: '0.0.0',
    seed: 1,
    level: 'may',
    workers,
    reporter,
    wallMs: () => 0,
  })
  return text
}

describe('the bundled suite', () => {
  it('passes, and gives the same bytes again, with one worker or sixteen', { timeout: 90_000 }, async () => {
    const many = await streamOf(suite, 16)
    const one = await streamOf(suite, 1)
    const [last = ''] = many.trimEnd().split('\n').slice(-1)

    expect(JSON.parse(last)).toMatchObject({
      counts: { failed: 0, broken: 0, flaky: 0, passed: expect.any(Number) as number },
    })
    expect(one === many).toBe(true)
  })
})

/** One scenario a theme; the stream of each is kept, and was read. */
const golden: Readonly<Record<string, string>> = {
  lifecycle: 'a-command-runs-from-accepted-to-succeeded',
  'reply-mapping': 'a-success-has-its-message-too',
  offline: 'a-command-waits-for-a-dock-that-has-left',
  timeouts: 'a-silent-dock-lets-its-command-time-out',
  unmatched: 'an-unmatched-command-yields-to-the-matched-reply',
}

describe('the event stream', () => {
  it.each(Object.entries(golden))('of %s is the one that was kept', async (theme, name) => {
    const tests = suite.filter(({ ref }) => ref.file === `scenarios/${theme}/${name}.yaml`)
    const file = `test/golden/events/${theme}.ndjson`

    const stream = withoutTally(await streamOf(tests, 1))

    if (process.env['UPDATE_GOLDEN'] !== undefined) {
      mkdirSync('test/golden/events', { recursive: true })
      writeFileSync(file, stream)
    }
    expect(stream).toBe(readFileSync(file, 'utf8'))
  })
})

/** The last line lists every rule there is; that is no business of a scenario's. */
function withoutTally(stream: string): string {
  return `${stream.trimEnd().split('\n').slice(0, -1).join('\n')}\n`
}
