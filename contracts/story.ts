import type { CommandRecord, ReadRun, Reply, Sending } from './command-record.ts'
import { createdFrom, deadlines } from './command-record.ts'
import type { History } from './history.ts'
import type { Mapping } from './mapping.ts'
import { blur, lateBy } from './terms.ts'

/** A reply that decides, with what it demands. */
export interface GoodReply {
  readonly reply: Reply
  readonly mapping: Mapping
  /** `doubtful`: it names another method than the command, and a gateway may pass it over. */
  readonly standing: 'sure' | 'doubtful'
}

/** A command, the message that is taken for its own, and what came of it. */
export interface Story {
  /** Serial number of its dock; there are no stories of commands of unknown devices. */
  readonly sn: string
  readonly command: CommandRecord
  readonly sending: Sending | undefined
  readonly created: { readonly seq: number; readonly at: number }
  /** First and last instant at which its time may be over, slack not counted. */
  readonly over: { readonly earliest: number; readonly latest: number }
  /** Replies under its `tid` on its dock's topic, oldest first. */
  readonly good: readonly GoodReply[]
  /** Replies under its `tid` on its dock's topic that say nothing. */
  readonly bad: readonly Reply[]
  /** Good replies under its `tid` on another dock's topic. */
  readonly elsewhere: readonly GoodReply[]
  /** Replies on its dock's topic under a `tid` that nobody has sent there. */
  readonly strange: readonly Reply[]
}

export function tellStory(command: CommandRecord, sending: Sending | undefined, history: History): Story {
  const { gateway_sn: sn = '' } = command
  const created = createdFrom(command)
  const replies = sending?.replies ?? []
  const own = replies.filter(({ gateway_sn }) => gateway_sn === sn)
  const after = sending?.seq ?? created.seq
  return {
    sn,
    command,
    sending,
    created,
    over: deadlines(command),
    good: own.flatMap((reply) => goodReply(reply, sending)),
    bad: own.filter(({ mapped }) => mapped.kind !== 'good'),
    elsewhere: replies
      .filter(({ gateway_sn }) => gateway_sn !== sn)
      .flatMap((reply) => goodReply(reply, sending)),
    strange: history.strangeReplies(sn, after),
  }
}

/** Whether a reply may have been in when a read was answered. */
export function mayHaveShown({ seq, at }: Reply, { first }: ReadRun, history: History): boolean {
  const { options } = history
  return options.exact === 'exact' ? seq < first.seqDone : at <= first.doneAt + blur(options)
}

/**
 * The good replies any of which may have decided what a read shows: the first, and what came so soon after it that a
 * gateway may have taken them in another order.
 */
export function deciders(story: Story, run: ReadRun, history: History): readonly GoodReply[] {
  const heard = story.good.filter(({ reply }) => mayHaveShown(reply, run, history))
  const sure = heard.find(({ standing }) => standing === 'sure')?.reply ?? heard.at(-1)?.reply
  if (sure === undefined) return []
  const isCalm = history.rig.isCalm(story.created.at, run.first.doneAt)
  return isCalm ? heard.filter(({ reply }) => reply.at <= sure.at + lateBy(history.options)) : heard
}

function goodReply(reply: Reply, sending: Sending | undefined): readonly GoodReply[] {
  if (reply.mapped.kind !== 'good') return []
  const standing = reply.method === sending?.method ? 'sure' : 'doubtful'
  return [{ reply, mapping: reply.mapped.mapping, standing }]
}
