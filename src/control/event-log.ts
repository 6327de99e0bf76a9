import type { RigEvent } from '../library-events.ts'

/** An event with its number, from 1, as `last-event-id` names it. */
export interface NumberedEvent {
  readonly id: number
  readonly event: RigEvent
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
  readonly #listeners = new Set<Listener>()
  #events: NumberedEvent[] = []
  #last = 0

  constructor(limit = 1_000) {
    this.#limit = limit
  }

  add(event: RigEvent): void {
    const numbered = { id: ++this.#last, event }
    this.#events.push(numbered)
    // Cutting seldom is cheaper than shifting always.
    if (this.#events.length >= 2 * this.#limit) this.#events = this.#events.slice(-this.#limit)
    for (const tell of this.#listeners) tell(numbered)
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
  const about = event.kind === 'frame' ? event.frame.device : deviceOf(event)
  return about !== undefined && devices.includes(about)
}

function deviceOf(event: RigEvent): string | undefined {
  return event.kind === 'device' ? event.device : undefined
}
