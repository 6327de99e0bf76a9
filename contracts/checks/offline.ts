import type { ReadRun, Sending } from '../command-record.ts'
import type { History } from '../history.ts'
import type { Story } from '../story.ts'
import { blur, lateBy } from '../terms.ts'
import type { Ruling, TiedCheck } from './check.ts'
import { hasCompany } from './create.ts'

/** rule: offline-waits, for a dock that was off line when the command was created and in a rig without trouble. */
function waits(story: Story, history: History): Ruling {
  const { sn, command, created, sending } = story
  if (!history.rig.isOffline(sn, created.at)) return undefined
  if (!history.rig.isCalm(created.at, history.now)) return undefined
  if (sending !== undefined) return sentTo(sn, sending, history)
  const wrong = command.reads.find((run) => isWrong(run, story, history))
  if (wrong !== undefined)
    return {
      seen: `${wrong.status} of a command whose dock was off line`,
      due: 'ACCEPTED before the deadline, TIMED_OUT after it',
      evidence: [wrong.first.seqDone],
    }
  return unsent(story, history) ?? (command.reads.length > 0 ? 'kept' : undefined)
}

function sentTo(sn: string, sending: Sending, history: History): Ruling {
  // A dock that has gone without a will may count as on line for a while.
  if (!history.rig.wasNeverUp(sn, sending.at))
    return history.rig.isOffline(sn, sending.at) ? undefined : 'kept'
  return {
    seen: 'a command published to a dock that was off line',
    due: 'to wait for the dock',
    evidence: [sending.seq],
  }
}

function isWrong({ status, first, last }: ReadRun, { sn, created, over }: Story, history: History): boolean {
  const { options } = history
  // DELIVERED without a message is another rule's matter.
  if (status === 'DELIVERED') return false
  if (status === 'ACCEPTED') {
    const isLate = last.sentAt > over.latest + options.profile.slack_ms + blur(options)
    return isLate && history.rig.isOffline(sn, created.at, last.sentAt)
  }
  const isEarly = first.doneAt < over.earliest - 1_000 - blur(options)
  return (status !== 'TIMED_OUT' || isEarly) && history.rig.isOffline(sn, created.at, first.doneAt)
}

/** The dock was back early enough, and stayed. */
function unsent({ sn, created, over, command }: Story, history: History): Ruling {
  const back = history.rig.nextUp(sn, created.at)
  const { options, now } = history
  if (back === undefined || now <= over.latest + options.profile.slack_ms + blur(options)) return undefined
  if (back + lateBy(options) + 1_000 >= over.earliest || !history.rig.isConnected(sn, back, over.latest))
    return undefined
  if (hasCompany(command, history)) return undefined
  return {
    seen: 'a command that was not published when its dock came back in time',
    due: 'a message on services',
    evidence: command.creates.map(({ seqDone }) => seqDone),
  }
}

export const offlineChecks: readonly TiedCheck[] = [{ rule: 'offline-waits', check: waits }]
