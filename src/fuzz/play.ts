import type { Finding } from '../../contracts/index.ts'
import type { PerformTest, PlannedTest, Target } from '../scenario/index.ts'
import { planScenario } from './plan-scenario.ts'
import type { ScenarioData } from './scenario-data.ts'

/** Where sequences are played, and what counts. */
export interface Stage {
  readonly target: Target
  readonly isFatal: (finding: Finding) => boolean
  /** Everything that a test draws comes from it. */
  readonly seed: number
  readonly perform: PerformTest
}

/** What the judge says of one test; `broken` when the rig, not the gateway, gave up. */
export type Hearing =
  | {
      readonly kind: 'heard'
      readonly findings: readonly Finding[]
      /** How often a command was read. */
      readonly reads: number
    }
  | { readonly kind: 'broken'; readonly code: string; readonly message: string }

/** Plays a scenario on a rig of its own, with the runner that plays files. */
export async function play(data: ScenarioData, stage: Stage): Promise<Hearing> {
  return hear(planScenario(data, stage.seed), stage)
}

/** Runs a planned test and keeps what counts against the gateway. */
export async function hear(test: PlannedTest, { perform, isFatal }: Stage): Promise<Hearing> {
  const { outcome, verdict } = await perform(test, () => undefined)
  if (outcome.kind === 'broken') return { ...outcome.error, kind: 'broken' }
  const reads = verdict?.tally.get('query-shows-command')?.exercised ?? 0
  return { kind: 'heard', findings: (verdict?.findings ?? []).filter(isFatal), reads }
}

/** Whether a rule was broken. */
export function breaks(hearing: Hearing, rule: string): boolean {
  return hearing.kind === 'heard' && hearing.findings.some((finding) => finding.rule === rule)
}
