import { unreachable } from '../../contracts/index.ts'
import { formatMoment } from './duration.ts'
import type { Evidence } from './evidence.ts'
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
  for (let most = Math.min(entries.length, room); most > 1; most -= 1) {
    const lines = linesOf(worthiest(entries, evidence, most), entries, evidence, look)
    if (lines.length <= room) return lines
  }
  return linesOf(worthiest(entries, evidence, 1), entries, evidence, look)
}

function linesOf(
  chosen: readonly TimelineEntry[],
  all: readonly TimelineEntry[],
  evidence: Evidence,
  look: Look,
): readonly string[] {
  const gap = (count: number): readonly string[] =>
    count > 0 ? [look.paint.dim(`    ${look.signs.dots} ${count} more`)] : []
  let next = 0
  const lines = chosen.flatMap((entry) => {
    const before = gap(entry.index - next)
    next = entry.lastIndex + 1
    return [...before, ...entryLines(entry, evidence, look)]
  })
  return [...lines, ...gap((all.at(-1)?.lastIndex ?? -1) + 1 - next)]
}

function entryLines(entry: TimelineEntry, evidence: Evidence, look: Look): readonly string[] {
  const { paint, signs, width } = look
  const mark = markOf(entry, evidence)
  const sign = mark === undefined ? ' ' : { proof: signs.proof, near: signs.near }[mark]
  const start = `  ${sign} ${formatMoment(entry.at).padStart(10)}  `
  const count = entry.lastIndex - entry.index + 1
  const times = count === 1 ? '' : `  (${count} times, until ${formatMoment(entry.lastAt)})`
  const room = width - start.length
  if (mark === undefined) {
    const line = start + clip(describe(entry.event, look), room - times.length, signs.dots) + times
    return [entry.event.kind === 'stepStarted' ? paint.dim(line) : line]
  }
  const text = describe(entry.event, look) + times
  const [first = '', ...more] = wrap(clip(text, 3 * room - 24, signs.dots), room)
  const tint = mark === 'proof' ? paint.bad : paint.warn
  return [tint(start) + paint.strong(first), ...more.map((line) => ' '.repeat(start.length) + line)]
}

function describe(event: TimelineEvent, look: Look): string {
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
      return `HTTP   ${place}${asked} ${arrow} ${answer} ${short(response, dots)}`.trimEnd()
    }
    case 'frameHeard': {
      const { from, topic, payload, qos, retain, refused } = event.frame
      const flags = [
        ...(qos === 1 || isTelemetry(event) ? [] : [`QoS ${qos}`]),
        ...(retain ? ['retained'] : []),
        ...(refused === undefined ? [] : [`refused: ${visible(refused)}`]),
      ]
      const note = flags.length === 0 ? '' : ` [${flags.join(', ')}]`
      const place = visible(topic).replace(/^(thing|sys)\/product\//, `${dots}/`)
      return `MQTT   ${visible(from)} ${arrow} ${place}${note} ${short(payload, dots)}`.trimEnd()
    }
    default:
      return unreachable(event)
  }
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
