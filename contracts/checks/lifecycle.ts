import { isDeepStrictEqual } from 'node:util'
import { isFinal, orderRules } from '../lifecycle.ts'
import type { ReadCase, ReadCheck, Ruling } from './check.ts'
import { shown } from './check.ts'

/** Pairs of reads that do not overlap in time: what was seen before this read began. */
function follows(id: string, isReached: (of: ReadCase) => boolean): ReadCheck {
  return {
    rule: id,
    check(of): Ruling {
      const { command, run, read } = of
      for (const [status, interval] of command.seen) {
        if (interval.seqDone >= read.seqSent || !orderRules(status, run.status).includes(id)) continue
        return {
          seen: `${run.status} after ${status}`,
          due: `nothing that may not follow ${status}`,
          evidence: [interval.seqDone, read.seqDone],
        }
      }
      return isReached(of) ? 'kept' : undefined
    },
  }
}

/** Whether one of the statuses had surely been seen before. */
function hasSeen({ command, read }: ReadCase, isMeant: (status: string) => boolean): boolean {
  return [...command.seen].some(([status, { seqDone }]) => seqDone < read.seqSent && isMeant(status))
}

const details = [
  'response_code',
  'response_message',
  'vendor_response',
  'response_received_at',
  'completed_at',
  'failure_code',
  'failure_reason',
] as const

/** rule: lifecycle-timed-out-final, of the details of a command in a final status. */
function changedDetail({ command, run, read }: ReadCase): Ruling {
  const before = command.reads.find(
    ({ status, first }) => status === run.status && first.seqDone < read.seqSent,
  )
  if (before === undefined || !isFinal(run.status)) return undefined
  const changed = details.find((name) => !isDeepStrictEqual(before.body[name], run.body[name]))
  if (changed === undefined) return 'kept'
  return {
    seen: `${changed} ${shown(run.body[changed])} of a command that was ${run.status} already`,
    due: shown(before.body[changed]),
    evidence: [before.first.seqDone, read.seqDone],
  }
}

export const lifecycleChecks: readonly ReadCheck[] = [
  follows('lifecycle-forward', (of) => hasSeen(of, () => true)),
  follows('lifecycle-final', (of) => hasSeen(of, (status) => status === 'SUCCEEDED' || status === 'FAILED')),
  follows('lifecycle-timed-out-final', (of) => hasSeen(of, (status) => status === 'TIMED_OUT')),
  follows('unmatched-provisional', (of) => hasSeen(of, (status) => status === 'UNMATCHED_RESPONSE')),
  { rule: 'lifecycle-timed-out-final', check: changedDetail },
]
