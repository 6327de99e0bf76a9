import { isDeepStrictEqual } from 'node:util'
import type { Outcome, RunEvent } from '../scenario/index.ts'
import type { Evidence } from './evidence.ts'
import { evidenceOf } from './evidence.ts'

/** An entry of a test's timeline: one of its events, or several in a row that say the same. */
export interface TimelineEntry {
  /** Positions of the first and last event in it among all of the test, from 0: a gap tells how many are not shown. */
  readonly index: number
  readonly lastIndex: number
  /** Scenario time of the first and last event in it, milliseconds since the test began. */
  readonly at: number
  readonly lastAt: number
  readonly event: TimelineEvent
  /** Numbers of its frames and exchanges in the rig's one order. */
  readonly seqs: readonly number[]
}

/** The events that a timeline shows. */
export type TimelineEvent = Extract<
  RunEvent,
  {
    readonly kind:
      'stepStarted' | 'httpExchanged' | 'frameHeard' | 'statusSeen' | 'timerFired' | 'findingRaised'
  }
>

/** A timeline that grows while the test runs; what it keeps is bounded. */
export interface GrowingTimeline {
  on(event: RunEvent): void
  /** The entries that a report needs when the test ended like this, oldest first. */
  condensed(outcome: Outcome): readonly TimelineEntry[]
}

export function createTimeline(): GrowingTimeline {
  const head: TimelineEntry[] = []
  let tail: TimelineEntry[] = []
  let next = 0

  return {
    on(event) {
      if (!isShown(event)) return
      const index = next
      next += 1
      const list = head.length < headWatched ? head : tail
      const last = tail.at(-1) ?? head.at(-1)
      const seqs = [seqOf(event) ?? []].flat()
      if (last !== undefined && isRepeat(last.event, event)) {
        const holder = tail.length > 0 ? tail : head
        holder[holder.length - 1] = {
          ...last,
          lastIndex: index,
          lastAt: event.at,
          seqs: [...last.seqs.slice(-seqsKept), ...seqs],
        }
        return
      }
      list.push({ index, lastIndex: index, at: event.at, lastAt: event.at, event, seqs })
      if (tail.length > 2 * tailWatched) tail = tail.slice(-tailWatched)
    },
    condensed(outcome) {
      return worthiest([...head, ...tail], evidenceOf(outcome), entriesKept)
    },
  }
}

/** The entries that tell most about a failure, oldest first. */
export function worthiest(
  entries: readonly TimelineEntry[],
  evidence: Evidence,
  most: number,
): readonly TimelineEntry[] {
  return entries
    .toSorted((a, b) => worth(b, evidence) - worth(a, evidence) || b.index - a.index)
    .slice(0, most)
    .sort((a, b) => a.index - b.index)
}

/** What an entry is to the failure: its proof, a near miss, or neither. */
export function markOf(entry: TimelineEntry, evidence: Evidence): 'proof' | 'near' | undefined {
  const marks = entry.seqs.map((seq) => evidence.marks.get(seq))
  if (marks.includes('proof')) return 'proof'
  return marks.includes('near') ? 'near' : undefined
}

// a run with thousands of failing tests must fit into memory: while a test runs more is watched than is kept after it
const headWatched = 100
const tailWatched = 1000
const seqsKept = 10_000
const entriesKept = 100

function seqOf(event: TimelineEvent): number | undefined {
  if (event.kind === 'httpExchanged') return event.http.seq
  return event.kind === 'frameHeard' ? event.frame.seq : undefined
}

// the same answer to the same question, or one more telemetry message
function isRepeat(one: TimelineEvent, other: TimelineEvent): boolean {
  if (one.kind === 'httpExchanged' && other.kind === 'httpExchanged') {
    return isDeepStrictEqual({ ...one.http, seq: 0 }, { ...other.http, seq: 0 })
  }
  if (one.kind !== 'frameHeard' || other.kind !== 'frameHeard') return false
  return isTelemetry(one) && one.frame.topic === other.frame.topic && one.frame.from === other.frame.from
}

/** Whether an entry is a dock's routine report of its state. */
export function isTelemetry(event: TimelineEvent): boolean {
  return (
    event.kind === 'frameHeard' &&
    event.frame.refused === undefined &&
    /\/(osd|state)$/.test(event.frame.topic)
  )
}

// what a scenario does to the world, and no message shows
const faults: ReadonlySet<string> = new Set(['broker', 'device', 'gateway', 'release'])

// a dock that connects says hello; when it matters, a step or a finding says so
function isAnnouncement({ frame }: Extract<TimelineEvent, { readonly kind: 'frameHeard' }>): boolean {
  return (
    frame.refused === undefined &&
    /\/status(_reply)?$/.test(frame.topic) &&
    frame.payload.includes('"update_topo"')
  )
}

// proof first, then what explains it; steps stand in the code frame, telemetry hardly ever matters
function worth(entry: TimelineEntry, evidence: Evidence): number {
  const mark = markOf(entry, evidence)
  if (mark === 'proof') return 5
  if (mark === 'near' || entry.event.kind === 'findingRaised') return 4
  if (isTelemetry(entry.event)) return 0
  switch (entry.event.kind) {
    case 'stepStarted':
      return faults.has(entry.event.step.verb) ? 3 : 1
    case 'httpExchanged':
      return entry.event.http.method === 'GET' ? 2 : 3
    case 'frameHeard':
      return isAnnouncement(entry.event) ? 1 : 3
    default:
      return 3
  }
}

function isShown(event: RunEvent): event is TimelineEvent {
  switch (event.kind) {
    case 'stepStarted':
    case 'httpExchanged':
    case 'frameHeard':
    case 'statusSeen':
    case 'timerFired':
    case 'findingRaised':
      return true
    default:
      return false
  }
}
