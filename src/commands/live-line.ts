import type { Io } from '../io.ts'
import { clip } from '../report/index.ts'

/** The last line of a terminal, which tells what is under way; silent where nobody watches. */
export interface LiveLine {
  readonly isWatched: boolean
  /** Writes it, in the place of what stood there. */
  show(text: string): void
  clear(): void
}

const clear = '\r\u001B[K'

export function createLiveLine({ stderr, unicode }: Io): LiveLine {
  const isWatched = stderr.isTTY
  return {
    isWatched,
    show(text) {
      if (isWatched) stderr.write(`${clear}${clip(text, stderr.columns - 1, unicode ? '…' : '...')}`)
    },
    clear() {
      if (isWatched) stderr.write(clear)
    },
  }
}
