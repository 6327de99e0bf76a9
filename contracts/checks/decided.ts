import { oncePer } from '../once-per.ts'
import type { ReadRun, Reply } from '../command-record.ts'
import type { Level } from '../finding.ts'
import type { History } from '../history.ts'
import type { GoodReply, Story } from '../story.ts'
import { deciders, mayHaveShown } from '../story.ts'
import { lateBy } from '../terms.ts'
import type { Breach, TiedCheck } from './check.ts'
import { shown } from './check.ts'
import type { Undeclared } from './undeclared.ts'
import { isToldByAnother, undeclared, undeclaredBefore } from './undeclared.ts'

/** Why a read of SUCCEEDED or FAILED cannot be, or which reply explains it. */
type Decision =
  | { readonly kind: 'explained'; readonly by: readonly GoodReply[] }
  | { readonly kind: 'broken'; readonly rule: string; readonly level?: Level; readonly by?: Reply }

/** What decided a read; `undefined` for a status that no reply decides, or for a command without a message. */
export function decision(story: Story, run: ReadRun, history: History): Decision | undefined {
  return decisions(story, history).get(run)
}

const decisions = oncePer((story: Story, history: History): ReadonlyMap<ReadRun, Decision | undefined> => {
  return new Map(story.command.reads.map((run) => [run, decide(story, run, history)]))
})

function decide(story: Story, run: ReadRun, history: History): Decision | undefined {
  const { status } = run
  if ((status !== 'SUCCEEDED' && status !== 'FAILED') || story.sending === undefined) return undefined
  const candidates = deciders(story, run, history)
  const by = candidates.filter(({ mapping }) => mapping.outcome === status)
  const [first] = candidates
  if (first === undefined) return withoutReply(story, run, history)
  const free = undeclaredBefore(candidates, story, run, history)
  if (by.length > 0) {
    const others = free.map((of) => of.by).filter((of) => !isToldByAnother(of, by, run))
    return { kind: 'explained', by: [...by, ...others] }
  }
  return excused(free) ?? contradiction(first, run, story, history)
}

/** What decided, where the gateway is free to let it: a finding that does not bind. */
function excused([first]: readonly Undeclared[]): Decision | undefined {
  if (first === undefined) return undefined
  const { rule, level, by } = first
  return { kind: 'broken', rule, level, by: by.reply }
}

/** rule: reply-zero-succeeds, reply-nonzero-fails */
function contradiction(
  { mapping, reply }: GoodReply,
  run: ReadRun,
  story: Story,
  history: History,
): Decision {
  if (mapping.outcome === 'FAILED') return { kind: 'broken', rule: 'reply-nonzero-fails', by: reply }
  const isJob = mapping.started && run.status === 'FAILED'
  // A gateway that waits for the end of the job may take a failing event for it.
  if (isJob && history.failedEvents.has(`${reply.gateway_sn} ${story.sending?.bid}`))
    return { kind: 'broken', rule: 'reply-zero-succeeds', level: 'may', by: reply }
  return {
    kind: 'broken',
    rule: 'reply-zero-succeeds',
    ...(isJob ? { level: 'should' as const } : {}),
    by: reply,
  }
}

function withoutReply(story: Story, run: ReadRun, history: History): Decision {
  const free = excused(undeclared(story, run, history))
  if (free !== undefined) return free
  const isHeard = (reply: Reply): boolean => mayHaveShown(reply, run, history)
  const elsewhere = story.elsewhere.find(({ reply }) => isHeard(reply))
  if (elsewhere !== undefined) return { kind: 'broken', rule: 'reply-topic', by: elsewhere.reply }
  const bad = story.bad.find(isHeard)
  if (bad?.mapped.kind === 'no-result') {
    const level = run.status === 'SUCCEEDED' ? 'should' : 'may'
    return { kind: 'broken', rule: 'reply-without-result', level, by: bad }
  }
  const strange = story.strange.find(isHeard)
  if (bad !== undefined && strange === undefined) return { kind: 'broken', rule: 'reply-malformed', by: bad }
  if (strange !== undefined) return { kind: 'broken', rule: 'unmatched-never-decides', by: strange }
  const others = history.replies.get(story.sn) ?? []
  const other = others.find((reply) => reply.seq > story.created.seq && isHeard(reply))
  const rule = other === undefined ? 'unmatched-never-decides' : 'reply-by-tid'
  return { kind: 'broken', rule, ...(other === undefined ? {} : { by: other }) }
}

/** A good reply that came in time and has left no trace where it surely should have. */
const lostReply = oncePer(
  (
    story: Story,
    history: History,
  ): { readonly rule: string; readonly run: ReadRun; readonly by: GoodReply } | undefined => {
    const { good, over, sending } = story
    const [first] = good.filter(({ standing }) => standing === 'sure')
    if (first === undefined || sending === undefined) return undefined
    const { reply, mapping } = first
    if (mapping.started && history.options.profile.keeps !== 'all') return undefined
    const late = lateBy(history.options)
    const due = reply.at + late
    if (due >= over.earliest - (late === 0 ? 0 : 1_000)) return undefined
    const run = story.command.reads.find(({ status, last }) => {
      return status !== 'SUCCEEDED' && status !== 'FAILED' && last.sentAt > due
    })
    if (run === undefined || !history.rig.isCalm(story.created.at, run.last.sentAt)) return undefined
    return { rule: lostRule(story, first, run, history), run, by: first }
  },
)

