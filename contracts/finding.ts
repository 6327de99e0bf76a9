/** A breach of the contract: data, collected, never thrown. */
export interface Finding {
  /** Id of the broken rule, as in `contracts/rules/`. */
  readonly rule: string
  readonly level: Level
  /** What was seen, with the value. */
  readonly seen: string
  /** What the rule demands instead. */
  readonly due: string
  /** `seq` of the frames and exchanges that prove it, oldest first. */
  readonly evidence: readonly number[]
  /** Scenario time at which it was certain, milliseconds since the Unix epoch. */
  readonly at: number
}

export const levels = ['must', 'should', 'may'] as const
export type Level = (typeof levels)[number]
