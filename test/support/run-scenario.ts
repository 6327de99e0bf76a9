import type { Outcome, Reporter, RunEvent, RunOptions, RunResult, Target } from '../../src/scenario/index.ts'
import { planTests, run } from '../../src/scenario/index.ts'
import { referenceTarget } from '../../src/compose.ts'
import { scenariosOf } from './scenario-text.ts'

/** What became of a run, and all that it said. */
export interface Ran extends RunResult {
  readonly events: readonly RunEvent[]
  readonly list: readonly Outcome[]
}

/** Runs every test of a text on the bundled gateway in virtual time, or on another target. */
export async function runText(
  text: string,
  options: Partial<RunOptions> = {},
  target: Target = referenceTarget(),
): Promise<Ran> {
  const events: RunEvent[] = []
  const reporter: Reporter = { on: (event) => events.push(event), close: () => Promise.resolve() }
  const result = await run(planTests(await scenariosOf(text)), target, {
    version: '0.0.0',
    seed: 1,
    level: 'may',
    workers: 1,
    reporter,
    wallMs: () => 0,
    ...options,
  })
  return { ...result, events, list: [...result.outcomes.values()] }
}

/** The outcome of steps on a device `drone-001` that does what `on` says. */
export async function runSteps(
  steps: string,
  on = '{ drone_close: { reply: { result: 0 } } }',
): Promise<Outcome> {
  const text = `scenario: a test\ndevices: { drone-001: { on: ${on} }, drone-002: {} }\nsteps:\n${indent(steps)}\n`
  const [outcome] = (await runText(text)).list
  if (outcome === undefined) throw new Error('nothing ran')
  return outcome
}

function indent(steps: string): string {
  return steps
    .trim()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
}
