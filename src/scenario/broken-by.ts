import { HarnessError } from '../../contracts/index.ts'
import type { Outcome } from './outcome.ts'

/** The operator's errors keep their code; anything else is a bug of ours, and says so. */
export function brokenBy(error: unknown, position?: HarnessError['position']): Outcome {
  if (error instanceof HarnessError) {
    const where = error.position ?? position
    return {
      kind: 'broken',
      error: {
        code: error.code,
        message: error.message,
        ...(where === undefined ? {} : { position: where }),
      },
    }
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { kind: 'broken', error: { code: 'BUG', message, ...(position === undefined ? {} : { position }) } }
}
