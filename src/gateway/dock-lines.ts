import type { Presence, PresenceEvent } from './presence.ts'
import { longestSilenceMs, settleMs } from './presence.ts'
import type { Clock } from './seams.ts'

export interface DockLinesOptions {
  readonly clock: Clock
  readonly next: (presence: Presence, event: PresenceEvent) => Presence
  /** What the store remembers of the docks from before the start. */
  readonly remembered: ReadonlyMap<string, Presence>
  /** A dock's presence has changed. */
  readonly changed: (gateway_sn: string, presence: Presence) => void
}

interface Watch {
  heardAt: number
  cancel: () => void
}

/** Keeps which docks are on line, with the timers of silence. Knows nothing of commands. */
export class DockLines {
  readonly #options: DockLinesOptions
  readonly #presences = new Map<string, Presence>()
  /** Docks that send telemetry; the others may be silent for as long as they like. */
  readonly #watches = new Map<string, Watch>()
  #settling: () => void = () => undefined

  constructor(options: DockLinesOptions) {
    this.#options = options
    for (const [gateway_sn, presence] of options.remembered) {
      this.#presences.set(gateway_sn, options.next(presence, 'restarted'))
    }
  }

  isOnline(gateway_sn: string): boolean {
    return this.#presences.get(gateway_sn) === 'online'
  }

  /** The dock has sent its `update_topo`: whether it sends telemetry from now on has to show again. */
  announced(gateway_sn: string): void {
    this.#unwatch(gateway_sn)
    this.#apply(gateway_sn, 'announced')
  }

  left(gateway_sn: string): void {
    this.#unwatch(gateway_sn)
    this.#apply(gateway_sn, 'left')
  }

  /** The dock has sent anything else. */
  heard(gateway_sn: string): void {
    const watch = this.#watches.get(gateway_sn)
    if (watch !== undefined) watch.heardAt = this.#options.clock.now()
    this.#apply(gateway_sn, 'heard')
  }

  /** The dock has sent telemetry, and so will go on doing it. */
  telemetry(gateway_sn: string): void {
    this.heard(gateway_sn)
    if (this.isOnline(gateway_sn) && !this.#watches.has(gateway_sn)) this.#watch(gateway_sn)
  }

  /** The gateway's own link is gone: what the docks do now is not heard. */
  linkLost(): void {
    this.#settling()
    for (const gateway_sn of this.#watches.keys()) this.#unwatch(gateway_sn)
    for (const gateway_sn of this.#presences.keys()) this.#apply(gateway_sn, 'linkLost')
  }

  linkBack(): void {
    this.#settling = this.#options.clock.after(settleMs, () => {
      for (const gateway_sn of this.#presences.keys()) this.#apply(gateway_sn, 'settled')
    })
  }

  /** Takes all timers back. */
  stop(): void {
    this.#settling()
    for (const gateway_sn of this.#watches.keys()) this.#unwatch(gateway_sn)
  }

  #apply(gateway_sn: string, event: PresenceEvent): void {
    const before = this.#presences.get(gateway_sn) ?? 'offline'
    const after = this.#options.next(before, event)
    if (after === before) return
    this.#presences.set(gateway_sn, after)
    this.#options.changed(gateway_sn, after)
  }

  #watch(gateway_sn: string): void {
    const { clock } = this.#options
    const watch: Watch = { heardAt: clock.now(), cancel: () => undefined }
    const look = (): void => {
      const left = watch.heardAt + longestSilenceMs - clock.now()
      if (left > 0) {
        watch.cancel = clock.after(left, look)
        return
      }
      this.#watches.delete(gateway_sn)
      this.#apply(gateway_sn, 'quiet')
    }
    watch.cancel = clock.after(longestSilenceMs, look)
    this.#watches.set(gateway_sn, watch)
  }

  #unwatch(gateway_sn: string): void {
    this.#watches.get(gateway_sn)?.cancel()
    this.#watches.delete(gateway_sn)
  }
}
