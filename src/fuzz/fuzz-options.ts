import type { Finding } from '../../contracts/index.ts'
import type { PerformTest, Target } from '../scenario/index.ts'
import type { Act } from './act.ts'

/** What is explored, and for how long. */
export interface FuzzOptions {
  readonly target: Target
  readonly seed: number
  /** How many sequences; with it the result depends on the seed alone. Default, when there is no `seconds`: 1,000, in real time 200. */
  readonly runs?: number
  /** Wall time after which nothing new is begun; shrinking comes on top. */
  readonly seconds?: number
  /** Acts in a sequence. Default 12, in real time 8. */
  readonly maxActs?: number
  /** Ends the exploration after so many broken rules, and tells of no more. Default: explores to the end. */
  readonly bail?: number
  /** Plays only the sequence of this path, and shrinks it again. */
  readonly path?: FuzzPath
  /** Whether a finding counts; the others are passed over. */
  readonly isFatal: (finding: Finding) => boolean
  /** Milliseconds of wall time. */
  readonly now: () => number
  /** Plays one sequence, here or in another thread; its events are not needed. Default: here. */
  readonly perform?: PerformTest
  /** Told after every batch, and before every shrinking. */
  readonly onProgress?: (progress: FuzzProgress) => void
  /** True once the operator wants it to end. */
  readonly isStopped?: () => boolean
}

/** Where a sequence stands: its batch, and its place in it. */
export interface FuzzPath {
  readonly batch: number
  readonly index: number
}

export interface FuzzProgress {
  readonly doing: 'exploring' | 'shrinking'
  readonly sequences: number
  /** How many sequences it will be; missing when time decides. */
  readonly of?: number
  /** Rules that were broken so far. */
  readonly rules: readonly string[]
}

/** A broken rule, with the smallest scenario that breaks it. */
export interface FuzzFinding {
  readonly rule: string
  readonly finding: Finding
  /** Text of a scenario file. */
  readonly scenario: string
  /** Name of that file, after its sentence. */
  readonly file: string
  /** `verified`: the text was loaded and run, and broke the rule again. */
  readonly state: 'verified' | 'unverified'
  readonly seed: number
  /** `batch:index`, for `path`. */
  readonly path: string
  readonly acts: readonly Act[]
}

/** The sequence after which the gateway or its broker was gone, and what was said of it. */
export interface LostTarget extends FuzzPath {
  readonly code: string
  readonly message: string
}

export interface FuzzResult {
  readonly sequences: number
  readonly findings: readonly FuzzFinding[]
  readonly perSecond: number
  /** Sequences that the rig could not play, by what it said. */
  readonly unplayed: ReadonlyMap<string, number>
  /** Missing while the target lives. */
  readonly lost?: LostTarget
}
