import type { RunEvent, StepRef } from '../scenario/index.ts'
import { formatDuration, formatMoment } from './duration.ts'
import type { Look } from './look.ts'
import { clip, visible } from './visible.ts'

/** The one line of a terminal that shows what is under way: how many tests, and what the oldest of them waits for. */
export interface StatusLine {
  on(event: RunEvent, wallMs: number): void
  /** The line as it is now, never wider than the terminal; undefined while nothing runs. */
  text(wallMs: number): string | undefined
}

export function createStatusLine(look: Look): StatusLine {
  const running = new Map<string, Running>()
  let total = 0
  let done = 0

  return {
    on(event, wallMs) {
      if (event.kind === 'runStarted') total = event.tests
      if (event.kind === 'testStarted')
        running.set(event.test.id, { name: event.test.scenario, wallMs, step: undefined })
      if (event.kind === 'testFinished') {
        done += 1
        running.delete(event.test.id)
      }
      if (event.kind === 'stepStarted') step(running, event, wallMs)
    },
    text(wallMs) {
      const [oldest] = running.values()
      if (oldest === undefined) return undefined
      const others = running.size === 1 ? '' : ` (+${running.size - 1})`
      const line = `${done}/${total} ${visible(oldest.name)}${others}${waiting(oldest, wallMs, look)}`
      return clip(line, look.width - 1, look.signs.dots)
    },
  }
}

interface Running {
  readonly name: string
  readonly wallMs: number
  readonly step: { readonly ref: StepRef; readonly at: number; readonly wallMs: number } | undefined
}

function step(
  running: Map<string, Running>,
  event: Extract<RunEvent, { readonly kind: 'stepStarted' }>,
  wallMs: number,
): void {
  const test = running.get(event.test)
  if (test !== undefined)
    running.set(event.test, { ...test, step: { ref: event.step, at: event.at, wallMs } })
}

function waiting({ step }: Running, wallMs: number, { signs }: Look): string {
  if (step === undefined) return ''
  const since = `since ${formatMoment(step.at)} (${formatDuration(Math.max(0, wallMs - step.wallMs))})`
  return ` ${signs.dot} ${visible(step.ref.summary)} ${since}`
}
