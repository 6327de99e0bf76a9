import { createHash } from 'node:crypto'

/** A nonce as it was used, with the time (Unix seconds) of its request and of now. */
export interface NonceUse {
  readonly api_id: string
  readonly nonce: string
  readonly timestamp: number
  readonly now: number
}

export type NonceVerdict = 'fresh' | 'replayed' | 'forgotten'

/** Remembers the nonces of each API ID for as long as their timestamps are accepted. May be kept outside the process. */
export interface NonceMemory {
  /** Uses a nonce up. `forgotten`: so many came that requests of that age can no longer be told from replays. */
  use(nonce: NonceUse): NonceVerdict | Promise<NonceVerdict>
}

export interface NonceLimits {
  readonly windowSeconds: number
  /** Nonces remembered for each API ID. */
  readonly max: number
}

/** Bounded: when it is full the oldest second goes, and from then on requests as old as that are refused. */
export function createNonceMemory(limits: NonceLimits): NonceMemory {
  const ledgers = new Map<string, NonceLedger>()
  return {
    use(nonce) {
      const ledger = ledgers.get(nonce.api_id) ?? new NonceLedger(limits)
      ledgers.set(nonce.api_id, ledger)
      return ledger.use(nonce)
    },
  }
}

class NonceLedger {
  readonly #limits: NonceLimits
  readonly #bySecond = new Map<number, Set<string>>()
  readonly #known = new Set<string>()
  /** Requests of this second and before it are beyond memory. */
  #floor = -Infinity
  #purgedAt = -Infinity

  constructor(limits: NonceLimits) {
    this.#limits = limits
  }

  use({ nonce, timestamp, now }: NonceUse): NonceVerdict {
    this.#purge(now)
    const key = shorten(nonce)
    if (this.#known.has(key)) return 'replayed' // rule: sign-nonce
    if (timestamp <= this.#floor) return 'forgotten'
    while (this.#known.size >= this.#limits.max) this.#forget(Math.min(...this.#bySecond.keys()))
    const second = this.#bySecond.get(timestamp) ?? new Set()
    this.#bySecond.set(timestamp, second.add(key))
    this.#known.add(key)
    return 'fresh'
  }

  /** Drops what the window refuses anyway. */
  #purge(now: number): void {
    if (now === this.#purgedAt) return
    this.#purgedAt = now
    for (const second of this.#bySecond.keys()) {
      if (second < now - this.#limits.windowSeconds) this.#drop(second)
    }
  }

  #forget(second: number): void {
    this.#drop(second)
    this.#floor = Math.max(this.#floor, second)
  }

  #drop(second: number): void {
    for (const nonce of this.#bySecond.get(second) ?? []) this.#known.delete(nonce)
    this.#bySecond.delete(second)
  }
}

/** A caller may send a nonce of any length; what is remembered of it is bounded. */
function shorten(nonce: string): string {
  return nonce.length <= 64 ? nonce : createHash('sha256').update(nonce).digest('base64')
}
