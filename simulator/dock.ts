import type { DownFamily, JsonObject, Model } from '../contracts/index.ts'
import { decodeEnvelope, encodeEnvelope, formatTopic, parseTopic } from '../contracts/index.ts'
import { lastWill, topologyData } from './announcement.ts'
import type { Behavior, DockView, DownRequest } from './behavior.ts'
import { firstAnswer } from './behavior.ts'
import type { Clock } from './clock.ts'
import type { DockState } from './dock-state.ts'
import { HeldReplies } from './held-replies.ts'
import type { DockIdentity } from './identity.ts'
import type { Stage } from './behavior.ts'
import { Timers } from './timers.ts'
import type { Message, Transport } from './transport.ts'

export interface DockOptions {
  readonly name: string
  readonly identity: DockIdentity
  readonly model: Model
  readonly aircraftModel: Model | undefined
  readonly initial: DockState
  /** Newest first. */
  readonly behaviors: readonly Behavior[]
  readonly clock: Clock
  readonly newId: () => string
  readonly random: () => number
  /** Opens the dock's connection to the broker. */
  readonly connect: (will: { readonly topic: string; readonly payload: Uint8Array }) => Promise<Transport>
  /** Plays one stage's effects; the fleet does it, since some effects concern other docks. */
  readonly perform: (dock: Dock, stage: Stage) => Promise<void>
  /** Told of what goes wrong while a plan is played: a template of a script that cannot be filled, for instance. */
  readonly onTrouble: (error: unknown) => void
}

/** How a dock leaves: it says goodbye, its cable is pulled, or it stays connected and says nothing more. */
export type Leaving = 'clean' | 'cut' | 'silent'

const downFamilies: readonly DownFamily[] = [
  'services',
  'property/set',
  'events_reply',
  'requests_reply',
  'status_reply',
  'drc/down',
]

/** A virtual dock: identity, state, and behaviours of which the newest answers first. Knows no method of the protocol. */
export class Dock implements DockView {
  readonly name: string
  readonly identity: DockIdentity
  readonly held = new HeldReplies()
  readonly timers: Timers
  state: DockState
  readonly #options: DockOptions
  #behaviors: readonly Behavior[]
  #transport: Transport | undefined
  #life: { readonly at: 'away' | 'connected' | 'silent' } = { at: 'away' }
  #calls = 0
  readonly #onAnswer: ((family: DownFamily, message: JsonObject) => void)[] = []

  constructor(options: DockOptions) {
    this.#options = options
    this.name = options.name
    this.identity = options.identity
    this.state = options.initial
    this.timers = new Timers(options.clock)
    this.#behaviors = options.behaviors
  }

  get gateway_sn(): string {
    return this.identity.gateway_sn
  }
  get aircraft_sn(): string {
    return this.identity.aircraft_sn
  }
  get model(): string {
    return this.#options.model.id
  }
  get aircraftModel(): string | undefined {
    return this.#options.aircraftModel?.id
  }
  /** Whether it is connected and talks. */
  get isOnline(): boolean {
    return this.#life.at === 'connected' && this.#transport?.state === 'online'
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
  async connect(): Promise<void> {
    if (this.isOnline) return
    if (this.#life.at === 'silent') this.#transport?.cut()
    const transport = await this.#options.connect(lastWill(this.gateway_sn))
    this.#transport = transport
    this.#life = { at: 'connected' }
    transport.onMessage((message) => this.#hear(message))
    transport.onState((state) => {
      if (state === 'online') this.announce()
    })
    await transport.subscribe(
      downFamilies.map((family) => formatTopic(family, this.gateway_sn)),
      1,
    )
    this.announce()
  }

  async disconnect(how: Leaving): Promise<void> {
    if (how === 'silent') {
      this.#life = { at: 'silent' }
      return
    }
    const transport = this.#transport
    this.#life = { at: 'away' }
    this.#transport = undefined
    if (how === 'cut') return transport?.cut()
    const will = lastWill(this.gateway_sn)
    // A polite goodbye suppresses the last will, so the dock says it itself.
    if (transport?.state === 'online')
      await transport.publish(will.topic, will.payload, { qos: 1 }).catch(ignore)
    await transport?.close()
  }

  /** The line breaks; the dock comes back by itself. */
  dropLine(): void {
    this.#transport?.drop()
  }

  /** Resolves when the dock is on line; at once when it is. */
  async untilOnline(): Promise<void> {
    if (this.isOnline) await this.#lineDown()
    while (!this.isOnline) await new Promise<void>((resolve) => this.#transport?.onState(() => resolve()))
  }

  /** Changes what the dock is like. */
  change(patch: (state: DockState) => DockState): void {
    this.state = patch(this.state)
  }

  /** Puts a behaviour in front of all others; returns what takes it back. */
  use(behavior: Behavior): () => void {
    this.#behaviors = [behavior, ...this.#behaviors]
    return () => {
      this.#behaviors = this.#behaviors.filter((other) => other !== behavior)
    }
  }

  /** Hears the answers of the cloud: `requests_reply`, `events_reply`, `status_reply`. */
  onAnswer(listener: (family: DownFamily, message: JsonObject) => void): void {
    this.#onAnswer.push(listener)
  }

  /** Tells the cloud that the dock is on line, and whether its aircraft is (`update_topo`). */
  announce(): void {
    const { gateway_sn, aircraft_sn, state } = this
    const { model, aircraftModel } = this.#options
    const data = topologyData({
      gateway_sn,
      aircraft_sn,
      model,
      aircraftModel,
      aircraftLink: state.aircraftLink,
    })
    const message = {
      tid: this.newId(),
      bid: this.newId(),
      timestamp: this.now(),
      gateway: gateway_sn,
      method: 'update_topo',
      data,
    }
    void this.publish(formatTopic('status', gateway_sn), encodeEnvelope(message), { qos: 1, retain: false })
  }

  /** Publishes on the dock's own connection; a message of a dock that is away or silent is lost. */
  async publish(
    topic: string,
    payload: Uint8Array,
    options: { readonly qos: 0 | 1 | 2; readonly retain: boolean },
  ): Promise<void> {
    if (!this.isOnline) return
    await this.#transport?.publish(topic, payload, options).catch(ignore)
  }

  async close(): Promise<void> {
    this.timers.cancelAll()
    this.#life = { at: 'away' }
    await this.#transport?.close()
  }

  /** After a drop the transport still counts as on line until its stream has closed. */
  #lineDown(): Promise<void> {
    return new Promise((resolve) => this.#transport?.onState((state) => state === 'offline' && resolve()))
  }

  #hear({ topic, payload }: Message): void {
    const family = parseTopic(topic)?.family
    const decoded = decodeEnvelope(payload)
    if (this.#life.at !== 'connected' || family === undefined || decoded.kind === 'malformed') return
    const { tid = '', bid = '', method = '', data, raw } = decoded.envelope
    if (family !== 'services' && family !== 'property/set' && family !== 'drc/down') {
      for (const tell of this.#onAnswer) tell(family as DownFamily, raw)
      return
    }
    if (family === 'services') this.#calls++
    this.#answer({ family, tid, bid, method, data, call: this.#calls, at: this.now() }).catch(
      this.#options.onTrouble,
    )
  }

  async #answer(request: DownRequest): Promise<void> {
    for (const stage of firstAnswer(this.#behaviors, request, this)) {
      await this.timers.pass(stage.delayMs)
      if (stage.held === 'until-released') await this.held.hold(request.call)
      await this.#options.perform(this, stage)
    }
  }
}

function ignore(): void {
  // The line broke or the broker refused; the tap has seen which.
}
