import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import type { Duplex } from 'node:stream'
import type { AedesPublishPacket, Client, PublishPacket } from 'aedes'
import { Aedes } from 'aedes'
import type { Sender } from '../contracts/index.ts'
import type { Account, TopicRules } from './access.ts'
import { refusePublish, refuseSubscribe, senderOf } from './access.ts'
import type { Activity } from './activity.ts'
import type { BrokerFaults } from './broker-faults.ts'
import { patienceOf } from './broker-patience.ts'
import { HeldPubacks } from './held-pubacks.ts'
import { inProcessWire } from './in-process.ts'
import { listenError } from './listen-error.ts'
import { guardPackets, maxPacketBytes } from './packet-guard.ts'

/** A message as the broker met it: before it was forwarded, or when it was refused. */
export interface TappedMessage {
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: 0 | 1 | 2
  readonly retain: boolean
  readonly sender: Sender
  readonly refused?: string
}

/** What else the tap tells: connections that were refused, and who subscribed to what. */
export type BrokerNotice =
  | { readonly kind: 'connectionRefused'; readonly client_id: string; readonly why: string }
  | { readonly kind: 'subscribed'; readonly sender: Sender; readonly filter: string }
  | {
      readonly kind: 'subscriptionRefused'
      readonly sender: Sender
      readonly filter: string
      readonly why: string
    }
  | { readonly kind: 'connected' | 'disconnected'; readonly sender: Sender }

export interface BrokerOptions {
  readonly activity: Activity
  /** Who may connect: the account that belongs to a user name and password. */
  readonly accountOf: (username: string, password: string) => Account | undefined
  readonly onMessage: (message: TappedMessage) => void
  readonly onNotice: (notice: BrokerNotice) => void
  readonly faults: BrokerFaults
  readonly rules: TopicRules
  /** In virtual time the library's own clocks are off: what they end would depend on how busy the machine is. Default `real`. */
  readonly time?: 'virtual' | 'real'
}

/** MQTT return code "not authorised"; the enum in the package's types does not exist at run time. */
const notAuthorised = 5

/**
 * The embedded MQTT 3.1.1 broker: in-process wires and TCP, a tap on every message with its sender, credentials and
 * topic rules per client. Knows topics, not what is said on them.
 */
export class Broker {
  readonly #options: BrokerOptions
  readonly #aedes: Aedes
  readonly #accounts = new WeakMap<Client, Account>()
  readonly #streams = new Map<Duplex, Client>()
  readonly #pubacks: HeldPubacks
  #server: Server | undefined
  #is: 'up' | 'down' | 'closed' = 'up'

  private constructor(options: BrokerOptions, aedes: Aedes) {
    this.#options = options
    this.#aedes = aedes
    this.#pubacks = new HeldPubacks(aedes, options.faults, options.activity)
  }

  static async create(options: BrokerOptions): Promise<Broker> {
    const aedes = await Aedes.createBroker(patienceOf(options.time))
    const broker = new Broker(options, aedes)
    broker.#install()
    return broker
  }

