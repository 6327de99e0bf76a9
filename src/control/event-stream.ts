import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ServerResponse } from 'node:http'
import { ControlError } from './control-error.ts'
import type { EventFilter, EventLog, NumberedEvent } from './event-log.ts'
import { isWanted } from './event-log.ts'

export interface EventStreamOptions {
  readonly log: EventLog
  readonly after: (ms: number, run: () => void) => () => void
}

/** Something is written at least so often, so that nobody in between takes the line for dead. */
const beatMs = 15_000
/** A reader that lets more than this pile up is sent away; it comes back with `last-event-id`. */
const mostWaitingBytes = 4 * 1024 * 1024

const kinds = ['frame', 'finding', 'device', 'script', 'trouble']

/** `GET /events`: what happens in the rig, as server-sent events. */
export function addEventStream(app: FastifyInstance, { log, after }: EventStreamOptions): void {
  const streams = new Set<ServerResponse>()
  app.get('/events', (request, reply) => {
    const filter = filterOf(request)
    const since = lastIdOf(request)
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    raw.write('retry: 1000\n\n')
    const send = ({ id, event }: NumberedEvent): void => {
      if (!isWanted(event, filter)) return
      if (raw.writableLength > mostWaitingBytes) raw.destroy()
      else raw.write(`id: ${id}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`)
    }
    if (since !== undefined) {
      const missed = log.since(since)
      if (!missed.isWhole) raw.write('event: gap\ndata: {}\n\n')
      for (const event of missed.events) send(event)
    }
    const stop = log.listen(send)
    const still = beating(raw, after)
    streams.add(raw)
    raw.once('close', () => {
      stop()
      still()
      streams.delete(raw)
    })
  })
  // A stream never ends by itself, and closing waits for those that are open.
  app.addHook('preClose', (done) => {
    for (const stream of streams) stream.end()
    done()
  })
}

function beating(raw: ServerResponse, after: EventStreamOptions['after']): () => void {
  let cancel = after(beatMs, beat)
  function beat(): void {
    raw.write(': still here\n\n')
    cancel = after(beatMs, beat)
  }
  return () => cancel()
}

function filterOf({ query }: FastifyRequest): EventFilter {
  const { kind, device } = query as Readonly<Record<string, unknown>>
  const wanted = wordsOf(kind)
  const unknown = wanted.find((word) => !kinds.includes(word))
  if (unknown !== undefined)
    throw new ControlError(
      'QUERY_INVALID',
      `Cannot send events of the kind "${unknown}": there is none. Choose of ${kinds.join(', ')}.`,
    )
  return { kinds: wanted, devices: wordsOf(device) }
}

function lastIdOf({ headers, query }: FastifyRequest): number | undefined {
  const { since } = query as Readonly<Record<string, unknown>>
  const given = headers['last-event-id'] ?? since
  if (given === undefined) return undefined
  if (typeof given === 'string' && /^\d{1,15}$/.test(given)) return Number(given)
  throw new ControlError(
    'QUERY_INVALID',
    `Cannot go on after the event ${JSON.stringify(given)}: it is no number. Send the id of the last event that was heard.`,
  )
}

/** `a,b` and repeated parameters are a list. */
function wordsOf(value: unknown): readonly string[] {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value]
  return texts
    .flatMap((text) => (typeof text === 'string' ? text.split(',') : []))
    .filter((word) => word !== '')
}
