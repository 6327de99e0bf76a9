import { posix } from 'node:path'
import type { Reporter } from '../scenario/index.ts'
import type { TestRecord } from './collect.ts'
import { createCollector } from './collect.ts'
import { failureLines, failureSources } from './failure.ts'
import type { Look } from './look.ts'
import { createLook } from './look.ts'
import { createPlanOrder } from './plan-order.ts'
import type { ReporterContext } from './reporter-context.ts'
import { createStatusLine } from './status-line.ts'
import { summaryLines } from './summary.ts'
import { testLines } from './test-lines.ts'
import { clip, visible } from './visible.ts'

/** For people at a terminal: progress while it runs, a line per test, the failures, and a summary. */
export function createPrettyReporter(context: ReporterContext): Reporter {
  const look = createLook(context)
  const screen = createScreen(context, look)
  const collector = createCollector(context.plan)
  const headings = createHeadings(look)
  const order = createPlanOrder<TestRecord>(context.plan, (record) =>
    screen.print([...headings(record), ...testLines(record, look)]),
  )

  return {
    on(event, stamp) {
      const record = collector.on(event, stamp)
      screen.status.on(event, stamp.wallMs)
      if (record !== undefined) {
        order.add(record.test.id, record)
        order.finish(record.test.id)
      }
      if (event.kind === 'runFinished') {
        order.flush()
        screen.end()
        screen.print(endLines(collector, context, look))
        return
      }
      screen.redraw(stamp.wallMs)
    },
    async close() {
      screen.end()
    },
  }
}

interface Screen {
  readonly status: ReturnType<typeof createStatusLine>
  print(lines: readonly string[]): void
  redraw(wallMs: number): void
  /** Erases the status line and draws none any more. */
  end(): void
}

function createScreen(context: ReporterContext, look: Look): Screen {
  const status = createStatusLine(look)
  const stop = context.isTTY ? context.every?.(redrawMs, redraw) : undefined
  let drawn = ''
  let lastMs = Number.NEGATIVE_INFINITY
  let isOver = !context.isTTY

  function erase(): void {
    if (drawn !== '') context.write(eraseLine)
    drawn = ''
  }

  function redraw(wallMs: number): void {
    if (isOver || (wallMs - lastMs < redrawMs && drawn !== '')) return
    const text = status.text(wallMs) ?? ''
    if (text === drawn) return
    erase()
    if (text !== '') context.write(look.paint.dim(text))
    drawn = text
    lastMs = wallMs
  }

  return {
    status,
    redraw,
    print(lines) {
      erase()
      if (lines.length > 0) context.write(`${lines.join('\n')}\n`)
    },
    end() {
      erase()
      isOver = true
      stop?.()
    },
  }
}

const redrawMs = 100
const eraseLine = '\r\u001b[2K'

// a heading per folder, and one per scenario with a table of examples
function createHeadings(look: Look): (record: TestRecord) => readonly string[] {
  let folder: string | undefined
  let table: string | undefined
  return ({ test }) => {
    const lines: string[] = []
    const here = posix.dirname(test.file)
    if (here !== folder) lines.push(...(folder === undefined ? [] : ['']), look.paint.strong(visible(here)))
    if (test.example !== undefined && test.file !== table) {
      lines.push(`    ${clip(visible(test.scenario), look.width - 4, look.signs.dots)}`)
    }
    folder = here
    table = test.example === undefined ? undefined : test.file
    return lines
  }
}

// one cause can fail every test: nobody reads the same page three hundred times
const mostInFull = 20

function endLines(
  collector: ReturnType<typeof createCollector>,
  context: ReporterContext,
  look: Look,
): readonly string[] {
  const run = collector.run()
  if (run === undefined) return []
  const sources = failureSources(context, run.started.seed)
  const bad = run.tests.filter(({ verdict }) => verdict === 'failed' || verdict === 'broken')
  const failures = bad.slice(0, mostInFull).flatMap((record) => ['', ...failureLines(record, sources, look)])
  const rest = bad.length - mostInFull
  const more =
    rest > 0
      ? ['', look.paint.dim(`${look.signs.dots} ${rest} more, each with its reason in the list above`)]
      : []
  const heading = bad.length === 0 ? [] : ['', look.paint.dim(`${'-'.repeat(4)} failures ${'-'.repeat(4)}`)]
  return [...heading, ...failures, ...more, '', ...summaryLines(run, context, look)]
}
