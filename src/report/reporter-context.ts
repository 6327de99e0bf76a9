import type { Level, Profile } from '../../contracts/index.ts'
import type { TestRef } from '../scenario/index.ts'

/** Where a reporter's text goes: standard output, or a file that stays open until `close`. */
export interface Sink {
  write(text: string): void
  close(): Promise<void>
}

/** What a reporter may show of a rule of the contract. */
export interface RuleText {
  readonly statement: string
  readonly source: string
  readonly level: Level
}

/** All that a reporter knows of the world: no reporter touches the process, the disk or a clock by itself. */
export interface ReporterContext {
  readonly write: (text: string) => void
  readonly color: boolean
  /** Columns of the terminal, or of a readable line when there is none. */
  readonly width: number
  readonly isTTY: boolean
  /** False where only ASCII can be shown. */
  readonly unicode: boolean
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Ids of the tests in the order of the plan: reports follow it, whatever order the workers finish in. */
  readonly plan: readonly string[]
  /** Text of a scenario file, for code frames; undefined when it cannot be read. */
  readonly readSource: (file: string) => string | undefined
  readonly rule: (id: string) => RuleText | undefined
  /** The command line that runs just this test again. */
  readonly rerun: (test: TestRef, seed: number) => string
  /** Opens a further file, relative to `cwd`. Throws FILE_UNWRITABLE. */
  readonly open: (path: string, how: 'replace' | 'append') => Sink
  /** Wall time between the start of the process and the start of the run, milliseconds. */
  readonly startUpMs?: number
  /** Wall time at which the run began, milliseconds since the Unix epoch. */
  readonly startedAt?: number
  /** What the target is, offers and promises. */
  readonly profile?: Profile
  /** Version of Node that runs the tests, as in `20.19.0`. */
  readonly node?: string
  /** Calls back every `ms` of wall time with the time since the run began, until the result is called; only on a terminal. */
  readonly every?: (ms: number, run: (wallMs: number) => void) => () => void
}
