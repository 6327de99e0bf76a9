import type { Reporter } from '../scenario/index.ts'
import { conformanceOf } from './conformance.ts'
import { jsonText, reportAtEnd } from './report-at-end.ts'
import type { ReporterContext } from './reporter-context.ts'

/** The conformance report as JSON; `format` names its version. The same bytes for the same run in virtual time. */
export function createConformanceJsonReporter(context: ReporterContext): Reporter {
  return reportAtEnd(context, (run) => jsonText(conformanceOf(run, context)))
}
