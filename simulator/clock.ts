/** Takes back a timer; calling it twice or too late does nothing. */
export type Cancel = () => void

/** The one door to time. Milliseconds since the Unix epoch; a virtual clock begins at `virtualEpoch`. */
export interface Clock {
  now(): number
  after(ms: number, run: () => void): Cancel
}

/** Where scenario time begins on a virtual clock: 2026-01-01T00:00:00Z. */
export const virtualEpoch = Date.UTC(2026, 0, 1)

/** The longest timer there is, in milliseconds (24.8 days): for libraries whose timers cannot be switched off. */
export const longestTimerMs = 2_147_483_647

/** Real time. Timers keep the process alive until they fire or are cancelled. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** Milliseconds of wall time since the process began; for durations that people read, never for decisions. */
export function wallMs(): number {
  return performance.now()
}

interface Timer {
  readonly due: number
  readonly order: number
  readonly run: () => void
}

/** A clock that stands still until `advance` moves it. Timers of one instant run in the order in which they were set. */
export class VirtualClock implements Clock {
  #now: number
  #order = 0
  /** Sorted by due time, then by order; rigs hold a few dozen timers, so inserting is cheap. */
  readonly #timers: Timer[] = []

  constructor(start: number = virtualEpoch) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  after(ms: number, run: () => void): Cancel {
    const timer = { due: this.#now + Math.max(0, ms), order: this.#order++, run }
    this.#timers.splice(this.#placeOf(timer.due), 0, timer)
    return () => {
      const place = this.#timers.indexOf(timer)
      if (place >= 0) this.#timers.splice(place, 1)
    }
  }

  /** When the earliest timer is due; undefined when none is set. */
  nextDue(): number | undefined {
    return this.#timers[0]?.due
  }

  /** Timers that wait to fire. */
  get pendingTimers(): number {
    return this.#timers.length
  }

  /** Moves to the earliest timer and runs everything due at that instant; false when there is no timer. */
  advance(): boolean {
    const due = this.nextDue()
    if (due === undefined) return false
    this.#now = due
    const last = this.#order
    // A timer that is set for "now" by one of these belongs to the next step, so that a chain of zeros is seen.
    for (let timer = this.#timers[0]; timer?.due === due && timer.order < last; timer = this.#timers[0]) {
      this.#timers.shift()
      timer.run()
    }
    return true
  }

  #placeOf(due: number): number {
    let low = 0
    let high = this.#timers.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#timers[middle]?.due ?? Infinity) <= due) low = middle + 1
      else high = middle
    }
    return low
  }
}
