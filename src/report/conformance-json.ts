import type { Reporter } from '../scenario/index.ts'
import { createCollector } from './collect.ts'
import { conformanceOf } from './conformance.ts'
import type { ReporterContext } from './reporter-context.ts'

/** The conformance report as JSON; `format` names its version. The same bytes for the same run in virtual time. */
export function createConformanceJsonReporter(context: ReporterContext): Reporter {
  const collector = createCollector(context.plan)
  return {
    on: (event, stamp) => void collector.on(event, stamp),
    async close() {
      const run = collector.run()
      if (run === undefined) return
      context.write(`${JSON.stringify(conformanceOf(run, context), undefined, 2)}\n`)
    },
  }
}
