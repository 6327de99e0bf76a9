import type { Reply } from '../command-record.ts'
import type { History } from '../history.ts'
import type { Status } from '../lifecycle.ts'
import { isDueText } from '../mapping.ts'
import type { Story } from '../story.ts'
import { blur, lateBy } from '../terms.ts'
import type { Ruling, TiedCheck } from './check.ts'
import { shown } from './check.ts'
import { lostToUnmatched } from './decided.ts'

/** Whether no other command of the dock may have been open while this one was. */
function isAlone({ command, created, over }: Story, history: History): boolean {
  return history.neighbours(command).every((other) => {
    const ended = [...other.seen].find(([status]) => isDecided(status))?.[1].seqDone
    const isOver = ended !== undefined && ended < created.seq
    return (
      isOver ||
      Math.min(...other.creates.map(({ sentAt }) => sentAt)) > over.latest + history.options.profile.slack_ms
    )
  })
}

/** The first reply under a strange `tid` that surely came in time, after the command and before anything matched. */
function strangeReply(story: Story, fits: (reply: Reply) => boolean, history: History): Reply | undefined {
  const { strange, good, bad, over, sending } = story
  const [first] = strange.filter((reply) => reply.mapped.kind === 'good' && fits(reply))
  if (sending === undefined || first === undefined || bad.length > 0) return undefined
  const isFirst = good.every(({ reply }) => reply.seq > first.seq)
  return isFirst && first.at + lateBy(history.options) < over.earliest ? first : undefined
}

/** rule: unmatched-shown */
function isShown(story: Story, history: History): Ruling {
  const { sending, good, over, command, created } = story
  const { options } = history
  const fits = ({ bid, method }: Reply): boolean => bid === sending?.bid && method === sending?.method
  const reply = sending?.bid === undefined ? undefined : strangeReply(story, fits, history)
  if (reply === undefined || good.length > 0 || story.elsewhere.length > 0 || !isAlone(story, history))
    return undefined
  const due = over.latest + Math.max(options.profile.slack_ms, lateBy(options)) + blur(options)
  const run = command.reads.findLast(({ last }) => last.sentAt > due)
  if (run === undefined || !history.rig.isCalm(created.at, run.last.sentAt)) return undefined
  if (run.status === 'UNMATCHED_RESPONSE') return 'kept'
  if (run.status !== 'TIMED_OUT') return undefined
  return {
    seen: `TIMED_OUT, though a reply with the tid ${shown(reply.tid)} had come under the command's bid and method`,
    due: 'UNMATCHED_RESPONSE',
    evidence: [reply.seq, run.last.seqDone],
  }
}

/** rule: unmatched-provisional */
function isProvisional(story: Story, history: History): Ruling {
  const lost = lostToUnmatched(story, history)
  if (lost !== undefined) return lost
  const { sending, good, command, created } = story
  const alone = isAlone(story, history)
  const fits = ({ bid, method }: Reply): boolean =>
    (bid !== undefined && bid === sending?.bid) || (alone && method === sending?.method)
  const reply = strangeReply(story, fits, history)
  if (reply === undefined || !alone || reply.mapped.kind !== 'good') return undefined
  const until = good[0]?.reply.at ?? Infinity
  const due = reply.at + lateBy(history.options)
  let isReached = false
  for (const run of command.reads) {
    if (run.last.sentAt <= due || run.first.doneAt >= until) continue
    if (!history.rig.isCalm(created.at, run.last.sentAt)) continue
    isReached = true
    const isRight = run.status === 'UNMATCHED_RESPONSE' && showsOne(story, run.body['response_code'])
    // Reads of one run may have begun before the reply.
    if (!isRight && run.last.doneAt < until)
      return {
        seen: `${run.status} with response_code ${shown(run.body['response_code'])} after an unmatched reply`,
        due: 'UNMATCHED_RESPONSE with the response of that reply',
        evidence: [reply.seq, run.last.seqDone],
      }
  }
  const hasYielded = good.length > 0 && command.reads.some(({ status }) => isDecided(status))
  return isReached || hasYielded ? 'kept' : undefined
}

function isDecided(status: Status): boolean {
  return status === 'SUCCEEDED' || status === 'FAILED'
}

/** Which of several unmatched replies is shown is not decided. */
function showsOne({ strange }: Story, code: unknown): boolean {
  return strange.some(({ mapped }) => mapped.kind === 'good' && isDueText(mapped.mapping.code, code))
}

export const unmatchedChecks: readonly TiedCheck[] = [
  { rule: 'unmatched-shown', check: isShown },
  { rule: 'unmatched-provisional', check: isProvisional },
]
