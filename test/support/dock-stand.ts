import type { JsonObject } from '../../contracts/index.ts'
import { decodeEnvelope, encodeEnvelope, formatTopic, parseTopic } from '../../contracts/index.ts'
import type { DownFamily, TopicFamily } from '../../contracts/index.ts'
import type { Dock, DockSpec, TappedMessage, Timing, TopicRules, Transport } from '../../simulator/index.ts'
import {
  Activity,
  Broker,
  BrokerFaults,
  connectTransport,
  Fleet,
  quietTurns,
  untilQuiet,
  VirtualClock,
} from '../../simulator/index.ts'

/** What a dock or the platform said, as the broker's tap heard it. */
export interface Said {
  readonly family: TopicFamily | undefined
  readonly sn: string
  readonly method: string
  readonly data: JsonObject
  readonly raw: JsonObject
  readonly from: string
  readonly refused: string | undefined
  readonly at: number
}

/** Broker, docks and a platform on a virtual clock; nobody judges. */
export interface Stand {
  readonly clock: VirtualClock
  readonly activity: Activity
  readonly broker: Broker
  readonly fleet: Fleet
  readonly dock: Dock
  readonly platform: Transport
  readonly heard: readonly Said[]
  /** Sends a command to the dock and lets everything happen that happens at once. */
  send(method: string, data?: unknown, family?: DownFamily): Promise<void>
  settle(): Promise<void>
  /** Lets scenario time pass. */
  pass(ms: number): Promise<void>
  /** What a dock said of one family, in order. */
  said(family: TopicFamily, method?: string): readonly Said[]
  close(): Promise<void>
}

export interface StandOptions {
  readonly dock?: Partial<DockSpec>
  readonly session?: 'short' | 'full'
  readonly timing?: Partial<Timing>
  readonly turns?: number
  readonly rules?: TopicRules
  /** How the platform answers requests of docks; by default not at all. */
  readonly answer?: (method: string) => JsonObject | undefined
  readonly connect?: 'yes' | 'no'
  /** Whether the platform answers `update_topo`. Default yes. */
  readonly greets?: 'yes' | 'no'
  /** Which events the platform acknowledges, by method and how often it has come. Default none. */
  readonly acknowledges?: (method: string, time: number) => boolean
}

export async function openStand(options: StandOptions = {}): Promise<Stand> {
  const clock = new VirtualClock()
  const activity = new Activity()
  const heard: Said[] = []
  const broker = await Broker.create({
    activity,
    faults: new BrokerFaults(clock, () => 0),
    rules: options.rules ?? 'enforced',
    accountOf: (username, password) =>
      username === 'platform' && password === 'secret'
        ? { kind: 'platform' }
        : fleet.accountOf(username, password),
    onMessage: (message) => heard.push(saidOf(message, clock.now())),
    onNotice: () => undefined,
  })
  const fleet = new Fleet({
    clock,
    seed: 7,
    activity,
    dial: () => broker.dial(),
    brokerName: 'the stand',
    keepAliveSeconds: 0,
    onTrouble: (error) => {
      throw error
    },
    ...(options.session === undefined ? {} : { session: options.session }),
    ...(options.timing === undefined ? {} : { timing: options.timing }),
  })
  const dock = fleet.add({ name: 'dock', ...options.dock })
  const platform = await connectTransport({
    dial: () => broker.dial(),
    clock,
    activity,
    clientId: 'platform',
    username: 'platform',
    password: 'secret',
    keepAliveSeconds: 0,
  })
  const settle = (): Promise<void> => untilQuiet(activity, options.turns ?? quietTurns)
  await answering(platform, options)
  if (options.connect !== 'no') await dock.connect()
  await settle()
  let sent = 0
  return {
    clock,
    activity,
    broker,
    fleet,
    dock,
    platform,
    heard,
    settle,
    async send(method, data = {}, family = 'services') {
      sent += 1
      const message = { tid: `tid-${sent}`, bid: `bid-${sent}`, timestamp: clock.now(), method, data }
      await platform.publish(formatTopic(family, dock.gateway_sn), encodeEnvelope(message), { qos: 1 })
      await settle()
    },
    async pass(ms) {
      const until = clock.now() + ms
      for (let due = clock.nextDue(); due !== undefined && due <= until; due = clock.nextDue()) {
        clock.advance()
        await settle()
      }
      clock.after(until - clock.now(), () => undefined)
      clock.advance()
      await settle()
    },
    said: (family, method) =>
      heard.filter((each) => each.family === family && (method === undefined || each.method === method)),
    async close() {
      await fleet.close()
      platform.cut()
      await broker.close()
    },
  }
}

async function answering(platform: Transport, options: StandOptions): Promise<void> {
  const { answer, greets = 'yes', acknowledges } = options
  const filters = [
    ...(answer === undefined ? [] : ['thing/product/+/requests']),
    ...(greets === 'yes' ? ['sys/product/+/status'] : []),
    ...(acknowledges === undefined ? [] : ['thing/product/+/events']),
  ]
  if (filters.length === 0) return
  await platform.subscribe(filters, 1)
  const times = new Map<string, number>()
  platform.onMessage(({ topic, payload }) => {
    const decoded = decodeEnvelope(payload)
    const parsed = parseTopic(topic)
    if (decoded.kind === 'malformed' || parsed === undefined) return
    const { tid, bid, method = '' } = decoded.envelope
    const time = (times.get(method) ?? 0) + 1
    times.set(method, time)
    const reply = replyTo(parsed.family, method, { answer, agrees: acknowledges?.(method, time) === true })
    if (reply === undefined) return
    const message = { tid, bid, timestamp: 0, method, data: reply.data }
    void platform.publish(formatTopic(reply.family, parsed.sn), encodeEnvelope(message), { qos: 1 })
  })
}

function replyTo(
  family: TopicFamily,
  method: string,
  { answer, agrees }: { readonly answer: StandOptions['answer']; readonly agrees: boolean },
): { readonly family: DownFamily; readonly data: JsonObject } | undefined {
  if (family === 'status' && method === 'update_topo') return { family: 'status_reply', data: { result: 0 } }
  if (family === 'events' && agrees) return { family: 'events_reply', data: { result: 0 } }
  const data = family === 'requests' ? answer?.(method) : undefined
  return data === undefined ? undefined : { family: 'requests_reply', data }
}

/** A message as the tap hears it, read. */
export function saidOf({ topic, payload, sender, refused }: TappedMessage, at: number): Said {
  const parsed = parseTopic(topic)
  const decoded = decodeEnvelope(payload)
  const raw = decoded.kind === 'malformed' ? {} : decoded.envelope.raw
  const data = raw['data']
  return {
    family: parsed?.family,
    sn: parsed?.sn ?? '',
    method: typeof raw['method'] === 'string' ? raw['method'] : '',
    data: typeof data === 'object' && data !== null ? (data as JsonObject) : {},
    raw,
    from: sender.kind === 'dock' ? sender.gateway_sn : sender.kind,
    refused,
    at,
  }
}
