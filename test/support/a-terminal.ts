import type { Io } from '../../src/io.ts'

/** A process whose streams are kept, and which a test ends as Ctrl-C would. */
export interface Terminal {
  readonly io: Io
  /** All that was written so far, to both streams. */
  text(): string
  /** Resolves once a text was written so many times in all. */
  wrote(text: string, times: number): Promise<void>
  stop(): void
}

/** A terminal of 100 columns without colours; `wallMs` is told by the caller where it matters. */
export function aTerminal(cwd: string, wallMs: () => number = () => 0): Terminal {
  let written = ''
  const listeners = new Set<() => void>()
  const stops = new Set<() => void>()
  const out = {
    write: (text: string) => {
      written += text
      for (const listener of listeners) listener()
    },
    isTTY: false,
    columns: 100,
    color: false,
  }
  const io: Io = {
    stdout: out,
    stderr: out,
    env: {},
    cwd,
    unicode: true,
    node: process.versions.node,
    wallMs,
    now: () => 0,
    onStop(listener) {
      stops.add(listener)
      return () => void stops.delete(listener)
    },
    readStdin: () => Promise.resolve(''),
  }
  return {
    io,
    text: () => written,
    wrote: (text, times) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (written.split(text).length - 1 < times) return
          listeners.delete(look)
          resolve()
        }
        listeners.add(look)
        look()
      }),
    stop: () => {
      for (const stop of stops) stop()
    },
  }
}
