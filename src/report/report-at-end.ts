import type { Reporter } from '../scenario/index.ts'
import type { RunRecord } from './collect.ts'
import { createCollector } from './collect.ts'
import type { ReporterContext } from './reporter-context.ts'

/** A reporter that listens to the whole run and writes one document when it closes; nothing when no run began. */
export function reportAtEnd(context: ReporterContext, render: (run: RunRecord) => string): Reporter {
  const collector = createCollector(context.plan)
  return {
    on: (event, stamp) => void collector.on(event, stamp),
    async close() {
      const run = collector.run()
      if (run !== undefined) context.write(render(run))
    },
  }
}

/** A document of JSON as reports write it: indented, with a line's end. */
export function jsonText(document: unknown): string {
  return `${JSON.stringify(document, undefined, 2)}\n`
}

/** A document of lines, with the last one ended. */
export function linesText(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`
}
