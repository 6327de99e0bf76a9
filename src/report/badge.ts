import type { Reporter } from '../scenario/index.ts'
import { createCollector } from './collect.ts'
import type { Conformance } from './conformance.ts'
import { conformanceOf } from './conformance.ts'
import type { ReporterContext } from './reporter-context.ts'

/** A badge in the words of shields.io's endpoint: serve the file, and name its address there. */
export function createBadgeReporter(context: ReporterContext): Reporter {
  const collector = createCollector(context.plan)
  return {
    on: (event, stamp) => void collector.on(event, stamp),
    async close() {
      const run = collector.run()
      if (run === undefined) return
      const badge = { schemaVersion: 1, ...badgeOf(conformanceOf(run, context)) }
      context.write(`${JSON.stringify(badge, undefined, 2)}\n`)
    },
  }
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
  const binding = score.kept + score.broken + score.not_reached
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
