import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ServerResponse } from 'node:http'
import { addRoute } from './add-route.ts'
import { ControlError } from './control-error.ts'
import type { EventFilter, EventLog, NumberedEvent } from './event-log.ts'
import { isWanted } from './event-log.ts'
import { readQuery } from './read-query.ts'
import { routes } from './routes.ts'

export interface EventStreamOptions {
  readonly log: EventLog
  readonly after: (ms: number, run: () => void) => () => void
}

/** Something is written at least so often, so that nobody in between takes the line for dead. */
const beatMs = 15_000
/** A reader that lets more than this pile up is sent away; it comes back with `last-event-id`. */
const mostWaitingBytes = 4 * 1024 * 1024
/** So many may listen at once: each may hold back as much as that. */
const mostReaders = 32

/** `GET /events`: what happens in the rig, as server-sent events. */
export function addEventStream(app: FastifyInstance, { log, after }: EventStreamOptions): void {
  const readers = new Map<ServerResponse, () => void>()
  addRoute(app, routes.hearEvents, (request, reply) => {
    const { kind = [], device = [], since } = readQuery(routes.hearEvents.query, request.query)
    const last = lastHeard(request) ?? since
    if (readers.size >= mostReaders)
      throw new ControlError(
        'TOO_MANY_READERS',
        `Cannot send events to one more reader: ${mostReaders} listen already. Close one of them.`,
      )
    reply.hijack()
    const { raw } = reply
    const leave = (): void => {
      readers.get(raw)?.()
      readers.delete(raw)
    }
    raw.once('close', leave)
    readers.set(raw, listen(raw, { kinds: kind, devices: device }, { log, last, after }))
  })
  // A stream never ends by itself, and closing waits for those that are open.
  app.addHook('preClose', (done) => {
    for (const [raw, stop] of readers) {
      stop()
      raw.end()
    }
    done()
  })
}

interface Source {
  readonly log: EventLog
  /** The last event that the reader has heard; nothing was missed when it is not known. */
  readonly last: number | undefined
  readonly after: EventStreamOptions['after']
}

/** Sends what was missed and what comes; returns what ends it. */
function listen(raw: ServerResponse, filter: EventFilter, { log, last, after }: Source): () => void {
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  raw.write('retry: 1000\n\n')
  const send = (numbered: NumberedEvent): void => {
    if (!isWanted(numbered.event, filter)) return
    if (raw.writableLength > mostWaitingBytes) raw.destroy()
    else raw.write(numbered.text)
  }
  if (last !== undefined) {
    const missed = log.since(last)
    if (!missed.isWhole) raw.write('event: gap\ndata: {}\n\n')
    for (const event of missed.events) send(event)
  }
  const stop = log.listen(send)
  const still = beating(raw, after)
  return () => {
    stop()
    still()
  }
}

function beating(raw: ServerResponse, after: EventStreamOptions['after']): () => void {
  let cancel = after(beatMs, beat)
  function beat(): void {
    raw.write(': still here\n\n')
    cancel = after(beatMs, beat)
  }
  return () => cancel()
}

/** What a browser that comes back says, or any other reader. */
function lastHeard({ headers }: FastifyRequest): number | undefined {
  const given = headers['last-event-id']
  if (given === undefined) return undefined
  if (typeof given === 'string' && /^\d{1,15}$/.test(given)) return Number(given)
  throw new ControlError(
    'QUERY_INVALID',
    `Cannot go on after the event ${JSON.stringify(given)}: it is no number. Send the id of the last event that was heard.`,
  )
}
