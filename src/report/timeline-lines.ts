import { unreachable } from '../../contracts/index.ts'
import type { TimelineFrame } from '../scenario/index.ts'
import { formatMoment } from './duration.ts'
import type { Evidence } from './evidence.ts'
import { answerGist, foremostFirst, messageGist } from './gist.ts'
import type { Look } from './look.ts'
import type { TimelineEntry, TimelineEvent } from './timeline.ts'
import { isTelemetry, markOf, worthiest } from './timeline.ts'
import { clip, visible, wrap } from './visible.ts'

/**
 * A timeline in at most `room` lines: what proves the failure is marked and shown at length, of the rest what tells
 * most; what is left out is counted.
 */
export function timelineLines(
  entries: readonly TimelineEntry[],
  evidence: Evidence,
  room: number,
  look: Look,
): readonly string[] {
  const marked = entries.filter((entry) => markOf(entry, evidence) !== undefined).length
  const fresh = withoutEchoes(entries)
  const most = Math.min(fresh.length, room)
  // all of the proof in a line each says more than half of it at length
  for (const proofLines of [3, 1]) {
    for (let count = most; count >= Math.min(most, Math.max(marked, 1)); count -= 1) {
      const lines = linesOf(worthiest(fresh, evidence, count), entries, { evidence, proofLines, look })
      if (lines.length <= room) return lines
    }
  }
  const few = Math.max(1, Math.floor(room / 2))
  return linesOf(worthiest(fresh, evidence, few), entries, { evidence, proofLines: 1, look })
}

// a judge that says the same again tells nothing new; it is counted with what is left out
function withoutEchoes(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  const told = new Set<string>()
  return entries.filter(({ event }) => {
    if (event.kind !== 'findingRaised') return true
    const key = JSON.stringify([event.finding.rule, event.finding.seen])
    const isNew = !told.has(key)
    told.add(key)
    return isNew
  })
}

interface Manner {
  readonly evidence: Evidence
  /** Lines that an entry may take which proves the failure or almost fitted. */
  readonly proofLines: number
  readonly look: Look
}

function linesOf(
  chosen: readonly TimelineEntry[],
  all: readonly TimelineEntry[],
  manner: Manner,
): readonly string[] {
  const { paint, signs } = manner.look
  const gap = (count: number): readonly string[] =>
    count > 0 ? [paint.dim(`    ${signs.dots} ${count} more`)] : []
  let next = 0
  const lines = chosen.flatMap((entry) => {
    const before = gap(entry.index - next)
    next = entry.lastIndex + 1
    return [...before, ...entryLines(entry, manner)]
  })
  return [...lines, ...gap((all.at(-1)?.lastIndex ?? -1) + 1 - next)]
}

function entryLines(entry: TimelineEntry, { evidence, proofLines, look }: Manner): readonly string[] {
  const { paint, signs, width } = look
  const mark = markOf(entry, evidence)
  const sign = mark === undefined ? ' ' : { proof: signs.proof, near: signs.near }[mark]
  const start = `  ${sign} ${formatMoment(entry.at).padStart(10)}  `
  const count = entry.lastIndex - entry.index + 1
  const times = count === 1 ? '' : `  (${count} times, until ${formatMoment(entry.lastAt)})`
  const room = width - start.length
  const limit = mark === undefined ? room : proofLines * room - (proofLines - 1) * 12
  const text =
    clip(
      describe(foldedEvent(entry), mark === undefined ? 'gist' : 'whole', look),
      limit - times.length,
      signs.dots,
    ) + times
  if (mark === undefined) return [entry.event.kind === 'stepStarted' ? paint.dim(start + text) : start + text]
  const [first = '', ...more] = wrap(text, room)
  const tint = mark === 'proof' ? paint.bad : paint.warn
  return [tint(start) + paint.strong(first), ...more.map((line) => ' '.repeat(start.length) + line)]
}

// messages that were folded into one differ in what they carry: one payload would stand for the others
function foldedEvent({ event, index, lastIndex }: TimelineEntry): TimelineEvent {
  if (event.kind !== 'frameHeard' || index === lastIndex) return event
  return { ...event, frame: { ...event.frame, payload: '' } }
}

function describe(event: TimelineEvent, how: 'gist' | 'whole', look: Look): string {
  const { arrow, dots } = look.signs
  switch (event.kind) {
    case 'stepStarted':
      return `step ${event.step.path}  ${visible(event.step.summary)}`
    case 'statusSeen':
      return `status ${visible(event.command)}: ${visible(event.status)}`
    case 'timerFired':
      return `timer  ${visible(event.name)}`
    case 'findingRaised':
      return `judge  ${event.finding.rule} (${event.finding.level}): ${visible(event.finding.seen)}`
    case 'httpExchanged': {
      const { method, path, request, status, response } = event.http
      const answer = status === 0 ? 'no answer' : String(status)
      const asked = request === '' ? '' : ` ${clip(short(request, dots), 28, dots)}`
      const place = visible(method) + ' ' + shortPath(short(path, dots), dots)
      const told = how === 'gist' ? answerGist(response) : foremostFirst(response)
      return `HTTP   ${place}${asked} ${arrow} ${answer} ${short(told, dots)}`.trimEnd()
    }
    case 'frameHeard': {
      const { from, payload, qos, retain, refused } = event.frame
      const flags = [
        ...(qos === 1 || isTelemetry(event) ? [] : [`QoS ${qos}`]),
        ...(retain ? ['retained'] : []),
        ...(refused === undefined ? [] : [`refused: ${visible(refused)}`]),
      ]
      const note = flags.length === 0 ? '' : ` [${flags.join(', ')}]`
      const place = placeOf(event.frame, dots)
      const told = how === 'gist' ? messageGist(payload) : foremostFirst(payload)
      return `MQTT   ${visible(from)} ${arrow} ${place}${note} ${short(told, dots)}`.trimEnd()
    }
    default:
      return unreachable(event)
  }
}

// a serial number tells a reader nothing: the device stands there by its name, once
function placeOf({ from, topic, device }: TimelineFrame, dots: string): string {
  const place = visible(topic).replace(/^(thing|sys)\/product\//, '')
  const rest = place.slice(place.indexOf('/') + 1)
  if (device === undefined || rest === place) return place === topic ? place : `${dots}/${place}`
  return device === from ? rest : `${visible(device)}/${rest}`
}

// eight digits tell identifiers of one test apart, and leave room for what matters
function short(text: string, dots: string): string {
  return visible(text).replace(/\b([\da-f]{8})(?:-[\da-f]{4}){3}-[\da-f]{12}\b/gi, `$1${dots}`)
}

// the end of a path tells more than its base, which is the same everywhere
function shortPath(path: string, dots: string): string {
  const parts = path.split('/')
  return parts.length <= 4 ? path : `${dots}/${parts.slice(-3).join('/')}`
}
