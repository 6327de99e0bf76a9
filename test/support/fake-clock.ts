import type { Clock } from '../../src/gateway/index.ts'

interface Timer {
  readonly due: number
  readonly order: number
  readonly run: () => void
}

/** A clock that moves only when a test says so. */
export class FakeClock implements Clock {
  #now = Date.UTC(2026, 0, 1)
  #order = 0
  #timers: Timer[] = []

  now(): number {
    return this.#now
  }

  after(ms: number, run: () => void): () => void {
    const timer = { due: this.#now + ms, order: this.#order++, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  /** Timers that wait to fire. */
  get pending(): number {
    return this.#timers.length
  }

  /** Moves on, firing what falls due on the way in order. */
  advance(ms: number): void {
    const until = this.#now + ms
    for (let timer = this.#next(until); timer !== undefined; timer = this.#next(until)) {
      this.#now = Math.max(this.#now, timer.due)
      timer.run()
    }
    this.#now = until
  }

  /** Moves on without firing anything, as when the process was busy. */
  lag(ms: number): void {
    this.#now += ms
  }

  #next(until: number): Timer | undefined {
    const [first] = this.#timers.toSorted((a, b) => a.due - b.due || a.order - b.order)
    if (first === undefined || first.due > until) return undefined
    this.#timers = this.#timers.filter((other) => other !== first)
    return first
  }
}
