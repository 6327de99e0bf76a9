import type { DownFamily, GatewayProduct, JsonObject } from '../contracts/index.ts'
import { Alarms } from './alarms.ts'
import type { Topology } from './announcement.ts'
import { aircraftKind } from './announcement.ts'
import type { AircraftKind, Answer, Behavior, DockView, DownRequest, Question, Stage } from './behavior.ts'
import { firstAnswer } from './behavior.ts'
import type { DockOptions } from './dock-options.ts'
import type { DockState } from './dock-state.ts'
import { HeldReplies } from './held-replies.ts'
import type { DockIdentity } from './identity.ts'
import { play } from './player.ts'
import type { Leaving } from './session.ts'
import { Session } from './session.ts'
import { Telemetry } from './telemetry.ts'
import { Timers } from './timers.ts'
import type { Timing } from './timing.ts'
import type { PublishOptions } from './transport.ts'

/** A virtual dock: identity, state, and behaviours of which the newest answers first. Knows no method of the protocol. */
export class Dock implements DockView {
  readonly name: string
  readonly identity: DockIdentity
  readonly model: string
  readonly product: GatewayProduct
  readonly aircraft: AircraftKind | undefined
  readonly held = new HeldReplies()
  readonly timers: Timers
  /** Resolves when it has ended: what it was about to do is never done then. */
  readonly ended: Promise<void>
  state: DockState
  readonly #options: DockOptions
  readonly #session: Session
  readonly #telemetry: Telemetry
  readonly #alarms: Alarms
  #behaviors: readonly Behavior[]
  #calls = 0
  #end: () => void = () => undefined

  constructor(options: DockOptions) {
    const { clock, identity } = options
    this.#options = options
    this.name = options.name
    this.identity = identity
    this.model = options.model.id
    this.product = options.model.properties as GatewayProduct
    this.aircraft = aircraftKind(options.aircraftModel)
    this.state = options.initial
    this.timers = new Timers(clock)
    this.ended = new Promise((resolve) => {
      this.#end = resolve
    })
    this.#behaviors = options.behaviors
    this.#telemetry = new Telemetry(this, options.telemetry)
    this.#alarms = new Alarms(this)
    this.#session = new Session({
      gateway_sn: identity.gateway_sn,
      now: () => clock.now(),
      newId: options.newId,
      timers: this.timers,
      answerMs: options.timing.answerMs,
      connect: options.connect,
      topology: () => this.#topology(),
      introduction: () => options.introduction,
      onRequest: (request) => this.#hear(request),
      onAnnounced: () => void this.#goOn(),
    })
  }

  get gateway_sn(): string {
    return this.identity.gateway_sn
  }
  get aircraft_sn(): string {
    return this.identity.aircraft_sn
  }
  get timing(): Timing {
    return this.#options.timing
  }
  /** Whether it is connected and talks. */
  get isOnline(): boolean {
    return this.#session.isOnline
  }

  now(): number {
    return this.#options.clock.now()
  }
  newId(): string {
    return this.#options.newId()
  }
  random(): number {
    return this.#options.random()
  }

  /** Connects, subscribes and announces itself; comes back by itself when the line breaks. */
  connect(): Promise<void> {
    return this.#session.connect()
  }
  disconnect(how: Leaving): Promise<void> {
    return this.#session.disconnect(how)
  }
  /** The line breaks, and it is back after `awayMs`, unless it was told to come or go meanwhile. */
  restart(awayMs: number): Promise<void> {
    return this.#session.restart(awayMs)
  }
  dropLine(): void {
    this.#session.dropLine()
  }
  untilOnline(): Promise<void> {
    return this.#session.untilOnline()
  }
  /** Tells the cloud that the dock is on line, and whether its aircraft is. */
  announce(): void {
    this.#session.announce()
  }
  perform(stage: Stage): Promise<void> {
    return this.#options.perform(this, stage)
  }
  /** Asks the cloud; `undefined` when it does not answer in time. */
  ask(question: Question): Promise<Answer> {
    return this.#session.ask(question)
  }
  /** Each time the dock waits twice as long for the cloud to acknowledge an event. */
  acknowledged(tid: string, attempt: number): Promise<boolean> {
    return this.#answered(
      (family, message) => family === 'events_reply' && message['tid'] === tid,
      this.timing.answerMs * 2 ** attempt,
    )
  }
  /** Hears the answers of the cloud: `requests_reply`, `events_reply`, `status_reply`. Returns what ends it. */
  onAnswer(listener: (family: DownFamily, message: JsonObject) => void): () => void {
    return this.#session.onAnswer(listener)
  }
  /** Publishes on the dock's own connection; a message of a dock that is away or silent is lost. */
  publish(topic: string, payload: Uint8Array, options: PublishOptions & { retain: boolean }): Promise<void> {
    return this.#session.publish(topic, payload, options)
  }

  /** Changes what the dock is like; the cloud is told of an aircraft that comes or goes, and of its state. */
  change(patch: (state: DockState) => DockState): void {
    const before = this.state
    this.state = patch(before)
    if (this.state.aircraftLink !== before.aircraftLink) this.announce()
    this.#telemetry.tellChange(before)
    this.#alarms.tell()
  }

  /** Puts a behaviour in front of all others; returns what takes it back. */
  use(behavior: Behavior): () => void {
    this.#behaviors = [behavior, ...this.#behaviors]
    return () => {
      this.#behaviors = this.#behaviors.filter((other) => other !== behavior)
    }
  }

  /** Ends it for good: it does nothing more, and does not come back. */
  async close(): Promise<void> {
    this.timers.cancelAll()
    this.#end()
    await this.#session.close()
  }

  /** Announced, the dock goes on when the cloud has answered, or has not in time. */
  async #goOn(): Promise<void> {
    if (!this.#telemetry.isOn && !this.#alarms.isDue) return
    await this.#answered((family) => family === 'status_reply', this.timing.answerMs)
    this.#telemetry.start()
    this.#alarms.tell()
  }

  #answered(isIt: (family: DownFamily, message: JsonObject) => boolean, ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (came: boolean): void => {
        stop()
        giveUp()
        resolve(came)
      }
      const stop = this.onAnswer((family, message) => isIt(family, message) && end(true))
      const giveUp = this.timers.after(ms, () => end(false))
    })
  }

  #topology(): Topology {
    const { gateway_sn, aircraft_sn, state } = this
    const { model, aircraftModel } = this.#options
    return { gateway_sn, aircraft_sn, model, aircraftModel, aircraftLink: state.aircraftLink }
  }

  #hear(request: Omit<DownRequest, 'call' | 'at'>): void {
    if (request.family === 'services') this.#calls++
    const numbered = { ...request, call: this.#calls, at: this.now() }
    play(() => firstAnswer(this.#behaviors, numbered, this), numbered, this).catch(this.#options.onTrouble)
  }
}