function lostRule(story: Story, { reply, mapping }: GoodReply, run: ReadRun, history: History): string {
  const before = ({ seq }: Reply): boolean => seq < reply.seq
  // Final as soon as it shows is another reading of the status.
  if (run.status === 'UNMATCHED_RESPONSE' && story.strange.some(before)) return 'unmatched-provisional'
  const malformed = story.bad.find((bad) => before(bad))
  if (malformed !== undefined)
    return malformed.mapped.kind === 'malformed' ? 'reply-malformed' : 'reply-without-result'
  if (reply.at - (story.sending?.at ?? 0) <= (history.options.exact === 'exact' ? 0 : 100))
    return 'lifecycle-early-reply'
  const isAmong = history.neighbours(story.command).some(({ creates }) => {
    return creates.some(({ seqSent }) => seqSent < reply.seq)
  })
  if (isAmong) return 'reply-by-tid'
  return mapping.outcome === 'SUCCEEDED' ? 'reply-zero-succeeds' : 'reply-nonzero-fails'
}

/** Rules that are exercised by each decided command of that kind. */
function isReached(
  id: string,
  story: Story,
  run: ReadRun,
  by: readonly GoodReply[],
  history: History,
): boolean {
  const reply = by[0]?.reply
  if (reply === undefined) return false
  switch (id) {
    case 'reply-zero-succeeds':
      return run.status === 'SUCCEEDED'
    case 'reply-nonzero-fails':
      return run.status === 'FAILED'
    case 'reply-by-tid':
      return true
    case 'unmatched-never-decides':
      return story.strange.some(({ seq }) => seq < run.last.seqSent)
    case 'reply-topic':
      return story.elsewhere.length > 0
    case 'reply-malformed':
      return story.bad.some(({ mapped }) => mapped.kind === 'malformed')
    case 'reply-without-result':
      return story.bad.some(({ mapped }) => mapped.kind === 'no-result')
    case 'lifecycle-early-reply':
      return reply.at - (story.sending?.at ?? 0) <= (history.options.exact === 'exact' ? 0 : 100)
    default:
      return false
  }
}

/** Rules that hold as well when nothing decided the command: what must not count was there, and did not. */
function isResisted(id: string, story: Story): boolean {
  const last = story.command.reads.at(-1)
  const isOpen = last !== undefined && last.status !== 'SUCCEEDED' && last.status !== 'FAILED'
  const after = (replies: readonly Reply[]): boolean =>
    replies.some(({ seq }) => isOpen && seq < last.last.seqSent)
  switch (id) {
    case 'unmatched-never-decides':
      return after(story.strange)
    case 'reply-topic':
      return after(story.elsewhere.map(({ reply }) => reply))
    case 'reply-malformed':
      return after(story.bad.filter(({ mapped }) => mapped.kind === 'malformed'))
    case 'reply-without-result':
      return after(story.bad.filter(({ mapped }) => mapped.kind === 'no-result'))
    default:
      return false
  }
}

function decides(id: string): TiedCheck {
  return {
    rule: id,
    check(story, history) {
      const lost = lostReply(story, history)
      if (lost?.rule === id) return lostBreach(lost.run, lost.by)
      let isKept = isResisted(id, story)
      for (const run of story.command.reads) {
        const found = decision(story, run, history)
        if (found?.kind === 'broken' && found.rule === id) return wrongBreach(run, found)
        if (found?.kind === 'explained') isKept ||= isReached(id, story, run, found.by, history)
      }
      return isKept ? 'kept' : undefined
    },
  }
}

function lostBreach(run: ReadRun, { reply, mapping }: GoodReply): Breach {
  return {
    seen: `${run.status}, though a matched reply had come in time`,
    due: mapping.outcome,
    evidence: [reply.seq, run.last.seqDone],
  }
}

function wrongBreach(run: ReadRun, { by, level }: Extract<Decision, { kind: 'broken' }>): Breach {
  const from = by === undefined ? 'without a reply' : `after ${shownReply(by)}`
  const evidence = by === undefined ? [run.first.seqDone] : [by.seq, run.first.seqDone]
  return {
    seen: `${run.status} ${from}`,
    due: dueOf(by),
    evidence,
    ...(level === undefined ? {} : { level }),
  }
}

function shownReply({ tid, mapped }: Reply): string {
  const data = mapped.kind === 'good' ? shown(mapped.mapping.data) : mapped.kind
  return `the reply ${data} with tid ${shown(tid)}`
}

function dueOf(by: Reply | undefined): string {
  return by?.mapped.kind === 'good' ? `what the reply with the command's own tid says` : 'a matched reply'
}

export const decidedChecks: readonly TiedCheck[] = [
  'reply-by-tid',
  'reply-zero-succeeds',
  'reply-nonzero-fails',
  'reply-topic',
  'reply-malformed',
  'reply-without-result',
  'unmatched-never-decides',
  'lifecycle-early-reply',
].map(decides)

/** rule: unmatched-provisional, as far as a matched reply was lost to it. */
export function lostToUnmatched(story: Story, history: History): Breach | undefined {
  const lost = lostReply(story, history)
  return lost?.rule === 'unmatched-provisional' ? lostBreach(lost.run, lost.by) : undefined
}
