interface Span {
  readonly from: number
  /** With the time of recovery. */
  to: number
}

interface DockChange {
  readonly at: number
  /** `again`: it has told the gateway of itself once more. */
  readonly to: 'up' | 'down' | 'again'
}

/** How long after the broker's trouble links may still be coming back, in milliseconds; a gateway that is ready has its own. */
const recovery_ms = { broker: 5_000, gateway: 0 }

/** What is known of the rig's parts over time: gateway, broker, docks. All instants in milliseconds since the Unix epoch. */
export class RigLog {
  readonly #outages: Span[] = []
  readonly #open = new Map<'gateway' | 'broker', Span>()
  readonly #docks = new Map<string, DockChange[]>()
  readonly #restarts: number[] = []

  gateway(is: 'ready' | 'stopped', at: number): void {
    if (is === 'ready' && this.#open.has('gateway')) this.#restarts.push(at)
    this.#mark('gateway', is === 'ready' ? 'over' : 'begins', at)
  }

  broker(is: 'up' | 'down' | 'faulty', at: number): void {
    this.#mark('broker', is === 'up' ? 'over' : 'begins', at)
  }

  /** The dock's link changed, or the dock has told the gateway again that it is there. */
  dock(sn: string, to: DockChange['to'], at: number): void {
    const changes = this.#docks.get(sn) ?? []
    if (changes.length === 0) this.#docks.set(sn, changes)
    changes.push({ at, to })
    if (changes.length > 1_000) changes.shift()
  }

  /** Whether neither an outage nor a fault, nor the recovery from one, touched the span. */
  isCalm(from: number, to: number): boolean {
    return !this.#outages.some((outage) => outage.from <= to && outage.to >= from)
  }

  /** Whether the gateway was restarted within the span, ends included. */
  wasRestarted(from: number, to: number): boolean {
    return this.#restarts.some((at) => at >= from && at <= to)
  }

  /** Whether the dock was on line, and known to be, over the whole span without trouble. */
  isConnected(sn: string, from: number, to: number): boolean {
    const before = this.#before(sn, from)
    const since = before.findLastIndex((change) => change.to !== 'again')
    if (before[since]?.to !== 'up' || this.#changes(sn, from, to).length > 0) return false
    return this.isCalm(before.at(-1)?.at ?? from, to)
  }

  /** Whether the dock was off line over the whole span. */
  isOffline(sn: string, from: number, to = from): boolean {
    const last = this.#before(sn, from).findLast((change) => change.to !== 'again')
    return last?.to === 'down' && this.#changes(sn, from, to).length === 0
  }

  /** When the dock next came on line after an instant, if it did. */
  nextUp(sn: string, after: number): number | undefined {
    return this.#docks.get(sn)?.find(({ at, to }) => to === 'up' && at > after)?.at
  }

  /** Whether the dock had been off line ever since the judge began to listen. */
  wasNeverUp(sn: string, until: number): boolean {
    const changes = this.#docks.get(sn)?.filter(({ at }) => at <= until) ?? []
    return changes.length > 0 && changes.every(({ to }) => to === 'down')
  }

  #before(sn: string, at: number): readonly DockChange[] {
    return this.#docks.get(sn)?.filter((change) => change.at <= at) ?? []
  }

  #changes(sn: string, after: number, until: number): readonly DockChange[] {
    const changes = this.#docks.get(sn) ?? []
    return changes.filter(({ at, to }) => to !== 'again' && at > after && at <= until)
  }

  #mark(part: 'gateway' | 'broker', what: 'begins' | 'over', at: number): void {
    const open = this.#open.get(part)
    if (what === 'over') {
      if (open !== undefined) open.to = at + recovery_ms[part]
      this.#open.delete(part)
      return
    }
    if (open !== undefined) return
    const span: Span = { from: at, to: Infinity }
    this.#open.set(part, span)
    this.#outages.push(span)
    if (this.#outages.length > 1_000) this.#outages.shift()
  }
}