  /** Opens a wire inside the process; destroyed at once while the broker is down. */
  dial(): Duplex {
    const [near, far] = inProcessWire()
    if (this.#is === 'up') this.#accept(far)
    else far.destroy()
    return near
  }

  /** Listens on TCP. Port 0 takes any free one; returns the port. Throws PORT_IN_USE. */
  async listen(port: number, host: string): Promise<number> {
    const server = createServer({ noDelay: true }, (socket: Socket) => {
      if (this.#is === 'up') this.#accept(socket)
      else socket.destroy()
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port, host)))
      server.listen(port, host, resolve)
    })
    this.#server = server
    return (server.address() as AddressInfo).port
  }

  /** Drops every connection and takes no new one; sessions of clients that asked for one are kept. */
  stop(): void {
    this.#is = 'down'
    for (const stream of this.#streams.keys()) stream.destroy()
  }

  start(): void {
    this.#is = 'up'
  }

  /** Pulls the cable of everyone who connected with such an account. */
  drop(matches: (sender: Sender) => boolean): void {
    for (const [stream, client] of this.#streams) {
      const account = this.#accounts.get(client)
      if (account !== undefined && matches(senderOf(account))) stream.destroy()
    }
  }

  async close(): Promise<void> {
    if (this.#is === 'closed') return
    this.stop()
    this.#is = 'closed'
    const server = this.#server
    if (server !== undefined) await new Promise((resolve) => server.close(resolve))
    await new Promise<void>((resolve) => this.#aedes.close(resolve))
  }

  #accept(stream: Duplex): void {
    guardPackets(stream, maxPacketBytes, (packet) => {
      const account = this.#accounts.get(client)
      this.#options.onMessage({
        topic: packet.topic,
        payload: new Uint8Array(),
        qos: 0,
        retain: false,
        sender: account === undefined ? { kind: 'stranger', client_id: client.id } : senderOf(account),
        refused: `the packet has ${packet.bytes} bytes, ${maxPacketBytes} are allowed`,
      })
    })
    stream.on('error', ignore)
    const client = this.#aedes.handle(stream)
    this.#streams.set(stream, client)
    stream.once('close', () => {
      this.#options.activity.bump()
      this.#streams.delete(stream)
    })
  }

  #install(): void {
    const aedes = this.#aedes
    const { activity, onNotice } = this.#options
    aedes.authenticate = (client, username, password, done) => {
      const account = this.#options.accountOf(username ?? '', password?.toString('utf8') ?? '')
      if (account !== undefined) {
        this.#accounts.set(client, account)
        return done(null, true)
      }
      onNotice({ kind: 'connectionRefused', client_id: client.id, why: 'user name or password is wrong' })
      const refusal = Object.assign(new Error('not authorised'), { returnCode: notAuthorised })
      return done(refusal, false)
    }
    aedes.authorizePublish = (client, packet, done) => {
      const refusal = this.#hear(client, packet)
      if (refusal !== null || client === null || this.#senderOf(client).kind !== 'platform')
        return done(refusal)
      return this.#pubacks.hold(client, packet, () => done(null))
    }
    aedes.authorizeSubscribe = (client, subscription, done) => {
      const account = this.#accounts.get(client)
      const why =
        account === undefined
          ? 'unknown client'
          : refuseSubscribe(account, subscription.topic, this.#options.rules)
      if (why === undefined) return done(null, subscription)
      onNotice({
        kind: 'subscriptionRefused',
        sender: this.#senderOf(client),
        filter: subscription.topic,
        why,
      })
      return done(null, null)
    }
    aedes.authorizeForward = (client, packet) => this.#forward(client, packet)
    aedes.on('subscribe', (subscriptions, client) => {
      for (const { topic } of subscriptions)
        onNotice({ kind: 'subscribed', sender: this.#senderOf(client), filter: topic })
    })
    aedes.on('clientReady', (client) => onNotice({ kind: 'connected', sender: this.#senderOf(client) }))
    aedes.on('clientDisconnect', (client) =>
      onNotice({ kind: 'disconnected', sender: this.#senderOf(client) }),
    )
    for (const event of ['publish', 'ack', 'subscribe', 'clientReady', 'clientDisconnect'] as const) {
      aedes.on(event as 'ack', () => activity.bump())
    }
    aedes.on('clientError', ignore)
    aedes.on('connectionError', ignore)
  }

  /** The tap: every message passes here before it is forwarded. A refused publish ends its connection (MQTT 3.1.1). */
  #hear(client: Client | null, packet: PublishPacket): Error | null {
    if (client === null) return null
    const account = this.#accounts.get(client)
    const refused =
      account === undefined
        ? 'the client has no account'
        : refusePublish(account, packet.topic, this.#options.rules)
    this.#options.activity.bump()
    this.#options.onMessage({
      topic: packet.topic,
      payload: bytesOf(packet.payload),
      qos: packet.qos,
      retain: packet.retain,
      sender: this.#senderOf(client),
      ...(refused === undefined ? {} : { refused }),
    })
    return refused === undefined ? null : new Error(refused)
  }

  #forward(client: Client, packet: AedesPublishPacket): AedesPublishPacket | null {
    this.#options.activity.bump()
    if (this.#pubacks.isCopied(packet)) return null
    return this.#options.faults.passes(packet, (late) => {
      this.#options.activity.bump()
      client.publish(late, ignore)
    })
      ? packet
      : null
  }

  #senderOf(client: Client): Sender {
    const account = this.#accounts.get(client)
    return account === undefined ? { kind: 'stranger', client_id: client.id } : senderOf(account)
  }
}

function bytesOf(payload: Buffer | string): Uint8Array {
  return typeof payload === 'string' ? Buffer.from(payload) : payload
}

function ignore(): void {
  // A connection that breaks is part of the game; its close event is what counts.
}
