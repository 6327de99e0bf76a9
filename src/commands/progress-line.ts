import { systemClock } from '../../simulator/index.ts'
import type { Io } from '../io.ts'
import type { Extent, ProveProgress } from '../prove/index.ts'
import { clip, formatDuration } from '../report/index.ts'

/** The last line of a terminal while something long is under way; silent where nobody watches. */
export interface ProgressLine {
  show(progress: ProveProgress): void
  /** Writes to the output, above the line. */
  above(text: string): void
  end(): void
}

const clear = '\r\u001B[K'
const everyMs = 1_000

/** Shows how many were tried, who is being tried, for how long, and about how long it will still take. */
export function createProgressLine(io: Io, extent: Extent): ProgressLine {
  const isLive = io.stderr.isTTY
  const begun = io.wallMs()
  let last: ProveProgress | undefined
  let cancel = (): void => undefined
  const write = (): void => {
    if (last === undefined) return
    const text = lineOf(last, io.wallMs() - begun, extent)
    io.stderr.write(`${clear}${clip(text, io.stderr.columns - 1, io.unicode ? '…' : '...')}`)
  }
  const again = (): void => {
    write()
    cancel = systemClock.after(everyMs, again)
  }
  if (isLive) again()
  return {
    show(progress) {
      last = progress
      if (isLive) write()
    },
    above(text) {
      if (isLive) io.stderr.write(clear)
      io.stdout.write(text)
      if (isLive) write()
    },
    end() {
      cancel()
      if (isLive) io.stderr.write(clear)
      last = undefined
    },
  }
}

/** A defect may end a fast proof at its first test, so that nothing can be said of what is left. */
function lineOf({ ended, of, share, underWay }: ProveProgress, tookMs: number, extent: Extent): string {
  const isForeseeable = extent !== 'fast' && share > 0.02
  const left = isForeseeable ? `, about ${formatDuration((tookMs / share) * (1 - share))} left` : ''
  const [first = '', ...others] = underWay
  const company = others.length === 0 ? '' : ` (+${others.length})`
  return `${ended}/${of} ${first}${company} · ${formatDuration(tookMs)}${left}`
}
