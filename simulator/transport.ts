import type { Duplex } from 'node:stream'
import type { IPublishPacket } from 'mqtt'
import { MqttClient } from 'mqtt'
import { HarnessError } from '../contracts/index.ts'
import type { Activity } from './activity.ts'
import type { Cancel, Clock } from './clock.ts'
import { longestTimerMs } from './clock.ts'

export interface Message {
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: number
  readonly retain: boolean
}

export interface PublishOptions {
  readonly qos: 0 | 1 | 2
  readonly retain?: boolean
}

export type TransportState = 'online' | 'offline'

/** A connection to an MQTT broker that comes back by itself. Knows topics and bytes only. */
export interface Transport {
  readonly state: TransportState
  /** Resolves when the broker has acknowledged (QoS 0: when written); rejects when the link is not there or breaks. */
  publish(topic: string, payload: Uint8Array | string, options: PublishOptions): Promise<void>
  /** Resolves when the broker has acknowledged; subscriptions are renewed after a reconnect. Rejects when refused. */
  subscribe(filters: readonly string[], qos: 0 | 1): Promise<void>
  onMessage(listener: (message: Message) => void): void
  onState(listener: (state: TransportState) => void): void
  /** Says goodbye to the broker: no last will. */
  close(): Promise<void>
  /** Drops the line without a word, as a pulled cable does: the last will fires. Does not come back. */
  cut(): void
  /** The line breaks, the last will fires, and the transport comes back by itself. */
  drop(): void
}

export interface TransportOptions {
  readonly dial: () => Duplex
  readonly clock: Clock
  readonly clientId: string
  readonly username: string
  readonly password: string
  readonly will?: { readonly topic: string; readonly payload: Uint8Array }
  /** 0 switches keep-alive off, as virtual time needs it. Default 30. */
  readonly keepAliveSeconds?: number
  readonly activity?: Activity
  /** How the operator knows the broker, for errors. */
  readonly brokerName?: string
}

const firstBackoffMs = 500
const longestBackoffMs = 8_000

/** Connects and returns when the broker has let us in. Throws BROKER_UNREACHABLE, BROKER_REFUSED or MQTT_VERSION. */
export async function connectTransport(options: TransportOptions): Promise<Transport> {
  const transport = new MqttTransport(options)
  await transport.connect()
  return transport
}

class MqttTransport implements Transport {
  readonly #options: TransportOptions
  readonly #subscriptions = new Map<string, 0 | 1>()
  readonly #onMessage: ((message: Message) => void)[] = []
  readonly #onState: ((state: TransportState) => void)[] = []
  #client: MqttClient | undefined
  #life: { readonly at: 'offline' | 'online' | 'ended' } = { at: 'offline' }
  #retry: Cancel = () => undefined
  #backoffMs = firstBackoffMs

  constructor(options: TransportOptions) {
    this.#options = options
  }

  get state(): TransportState {
    return this.#life.at === 'online' ? 'online' : 'offline'
  }

