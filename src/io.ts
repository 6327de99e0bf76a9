/** A stream that people or programs read. */
export interface Out {
  write(text: string): void
  readonly isTTY: boolean
  readonly columns: number
  /** A terminal that shows colours, and nobody has said NO_COLOR. */
  readonly color: boolean
}

/** Everything that a command may know of the process around it; only `cli.ts` makes one. */
export interface Io {
  readonly stdout: Out
  readonly stderr: Out
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** False where only ASCII can be shown. */
  readonly unicode: boolean
  /** Version of Node, as in `20.19.0`. */
  readonly node: string
  /** Milliseconds of wall time since the process began. */
  wallMs(): number
  /** Wall time, milliseconds since the Unix epoch. */
  now(): number
  /** Calls back once when the operator wants the process to end; a second wish ends it at once. */
  onStop(listener: () => void): () => void
  readStdin(): Promise<string>
}

/** What a command ends with: 0 all well, 1 findings, 2 the operator's mistake or a target that is broken, 3 a bug of ours. */
export type ExitCode = 0 | 1 | 2 | 3
