import { referenceTarget } from '../../src/compose.ts'
import type { PlannedTest, RunEvent } from '../../src/scenario/index.ts'
import { loadScenarioText, planTests, run } from '../../src/scenario/index.ts'

/** A real run as it was told, and its plan. */
export interface RealRun {
  readonly events: readonly RunEvent[]
  readonly plan: readonly string[]
}

/** Runs a scenario of each outcome on the bundled gateway, retried once: passed, failed, skipped, broken and flaky. */
export async function realRun(): Promise<RealRun> {
  const loads = await Promise.all(
    Object.entries(texts).map(([file, text]) => loadScenarioText(`scenarios/${file}.yaml`, text)),
  )
  const tests = planTests(loads.flatMap(({ scenarios }) => scenarios))
  const events: RunEvent[] = []
  await run(tests.map(flakyOnce()), referenceTarget(), {
    version: '0.0.0',
    seed: 1,
    level: 'may',
    workers: 2,
    retries: 1,
    reporter: { on: (event) => void events.push(event), close: () => Promise.resolve() },
    wallMs: () => 0,
  })
  return { events, plan: tests.map(({ ref }) => ref.id) }
}

const close = '- send: { device_id: drone-001, command_type: drone_close, timeout_seconds: 2 }'

function scenario(sentence: string, result: number, steps: readonly string[], more = ''): string {
  return [
    `scenario: "${sentence}"`,
    'proves: [reply-zero-succeeds]',
    ...(more === '' ? [] : [more]),
    `devices: { drone-001: { on: { drone_close: { reply: { result: ${result}, message: "a <b> & # c" } } } } }`,
    'steps:',
    ...steps.map((step) => `  ${step}`),
    '',
  ].join('\n')
}

const texts: Readonly<Record<string, string>> = {
  passes: scenario('a test that passes # 1 & <more>', 0, [close, '- await: SUCCEEDED']),
  fails: scenario('a test that fails', 7, [close, '- await: SUCCEEDED']),
  skips: scenario('a test that is skipped', 0, [close], 'only: external'),
  breaks: scenario('a test that is broken', 0, [
    '- send: { device_id: drone-001, command_type: drone_close, timeout_seconds: 301 }',
    '  as: refused',
    '  expect: { http: 400 }',
    '- request: { method: GET, path: "/downlink/commands/${refused.command_id}" }',
  ]),
  wavers: scenario('a test that is flaky', 0, [close, '- await: SUCCEEDED']),
}

/** Lets the test that wavers look for another step the first time. */
function flakyOnce(): (test: PlannedTest) => PlannedTest {
  return (test) => {
    if (!test.ref.id.includes('wavers')) return test
    let reads = 0
    const [send] = test.steps
    const wavering: PlannedTest = {
      ...test,
      get steps() {
        reads += 1
        return reads === 1 && send !== undefined
          ? [{ ...send, options: { expect: { http: 500 } } }]
          : test.steps
      },
    }
    return wavering
  }
}