  connect(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#open(resolve, (error) => {
        this.cut()
        reject(refusal(error, this.#options.brokerName ?? 'the broker'))
      })
    })
  }

  async publish(topic: string, payload: Uint8Array | string, options: PublishOptions): Promise<void> {
    const client = this.#client
    if (client === undefined || this.#life.at !== 'online') throw new Error('the link to the broker is down')
    await new Promise<void>((resolve, reject) => {
      const lost = (): void => reject(new Error('the link to the broker broke before it acknowledged'))
      client.once('close', lost)
      client.publish(
        topic,
        typeof payload === 'string' ? payload : Buffer.from(payload),
        { qos: options.qos, retain: options.retain ?? false },
        (error) => {
          client.removeListener('close', lost)
          if (error instanceof Error) reject(error)
          else resolve()
        },
      )
    })
  }

  async subscribe(filters: readonly string[], qos: 0 | 1): Promise<void> {
    for (const filter of filters) this.#subscriptions.set(filter, qos)
    const client = this.#client
    if (client === undefined || this.#life.at !== 'online') return
    await client.subscribeAsync([...filters], { qos })
  }

  onMessage(listener: (message: Message) => void): void {
    this.#onMessage.push(listener)
  }

  onState(listener: (state: TransportState) => void): void {
    this.#onState.push(listener)
  }

  async close(): Promise<void> {
    if (this.#life.at === 'ended') return
    const client = this.#client
    const wasOnline = this.#life.at === 'online'
    this.#end()
    if (client === undefined) return
    await new Promise<void>((resolve) => client.end(!wasOnline, {}, () => resolve()))
    client.stream.destroy()
  }

  cut(): void {
    const client = this.#client
    this.#end()
    if (client === undefined) return
    client.stream.destroy()
    client.end(true)
  }

  drop(): void {
    this.#client?.stream.destroy()
  }

  #end(): void {
    const wasOnline = this.#life.at === 'online'
    this.#life = { at: 'ended' }
    this.#retry()
    if (wasOnline) for (const tell of this.#onState) tell('offline')
  }

  #open(opened: () => void, failed: (error: unknown) => void): void {
    const { activity, clientId, username, password, will, keepAliveSeconds, dial } = this.#options
    const client = new MqttClient(dial, {
      clientId,
      username,
      password,
      clean: true,
      protocolVersion: 4,
      keepalive: keepAliveSeconds ?? 30,
      // Coming back runs on our clock, a busy machine ends nothing in virtual time, and resending is the caller's affair.
      reconnectPeriod: 0,
      ...(keepAliveSeconds === 0 ? { connectTimeout: longestTimerMs } : {}),
      resubscribe: false,
      queueQoSZero: false,
      ...(will === undefined
        ? {}
        : { will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: false } }),
    })
    // Every publish under way listens for a broken line.
    client.setMaxListeners(0)
    this.#client = client
    let settled = false
    client.on('packetsend', () => activity?.bump())
    client.on('packetreceive', () => activity?.bump())
    client.on('message', (topic, payload, packet) => this.#hear(topic, payload, packet))
    client.on('connect', () => {
      settled = true
      void this.#online(client).then(opened, failed)
    })
    client.on('error', (error) => {
      if (!settled) failed(error)
      settled = true
    })
    client.on('close', () => {
      activity?.bump()
      if (!settled) failed(new Error('the connection was closed before the broker answered'))
      settled = true
      this.#lost(client)
    })
  }

  async #online(client: MqttClient): Promise<void> {
    const filters = Object.fromEntries([...this.#subscriptions].map(([filter, qos]) => [filter, { qos }]))
    if (this.#subscriptions.size > 0) await client.subscribeAsync(filters)
    if (this.#life.at === 'ended') return
    this.#backoffMs = firstBackoffMs
    this.#life = { at: 'online' }
    for (const tell of this.#onState) tell('online')
  }

  #lost(client: MqttClient): void {
    if (client !== this.#client || this.#life.at === 'ended') return
    const wasOnline = this.#life.at === 'online'
    this.#life = { at: 'offline' }
    client.end(true)
    if (wasOnline) for (const tell of this.#onState) tell('offline')
    this.#retry = this.#options.clock.after(this.#backoffMs, () => this.#open(ignore, ignore))
    this.#backoffMs = Math.min(this.#backoffMs * 2, longestBackoffMs)
  }

  #hear(topic: string, payload: Buffer, packet: IPublishPacket): void {
    for (const tell of this.#onMessage) tell({ topic, payload, qos: packet.qos, retain: packet.retain })
  }
}

function ignore(): void {
  // A failed attempt closes its connection, and that sets the next attempt.
}

/** The operator's view of a failed first connection. */
function refusal(error: unknown, broker: string): HarnessError {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  if (code === 1) {
    return new HarnessError(
      'MQTT_VERSION',
      `Cannot connect to ${broker}: it does not speak MQTT 3.1.1. Use a broker that does, or allow version 4 on it.`,
      { cause: error },
    )
  }
  if (code === 4 || code === 5) {
    return new HarnessError(
      'BROKER_REFUSED',
      `Cannot connect to ${broker}: it refused the user name or password. Check both.`,
      {
        cause: error,
      },
    )
  }
  const why = error instanceof Error && error.message !== '' ? error.message : String(code ?? error)
  return new HarnessError(
    'BROKER_UNREACHABLE',
    `Cannot connect to ${broker}: ${why}. Check that it runs there and that its address is right.`,
    {
      cause: error,
    },
  )
}
