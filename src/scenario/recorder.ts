import type { Finding, Frame, HttpExchange, Judge, Observation } from '../../contracts/index.ts'
import { parseTopic } from '../../contracts/index.ts'
import type { Clock, TappedMessage } from '../../simulator/index.ts'

/** Told of what happens in a rig, as it happens. */
export interface RecorderListener {
  frame?(frame: Frame): void
  exchange?(exchange: HttpExchange): void
  finding?(finding: Finding): void
  /** Anything at all. */
  change?(): void
}

/** The one order of everything that happens in a rig; feeds the judge and whoever listens. Bounded by `limit`. */
export class Recorder {
  readonly judge: Judge
  readonly #clock: Clock
  readonly #limit: number
  readonly #listeners: RecorderListener[] = []
  readonly #changes = new Map<string, number>()
  #frames: Frame[] = []
  #seq = 0

  constructor(clock: Clock, judge: Judge, limit = 200_000) {
    this.#clock = clock
    this.judge = judge
    this.#limit = limit
  }

  /** Every frame that was heard, oldest first. */
  get frames(): readonly Frame[] {
    return this.#frames
  }

  /** The number of what happens next. */
  nextSeq(): number {
    return ++this.#seq
  }

  listen(listener: RecorderListener): () => void {
    this.#listeners.push(listener)
    return () => {
      this.#listeners.splice(this.#listeners.indexOf(listener), 1)
    }
  }

  /** How often something happened that may move a command of this dock; `*` for the rig as a whole. */
  changesOf(gateway_sn: string): number {
    return (this.#changes.get(gateway_sn) ?? 0) + (this.#changes.get('*') ?? 0)
  }

  heard(message: TappedMessage | Omit<TappedMessage, 'sender'>): void {
    const frame: Frame = { seq: this.nextSeq(), at: this.#clock.now(), ...message }
    this.#frames.push(frame)
    if (this.#frames.length > this.#limit) this.#frames = this.#frames.slice(this.#limit / 2)
    this.#observe({ kind: 'frame', frame })
    const topic = parseTopic(frame.topic)
    if (topic?.family === 'services' || topic?.family === 'services_reply') this.#changed(topic.sn)
    for (const listener of this.#listeners) listener.frame?.(frame)
    this.#tell()
  }

  exchanged(exchange: HttpExchange): void {
    this.#observe({ kind: 'http', exchange })
    for (const listener of this.#listeners) listener.exchange?.(exchange)
    this.#tell()
  }

  dock(gateway_sn: string, link: 'up' | 'down'): void {
    this.#changed(gateway_sn)
    this.#observe({ kind: 'dock', seq: this.nextSeq(), at: this.#clock.now(), gateway_sn, link })
    this.#tell()
  }

  gateway(is: 'ready' | 'stopped'): void {
    this.#changed('*')
    this.#observe({ kind: 'gateway', seq: this.nextSeq(), at: this.#clock.now(), is })
    this.#tell()
  }

  broker(is: 'up' | 'down' | 'faulty'): void {
    this.#changed('*')
    this.#observe({ kind: 'broker', seq: this.nextSeq(), at: this.#clock.now(), is })
    this.#tell()
  }

  #observe(observation: Observation): void {
    for (const finding of this.judge.observe(observation)) {
      for (const listener of this.#listeners) listener.finding?.(finding)
    }
  }

  #changed(key: string): void {
    this.#changes.set(key, (this.#changes.get(key) ?? 0) + 1)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener.change?.()
  }
}
