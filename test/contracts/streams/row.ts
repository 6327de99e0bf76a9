import type { JsonObject, JudgeOptions, Observation, Verdict } from '../../../contracts/index.ts'
import { createJudge, foreignProfile, referenceProfile } from '../../../contracts/index.ts'
import type { Point } from '../../support/observations.ts'
import {
  aCreate,
  aDock,
  aRead,
  aReply,
  aService,
  decided,
  devices,
  start,
} from '../../support/observations.ts'

/** One rule with a stream that keeps it and one that breaks it. */
export interface Row {
  readonly rule: string
  /** What the pair of streams is about, where a rule has several. */
  readonly case?: string
  readonly accepts: readonly Observation[]
  readonly refuses: readonly Observation[]
  /** Every rule that the refusing stream breaks, when that is more than the rule itself. */
  readonly finds?: readonly string[]
  readonly options?: Partial<JudgeOptions>
}

/** What a correct gateway may do, by name; no finding that binds it may come of it. */
export type Innocent = readonly [name: string, stream: readonly Observation[], options?: Row['options']]

/** What a gateway must be told of, by name, with the rules that it breaks. */
export type Guilty = readonly [
  name: string,
  stream: readonly Observation[],
  finds: readonly string[],
  options?: Row['options'],
]

/** Cases on either side of what a rule demands. */
export interface Edges {
  readonly innocents: readonly Innocent[]
  readonly guilty: readonly Guilty[]
}

/** A gateway of somebody else's that shows everything at once, that may take its time, and one in real time. */
export const quick = { profile: { ...foreignProfile, slack_ms: 0 }, level: 'should' } as const
export const slow = { profile: foreignProfile, level: 'should' } as const
export const tolerant = { ...slow, exact: 'tolerant', tolerance_ms: 250 } as const

/** The rule, and what the pair of streams is about. */
export function titleOf({ rule, case: about }: Row): string {
  return about === undefined ? rule : `${rule} (${about})`
}

export function at(seq: number, ms: number): Point {
  return { seq, ms }
}

export const options: JudgeOptions = {
  profile: referenceProfile,
  level: 'may',
  devices,
  exact: 'exact',
  tolerance_ms: 0,
}

/** Hears a stream to its end, ten minutes later. */
export function judge(stream: readonly Observation[], more: Partial<JudgeOptions> = {}): Verdict {
  const judging = createJudge({ ...options, ...more })
  for (const observation of stream) judging.observe(observation)
  return judging.finish(start + 600_000)
}

export function rulesOf({ findings }: Verdict): readonly string[] {
  return findings.map(({ rule }) => rule).toSorted()
}

export const up = aDock(at(0, 0))

/** A command up to its message: create, `services`. */
export const sent: readonly Observation[] = [up, aCreate(at(1, 1)), aService(at(3, 1))]

/** A command that was replied to and then read. */
export function closing(data: JsonObject, shown: JsonObject): readonly Observation[] {
  return [...sent, aReply(at(4, 2), 1, data), aRead(at(5, 3), 1, shown)]
}

/** A whole life that ends well. */
export const succeeded: readonly Observation[] = closing({ result: 0 }, decided(0))
