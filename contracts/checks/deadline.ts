import type { ReadRun } from '../command-record.ts'
import type { History } from '../history.ts'
import type { Story } from '../story.ts'
import { blur, lateBy } from '../terms.ts'
import type { Breach, Ruling, TiedCheck } from './check.ts'

const isOpen = ({ status }: ReadRun): boolean => status === 'ACCEPTED' || status === 'DELIVERED'

/** Whether dock, broker and gateway were there without trouble from the create to an instant. */
function isQuietRig({ sn, created }: Story, until: number, history: History): boolean {
  return history.rig.isConnected(sn, created.at, until)
}

/** The rule of a deadline, by whether the request named its time. */
function deadlineRule({ command }: Story): string {
  return command.timeout === 'given' ? 'lifecycle-deadline' : 'create-default-timeout'
}

/** TIMED_OUT, or the only other end of a silent dock, at the wrong time. */
function wrongDeadline(story: Story, history: History): Ruling {
  const { command, over, good, sending } = story
  const { options } = history
  let isReached = false
  for (const run of command.reads) {
    if (run.status === 'TIMED_OUT') {
      if (!isQuietRig(story, run.first.doneAt, history)) continue
      isReached = true
      if (run.first.doneAt < over.earliest - 1_000 - blur(options))
        return early(run, over.earliest - 1_000, 'timeout_seconds - 1 s after sending')
    }
    const isLate = run.last.sentAt > over.latest + options.profile.slack_ms + blur(options)
    if (!isOpen(run) || !isLate || good.length > 0 || sending === undefined) continue
    if (isQuietRig(story, run.last.sentAt, history)) return late(run, over.latest + options.profile.slack_ms)
  }
  return isReached ? 'kept' : undefined
}

/** Nothing at all was heard that could not be tied to the command. */
function inventedUnmatched(story: Story, history: History): Ruling {
  const run = story.command.reads.find(({ status }) => status === 'UNMATCHED_RESPONSE')
  if (run === undefined) return undefined
  const replies = [...history.replies.values()].flat().filter(({ seq }) => seq > story.created.seq)
  if (replies.length > 0 || !isQuietRig(story, run.first.doneAt, history)) return undefined
  return {
    seen: 'UNMATCHED_RESPONSE of a command whose dock had said nothing',
    due: 'TIMED_OUT at the deadline',
    evidence: [run.first.seqDone],
  }
}

function early(run: ReadRun, due: number, words: string): Breach {
  return {
    seen: `TIMED_OUT ${(due - run.first.doneAt) / 1_000} s too early`,
    due: `TIMED_OUT not earlier than ${words}`,
    evidence: [run.first.seqDone],
  }
}

function late(run: ReadRun, due: number): Breach {
  return {
    seen: `${run.status} ${(run.last.sentAt - due) / 1_000} s after the deadline`,
    due: 'TIMED_OUT',
    evidence: [run.last.seqDone],
  }
}

/** rule: lifecycle-deadline-from-acceptance: exact where time is virtual. */
function fromAcceptance(story: Story, history: History): Ruling {
  const { command, good, created } = story
  const { options } = history
  const due = command.accepted_at + command.timeout_seconds * 1_000
  const play = options.profile.slack_ms + blur(options)
  const answeredAt = command.creates[0]?.doneAt ?? Number.NaN
  // A clock of its own, or a time of another resolution, says nothing about ours.
  if (!(Math.abs(command.accepted_at - answeredAt) <= 2_000)) return undefined
  let isReached = false
  for (const run of command.reads) {
    if (!history.rig.isCalm(created.at, run.last.sentAt)) continue
    if (run.status === 'TIMED_OUT') {
      isReached = true
      if (run.first.doneAt < due - blur(options) && isOnline(story, run, history))
        return early(run, due, 'timeout_seconds after accepted_at')
    }
    if (isOpen(run) && run.last.sentAt > due + play && good.length === 0) return late(run, due + play)
    if (
      (run.status === 'SUCCEEDED' || run.status === 'FAILED') &&
      isOverdue(story, due + play + lateBy(options))
    )
      return {
        seen: `${run.status} by a reply that came after the deadline`,
        due: 'TIMED_OUT',
        evidence: [...good.slice(0, 1).map(({ reply }) => reply.seq), run.first.seqDone],
      }
  }
  return isReached ? 'kept' : undefined
}

/** Only a dock that was there has to be waited for. */
function isOnline(story: Story, run: ReadRun, history: History): boolean {
  return isQuietRig(story, run.first.doneAt, history) || history.options.profile.keeps === 'all'
}

function isOverdue({ good, command }: Story, due: number): boolean {
  const [first] = good
  return command.timeout_seconds > 0 && first !== undefined && first.reply.at > due
}

/** rule: lifecycle-delivered */
function delivered(story: Story, history: History): Ruling {
  const { command, sending, over } = story
  if (sending === undefined || sending.replies.length > 0 || story.strange.length > 0) return undefined
  const due = sending.at + lateBy(history.options)
  for (const run of command.reads) {
    const { sentAt } = run.last
    if (sentAt <= due || sentAt >= over.earliest || !isQuietRig(story, sentAt, history)) continue
    if (run.status === 'DELIVERED') return 'kept'
    if (run.status !== 'ACCEPTED') continue
    return {
      seen: `ACCEPTED ${(sentAt - sending.at) / 1_000} s after the command was published`,
      due: 'DELIVERED',
      evidence: [sending.seq, run.last.seqDone],
    }
  }
  return undefined
}

/** rule: create-timeout-zero */
function zeroTimeout({ command }: Story): Ruling {
  if (command.timeout_seconds !== 0) return undefined
  const decided = command.reads.find(({ status }) => status === 'SUCCEEDED' || status === 'FAILED')
  if (decided !== undefined)
    return {
      seen: `${decided.status} with a timeout of 0`,
      due: 'TIMED_OUT: every reply is late',
      evidence: [decided.first.seqDone],
    }
  return command.reads.some(({ status }) => status === 'TIMED_OUT') ? 'kept' : undefined
}

function wrongBy(id: string): TiedCheck {
  return {
    rule: id,
    check: (story, history) => (deadlineRule(story) === id ? wrongDeadline(story, history) : undefined),
  }
}

export const deadlineChecks: readonly TiedCheck[] = [
  wrongBy('lifecycle-deadline'),
  wrongBy('create-default-timeout'),
  { rule: 'lifecycle-deadline', check: inventedUnmatched },
  { rule: 'lifecycle-deadline-from-acceptance', check: fromAcceptance },
  { rule: 'lifecycle-delivered', check: delivered },
  { rule: 'create-timeout-zero', check: zeroTimeout },
]
