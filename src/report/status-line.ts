import stringWidth from 'string-width'
import type { RunEvent } from '../scenario/index.ts'
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
      switch (event.kind) {
        case 'runStarted':
          total = event.tests
          break
        case 'testStarted':
          running.set(event.test.id, { name: event.test.scenario, steps: new Map() })
          break
        case 'testFinished':
          done += 1
          running.delete(event.test.id)
          break
        case 'stepStarted':
          running.get(event.test)?.steps.set(event.step.path, { event, wallMs })
          break
        case 'stepFinished':
          running.get(event.test)?.steps.delete(event.step.path)
          break
        default:
      }
    },
    text(wallMs) {
      const [oldest] = running.values()
      if (oldest === undefined) return undefined
      const others = running.size === 1 ? '' : ` (+${running.size - 1})`
      return lineOf(
        { done: `${done}/${total}`, name: visible(oldest.name), others },
        waitOf(oldest, wallMs),
        look,
      )
    },
  }
}

interface Running {
  readonly name: string
  /** The steps that are under way, by path, in the order of their beginning: outer ones before inner ones. */
  readonly steps: Map<string, Waiting>
}

interface Waiting {
  readonly event: Extract<RunEvent, { readonly kind: 'stepStarted' }>
  readonly wallMs: number
}

/** What is waited for, and since when and until when: in full, and for narrow terminals. */
interface Wait {
  readonly what: string
  readonly long: string
  readonly short: string
}

function waitOf({ steps }: Running, wallMs: number): Wait | undefined {
  const step = [...steps.values()].at(-1)
  if (step === undefined) return undefined
  const { at, withinMs } = step.event
  const lasted = formatDuration(Math.max(0, wallMs - step.wallMs))
  const since = ` since ${formatMoment(at)} (${lasted})`
  const what = visible(step.event.step.summary)
  if (withinMs === undefined) return { what, long: since, short: ` (${lasted})` }
  return {
    what,
    long: `${since}, until ${formatMoment(at + withinMs)}`,
    short: ` (${lasted} of ${formatDuration(withinMs)})`,
  }
}

interface Head {
  readonly done: string
  readonly name: string
  readonly others: string
}

/** What is waited for tells more than the name of the test: where room is short, the name gives way. */
function lineOf({ done, name, others }: Head, wait: Wait | undefined, { width, signs }: Look): string {
  const room = width - 1
  const fit = (text: string, columns: number): string => clip(text, columns, signs.dots)
  if (wait === undefined) return fit(`${done} ${name}${others}`, room)
  const { what, long, short } = wait
  const left = (time: string): number => room - stringWidth(`${done} ${others} ${signs.dot} ${time}`)
  const time = left(long) >= stringWidth(what) + leastName ? long : short
  const isRoomy = left(time) >= leastName + Math.min(leastWhat, stringWidth(what))
  const nameRoom = Math.max(leastName, left(time) - stringWidth(what))
  const start = isRoomy ? `${done} ${fit(name, nameRoom)}${others} ${signs.dot} ` : `${done} `
  return fit(start + fit(what, room - stringWidth(start + time)) + time, room)
}

/** Columns that are left to the name, and to what is waited for; with fewer, the name is not worth its place. */
const leastName = 10
const leastWhat = 12
