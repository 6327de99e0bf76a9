import type { Reporter, RunEvent } from '../scenario/index.ts'
import { createPlanOrder } from './plan-order.ts'
import type { ReporterContext } from './reporter-context.ts'

/**
 * One JSON line per event, in plan order and with scenario time only: two runs with one seed give the same bytes.
 * The lines of a test follow one another, however many tests ran side by side.
 */
export function createNdjsonReporter(context: ReporterContext): Reporter {
  const order = createPlanOrder<RunEvent>(context.plan, write)

  function write(event: RunEvent): void {
    context.write(`${JSON.stringify(event)}\n`)
  }

  return {
    on(event) {
      if (event.kind === 'runStarted') return write(event)
      if (event.kind === 'runFinished') {
        order.flush()
        return write(event)
      }
      const test = typeof event.test === 'string' ? event.test : event.test.id
      order.add(test, event)
      if (event.kind === 'testFinished') order.finish(test)
    },
    async close() {
      order.flush()
    },
  }
}
