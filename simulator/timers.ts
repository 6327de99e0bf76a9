import type { Cancel, Clock } from './clock.ts'

/** Timers that end with their owner. */
export class Timers {
  readonly #clock: Clock
  readonly #open = new Set<Cancel>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  after(ms: number, run: () => void): Cancel {
    const cancel = this.#clock.after(ms, () => {
      this.#open.delete(stop)
      run()
    })
    const stop = (): void => {
      this.#open.delete(stop)
      cancel()
    }
    this.#open.add(stop)
    return stop
  }

  /** Resolves after so much scenario time; at once for zero. Never resolves when cancelled. */
  async pass(ms: number): Promise<void> {
    if (ms <= 0) return
    await new Promise<void>((resolve) => this.after(ms, resolve))
  }

  cancelAll(): void {
    for (const cancel of this.#open) cancel()
  }
}
