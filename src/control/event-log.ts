import type { RigEvent } from '../library-events.ts'
import { showEvent } from './show-event.ts'

/** An event with its number, from 1, as `last-event-id` names it. */
export interface NumberedEvent {
  readonly id: number
  readonly event: RigEvent
  /** As it is sent; made when somebody wants to hear it, once for all. */
  readonly text: string
}

/** What of a rig's events somebody wants to hear; everything when nothing is named. */
export interface EventFilter {
  readonly kinds: readonly string[]
  readonly devices: readonly string[]
}

/** What was missed: those that are kept, and whether older ones are lost. */
export interface Missed {
  readonly events: readonly NumberedEvent[]
  readonly isWhole: boolean
}

type Listener = (event: NumberedEvent) => void

/** The last events of a rig, numbered; whoever comes back hears what was missed, as far as it is kept. */
export class EventLog {
  readonly #limit: number
  readonly #mostBytes: number
  readonly #listeners = new Set<Listener>()
  #events: NumberedEvent[] = []
  #bytes = 0
  #last = 0

  /** `limit`: how many events are kept; fewer when they are large, so that they stay within `mostBytes` or so. */
  constructor(limit = 1_000, mostBytes = 16 * 1024 * 1024) {
    this.#limit = limit
    this.#mostBytes = mostBytes
  }

  add(event: RigEvent): void {
    const numbered = numberedEvent(++this.#last, event)
    this.#events.push(numbered)
    this.#bytes += sizeOf(event)
    // Cutting seldom is cheaper than shifting always.
    if (this.#events.length >= 2 * this.#limit || this.#bytes > this.#mostBytes) this.#cut()
    for (const tell of this.#listeners) tell(numbered)
  }

  #cut(): void {
    const kept: NumberedEvent[] = []
    this.#bytes = 0
    for (const each of this.#events.slice(-this.#limit).reverse()) {
      const size = sizeOf(each.event)
      if (this.#bytes + size > this.#mostBytes / 2) break
      this.#bytes += size
      kept.push(each)
    }
    this.#events = kept.reverse()
  }

  /** Events after a number, oldest first. A number that was never given is of another run: everything is new then. */
  since(id: number): Missed {
    const kept = this.#events.slice(-this.#limit)
    if (id > this.#last) return { events: kept, isWhole: false }
    const events = kept.filter((each) => each.id > id)
    return { events, isWhole: events.length === this.#last - id }
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

/** Whether somebody wants to hear an event. */
export function isWanted(event: RigEvent, { kinds, devices }: EventFilter): boolean {
  if (kinds.length > 0 && !kinds.includes(event.kind)) return false
  if (devices.length === 0) return true
  const about = deviceOf(event)
  return about !== undefined && devices.includes(about)
}

function deviceOf(event: RigEvent): string | undefined {
  switch (event.kind) {
    case 'frame':
      return event.frame.device
    case 'http':
      return event.device_id
    case 'device':
      return event.device
    default:
      return undefined
  }
}

function numberedEvent(id: number, event: RigEvent): NumberedEvent {
  let text: string | undefined
  return {
    id,
    event,
    get text() {
      text ??= `id: ${id}\nevent: ${event.kind}\ndata: ${JSON.stringify(showEvent(event))}\n\n`
      return text
    },
  }
}

function sizeOf(event: RigEvent): number {
  return event.kind === 'frame' ? event.frame.payload.length : 0
}
