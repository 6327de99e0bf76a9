import type { Activity, Cancel, Clock, VirtualClock } from '../../simulator/index.ts'
import { turn, untilQuiet } from '../../simulator/index.ts'

/** How waiting happens. Scenarios and the library say what they wait for; whether time is virtual is decided here. */
export interface Pace {
  readonly kind: 'virtual' | 'real'
  readonly clock: Clock
  /** Waits until `check` holds, or until the instant `deadline` (ms since the epoch; Infinity for none). */
  until(check: () => boolean, deadline: number): Promise<'seen' | 'late'>
  /** Lets so much scenario time pass. */
  pass(ms: number): Promise<void>
  /** Hands on what `work` gives; meanwhile virtual time may move, since work may wait for a timer. */
  during<T>(work: Promise<T>): Promise<T>
  /** Virtual: nothing is under way any more. Real: whatever is ready has run. */
  settle(): Promise<void>
  /** Something happened that may make a check true. */
  poke(): void
}

interface Waiter {
  readonly check: () => boolean
  readonly give: (result: 'seen' | 'late') => void
  readonly fail: (error: unknown) => void
  readonly cancel: Cancel
  isLate: boolean
}

/**
 * Waiting is advancing: when the rig is quiet and everybody waits, the clock moves to its earliest timer. Only this
 * class moves it.
 */
export class VirtualPace implements Pace {
  readonly kind = 'virtual'
  readonly clock: VirtualClock
  readonly #activity: Activity
  readonly #turns: number | undefined
  readonly #waiters = new Set<Waiter>()
  #driver: 'idle' | 'driving' = 'idle'

  /** `turns`: how long the rig must be still; only a test of quiet itself gives it. */
  constructor(clock: VirtualClock, activity: Activity, turns?: number) {
    this.clock = clock
    this.#activity = activity
    this.#turns = turns
  }

  until(check: () => boolean, deadline: number): Promise<'seen' | 'late'> {
    return new Promise((give, fail) => {
      const left = deadline - this.clock.now()
      const waiter: Waiter = {
        check,
        give,
        fail,
        isLate: false,
        cancel: Number.isFinite(left)
          ? this.clock.after(left, () => {
              waiter.isLate = true
            })
          : () => undefined,
      }
      this.#waiters.add(waiter)
      if (this.#driver === 'idle') void this.#drive()
    })
  }

  async pass(ms: number): Promise<void> {
    await this.until(() => false, this.clock.now() + ms)
  }

  async during<T>(work: Promise<T>): Promise<T> {
    let isOver = false
    const over = (): void => {
      isOver = true
    }
    work.then(over, over)
    await this.until(() => isOver, Infinity)
    return work
  }

  async settle(): Promise<void> {
    await this.until(() => true, Infinity)
  }

  poke(): void {
    // Every check is looked at whenever the rig is quiet.
  }

  async #drive(): Promise<void> {
    this.#driver = 'driving'
    while (this.#waiters.size > 0) {
      await untilQuiet(this.#activity, this.#turns)
      if (this.#giveReady()) continue
      if (!this.clock.advance()) this.#giveUp()
    }
    this.#driver = 'idle'
  }

  #giveReady(): boolean {
    let given = false
    for (const waiter of this.#waiters) {
      const result = lookAt(waiter)
      if (result === undefined) continue
      this.#waiters.delete(waiter)
      waiter.cancel()
      given = true
    }
    return given
  }

  /** No timer is left, so nothing can ever come. */
  #giveUp(): void {
    for (const waiter of this.#waiters) {
      waiter.fail(new Error('Bug: a wait without a deadline, and no timer that could end it'))
    }
    this.#waiters.clear()
  }
}

/** On somebody else's gateway: time passes by itself, and a check is looked at whenever something happened. */
export class RealPace implements Pace {
  readonly kind = 'real'
  readonly clock: Clock
  readonly #waiters = new Set<Waiter>()

  constructor(clock: Clock) {
    this.clock = clock
  }

  until(check: () => boolean, deadline: number): Promise<'seen' | 'late'> {
    return new Promise((give, fail) => {
      const left = deadline - this.clock.now()
      const waiter: Waiter = {
        check,
        give,
        fail,
        isLate: left <= 0,
        cancel:
          Number.isFinite(left) && left > 0
            ? this.clock.after(left, () => this.#late(waiter))
            : () => undefined,
      }
      this.#waiters.add(waiter)
      this.#look(waiter)
    })
  }

  async pass(ms: number): Promise<void> {
    await new Promise<void>((resolve) => this.clock.after(ms, resolve))
  }

  during<T>(work: Promise<T>): Promise<T> {
    return work
  }

  async settle(): Promise<void> {
    await turn()
  }

  poke(): void {
    for (const waiter of this.#waiters) this.#look(waiter)
  }

  #late(waiter: Waiter): void {
    waiter.isLate = true
    this.#look(waiter)
  }

  #look(waiter: Waiter): void {
    if (lookAt(waiter) === undefined) return
    this.#waiters.delete(waiter)
    waiter.cancel()
  }
}

/** Answers a waiter whose wait is over; undefined while it is not. */
function lookAt(waiter: Waiter): 'given' | undefined {
  try {
    const isSeen = waiter.check()
    if (!isSeen && !waiter.isLate) return undefined
    waiter.give(isSeen ? 'seen' : 'late')
  } catch (error) {
    waiter.fail(error)
  }
  return 'given'
}
