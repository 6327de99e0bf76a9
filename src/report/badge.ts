import type { Reporter } from '../scenario/index.ts'
import type { Conformance } from './conformance.ts'
import { bindingRules, conformanceOf } from './conformance.ts'
import { jsonText, reportAtEnd } from './report-at-end.ts'
import type { ReporterContext } from './reporter-context.ts'

/** A badge in the words of shields.io's endpoint: serve the file, and name its address there. */
export function createBadgeReporter(context: ReporterContext): Reporter {
  return reportAtEnd(context, (run) =>
    jsonText({ schemaVersion: 1, ...badgeOf(conformanceOf(run, context)) }),
  )
}

/** What a badge says; `color` is a name that shields.io knows. */
export interface Badge {
  readonly label: string
  readonly message: string
  readonly color: 'brightgreen' | 'yellowgreen' | 'red' | 'lightgrey'
}

/** The verdict in a few words. Green is for a gateway of which every rule that binds was seen kept. */
export function badgeOf({ verdict, score, run }: Conformance): Badge {
  const label = `dock contract (${run.level})`
  const binding = bindingRules(score)
  switch (verdict) {
    case 'kept':
      return {
        label,
        message: `${score.kept} of ${binding} rules kept`,
        color: score.not_reached === 0 ? 'brightgreen' : 'yellowgreen',
      }
    case 'broken':
      return {
        label,
        message: score.broken === 0 ? 'broken' : `${score.broken} of ${binding} rules broken`,
        color: 'red',
      }
    default:
      return { label, message: 'unclear', color: 'lightgrey' }
  }
}
