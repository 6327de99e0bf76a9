import type { DownFamily, JsonObject } from '../contracts/index.ts'
import { decodeEnvelope, encodeEnvelope, formatTopic, isJsonObject, parseTopic } from '../contracts/index.ts'
import type { Topology } from './announcement.ts'
import { lastWill, topologyData } from './announcement.ts'
import type { Answer, DownRequest, Question } from './behavior.ts'
import type { Introduction } from './introduction.ts'
import { introduce } from './introduction.ts'
import type { Timers } from './timers.ts'
import type { Message, PublishOptions, Transport } from './transport.ts'

/** How a dock leaves: it says goodbye, its cable is pulled, or it stays connected and says nothing more. */
export type Leaving = 'clean' | 'cut' | 'silent'

export interface SessionOptions {
  readonly gateway_sn: string
  readonly now: () => number
  readonly newId: () => string
  readonly timers: Timers
  /** How long to wait for an answer of the cloud. */
  readonly answerMs: number
  /** Opens the connection to the broker. */
  readonly connect: (will: { readonly topic: string; readonly payload: Uint8Array }) => Promise<Transport>
  /** What `update_topo` says at the moment. */
  readonly topology: () => Topology
  /** What to ask the cloud before `update_topo`; nothing in a short session. */
  readonly introduction: () => Introduction | undefined
  readonly onRequest: (request: Omit<DownRequest, 'call' | 'at'>) => void
  /** The cloud has been told that the dock is there. */
  readonly onAnnounced: () => void
}

const downFamilies: readonly DownFamily[] = [
  'services',
  'property/set',
  'events_reply',
  'requests_reply',
  'status_reply',
  'drc/down',
]

/** A dock's line to the cloud: connecting, introducing itself, coming back, leaving. Knows no state of the dock. */
export class Session {
  readonly #options: SessionOptions
  #transport: Transport | undefined
  #life: { readonly at: 'away' | 'connected' | 'silent' | 'ended' } = { at: 'away' }
  /** While it dials: whoever wants it to connect too waits for the same. */
  #dialling: Promise<void> | undefined
  /** Counts the orders to come and to go: what a later one overtook is not carried on. */
  #orders = 0
  #introduced: { readonly at: 'no' | 'yes' } = { at: 'no' }
  readonly #onAnswer = new Set<(family: DownFamily, message: JsonObject) => void>()

  constructor(options: SessionOptions) {
    this.#options = options
  }

  /** Whether it is connected and talks. */
  get isOnline(): boolean {
    return this.#life.at === 'connected' && this.#transport?.state === 'online'
  }

  /** Connects and announces itself; at once when it is connected, never when it has ended. */
  async connect(): Promise<void> {
    if (this.isOnline || this.#life.at === 'ended') return
    this.#dialling ??= this.#dial(++this.#orders)
    await this.#dialling
  }

  async disconnect(how: Leaving): Promise<void> {
    if (this.#life.at === 'ended') return
    this.#overtake()
    if (how === 'silent') {
      this.#life = { at: 'silent' }
      return
    }
    const transport = this.#transport
    this.#life = { at: 'away' }
    this.#transport = undefined
    if (how === 'cut') return transport?.cut()
    const will = lastWill(this.#options.gateway_sn, this.#options.now())
    // A polite goodbye suppresses the last will, so the dock says it itself.
    if (transport?.state === 'online')
      await transport.publish(will.topic, will.payload, { qos: 1 }).catch(ignore)
    await transport?.close()
  }

  /** The line breaks, and it comes back after `awayMs`, unless it was told something else meanwhile. */
  async restart(awayMs: number): Promise<void> {
    await this.disconnect('cut')
    const order = this.#orders
    await this.#options.timers.pass(awayMs)
    if (order === this.#orders) await this.connect()
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

  /** Hears the answers of the cloud: `requests_reply`, `events_reply`, `status_reply`. Returns what ends it. */
  onAnswer(listener: (family: DownFamily, message: JsonObject) => void): () => void {
    this.#onAnswer.add(listener)
    return () => this.#onAnswer.delete(listener)
  }

  /** Tells the cloud that the dock is on line, and whether its aircraft is (`update_topo`). */
  announce(): void {
    if (!this.isOnline) return
    this.#send('status', this.#options.newId(), 'update_topo', topologyData(this.#options.topology()))
    this.#options.onAnnounced()
  }

  /** Asks the cloud; `undefined` when it does not answer in time. */
  ask({ method, data }: Question): Promise<Answer> {
    const tid = this.#options.newId()
    return new Promise((resolve) => {
      const stop = this.onAnswer((family, message) => {
        if (family === 'requests_reply' && message['tid'] === tid) end(message['data'])
      })
      const giveUp = this.#options.timers.after(this.#options.answerMs, () => end(undefined))
      const end = (answer: unknown): void => {
        stop()
        giveUp()
        resolve(isJsonObject(answer) ? answer : undefined)
      }
      this.#send('requests', tid, method, data)
    })
  }

  /** Publishes on the dock's own connection; a message of a dock that is away or silent is lost. */
  async publish(
    topic: string,
    payload: Uint8Array,
    options: PublishOptions & { readonly retain: boolean },
  ): Promise<void> {
    if (!this.isOnline) return
    await this.#transport?.publish(topic, payload, options).catch(ignore)
  }

  /** Ends it for good. */
  async close(): Promise<void> {
    this.#overtake()
    this.#life = { at: 'ended' }
    await this.#transport?.close()
  }

  #overtake(): void {
    this.#orders += 1
    this.#dialling = undefined
  }

  async #dial(order: number): Promise<void> {
    // What is left of an earlier line would come back beside the new one.
    this.#transport?.cut()
    const { gateway_sn, connect, now } = this.#options
    try {
      const transport = await connect(lastWill(gateway_sn, now()))
      if (order !== this.#orders) return await transport.close()
      this.#transport = transport
      this.#life = { at: 'connected' }
      transport.onMessage((message) => this.#hear(message))
      transport.onState((state) => {
        if (state === 'online') this.#greet()
      })
      await transport.subscribe(
        downFamilies.map((family) => formatTopic(family, gateway_sn)),
        1,
      )
      this.#greet()
    } catch (error) {
      if (order === this.#orders) throw error
    } finally {
      if (order === this.#orders) this.#dialling = undefined
    }
  }

  /** A dock introduces itself once; whatever it is refused, it pulls the line, as a dock without licence does. */
  #greet(): void {
    const introduction = this.#options.introduction()
    if (introduction === undefined || this.#introduced.at === 'yes') return this.announce()
    void introduce(introduction, (question) => this.ask(question)).then(async (outcome) => {
      if (outcome.kind === 'refused') return this.disconnect('cut')
      this.#introduced = { at: 'yes' }
      this.announce()
      return undefined
    })
  }

  #send(family: 'status' | 'requests', tid: string, method: string, data: unknown): void {
    const { gateway_sn, newId, now } = this.#options
    const message = { tid, bid: newId(), timestamp: now(), gateway: gateway_sn, method, data }
    void this.publish(formatTopic(family, gateway_sn), encodeEnvelope(message), { qos: 1, retain: false })
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
    if (family === 'services' || family === 'property/set' || family === 'drc/down') {
      this.#options.onRequest({ family, tid, bid, method, data })
      return
    }
    for (const tell of this.#onAnswer) tell(family as DownFamily, raw)
  }
}

function ignore(): void {
  // The line broke or the broker refused; the tap has seen which.
}
