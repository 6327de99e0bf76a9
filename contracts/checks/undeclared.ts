import type { ReadRun, Reply } from '../command-record.ts'
import type { Level } from '../finding.ts'
import type { History } from '../history.ts'
import { mapReply } from '../mapping.ts'
import type { GoodReply, Story } from '../story.ts'
import { mayHaveShown } from '../story.ts'
import { applies, lateBy } from '../terms.ts'
import { lostFields } from '../vendor-response.ts'

/** A reply that may have decided what a read shows, because no rule that says otherwise binds this gateway. */
export interface Undeclared {
  readonly by: GoodReply
  /** The rule that would forbid it, and the level at which. */
  readonly rule: string
  readonly level: Level
}

/**
 * Replies under the command's `tid` that a gateway is free to take as deciding: another dock's (rule: reply-topic), and
 * those without an integer `result` (rule: reply-without-result). Oldest first; only those that explain the status.
 */
export function undeclared(story: Story, run: ReadRun, history: History): readonly Undeclared[] {
  const replies = story.sending?.replies ?? []
  return replies
    .filter((reply) => mayHaveShown(reply, run, history))
    .flatMap((reply) => undeclaredBy(reply, story, run, history))
}

/** Those that came before the reply which has to decide, or so soon after it that their order is not certain. */
export function undeclaredBefore(
  candidates: readonly GoodReply[],
  story: Story,
  run: ReadRun,
  history: History,
): readonly Undeclared[] {
  const sure = candidates.find(({ standing }) => standing === 'sure') ?? candidates.at(-1)
  const until = (sure?.reply.at ?? 0) + lateBy(history.options)
  const isCalm = history.rig.isCalm(story.created.at, run.first.doneAt)
  return undeclared(story, run, history).filter(({ by }) => !isCalm || by.reply.at <= until)
}

/** Whether the response fields of a read cannot have come from that reply, as they tell what only a good one says. */
export function isToldByAnother(
  { reply, mapping }: GoodReply,
  others: readonly GoodReply[],
  run: ReadRun,
): boolean {
  const { vendor_response } = run.body
  if (reply.mapped.kind === 'no-result' && mapReply(vendor_response).kind === 'good') return true
  return others.some((other) => {
    const { data } = other.mapping
    return lostFields(data, vendor_response).length === 0 && lostFields(data, mapping.data).length > 0
  })
}

function undeclaredBy(reply: Reply, story: Story, run: ReadRun, history: History): readonly Undeclared[] {
  const { mapped } = reply
  if (mapped.kind === 'malformed') return []
  const isElsewhere = reply.gateway_sn !== story.sn
  if (mapped.kind === 'good' && (!isElsewhere || mapped.mapping.outcome !== run.status)) return []
  const level = run.status === 'SUCCEEDED' ? 'should' : 'may'
  const broken = [
    ...(mapped.kind === 'no-result' ? [{ rule: 'reply-without-result', level } as const] : []),
    ...(isElsewhere ? [{ rule: 'reply-topic', level: 'may' } as const] : []),
  ]
  const [first] = broken
  if (first === undefined || broken.some((of) => applies(of.rule, of.level, history.options))) return []
  const standing = reply.method === story.sending?.method ? 'sure' : 'doubtful'
  return [{ by: { reply, mapping: mapped.mapping, standing }, ...first }]
}
