import { systemClock } from '../../simulator/index.ts'
import type { Io } from '../io.ts'
import type { Extent, ProveProgress } from '../prove/index.ts'
import { formatDuration } from '../report/index.ts'
import { createLiveLine } from './live-line.ts'

/** The last line of a terminal while something long is under way; silent where nobody watches. */
export interface ProgressLine {
  show(progress: ProveProgress): void
  /** Writes to the output, above the line. */
  above(text: string): void
  end(): void
}

const everyMs = 1_000

/** Shows how many were tried, who is being tried, for how long, and about how long it will still take. */
export function createProgressLine(io: Io, extent: Extent): ProgressLine {
  const line = createLiveLine(io)
  const begun = io.wallMs()
  let last: ProveProgress | undefined
  let cancel = (): void => undefined
  const write = (): void => {
    if (last !== undefined) line.show(lineOf(last, io.wallMs() - begun, extent))
  }
  const again = (): void => {
    write()
    cancel = systemClock.after(everyMs, again)
  }
  if (line.isWatched) again()
  return {
    show(progress) {
      last = progress
      write()
    },
    above(text) {
      line.clear()
      io.stdout.write(text)
      write()
    },
    end() {
      cancel()
      line.clear()
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
