import type { Duplex } from 'node:stream'
import type { HttpOutcome, Profile } from '../contracts/index.ts'
import { parseTopic } from '../contracts/index.ts'
import type { Account, BrokerNotice, Fleet, TappedMessage } from '../simulator/index.ts'
import { Activity, Broker, BrokerFaults, createRandom, seedOf, systemClock } from '../simulator/index.ts'
import type { PooledDevice } from './device-pool.ts'
import { DevicePool, poolAsJson } from './device-pool.ts'
import { GatewayProcess } from './gateway-process.ts'
import { requireNobody, untilReady } from './gateway-readiness.ts'
import type { GatewayPlace } from './gateway-url.ts'
import { httpCaller } from './http-caller.ts'
import type { OutsideBroker } from './outside-broker.ts'
import type {
  BrokerControl,
  Credential,
  GatewayControl,
  PlatformAccess,
  Recorder,
  WireRequest,
} from './scenario/index.ts'

export interface StationOptions {
  readonly place: GatewayPlace
  readonly profile: Profile
  readonly credential: Credential
  readonly mqtt: PlatformAccess['mqtt']
  readonly known: readonly PooledDevice[]
  readonly seed: number
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Starts the gateway; undefined when it runs already. */
  readonly gatewayCommand: string | undefined
  /** URL of somebody else's broker; undefined for ours. */
  readonly broker: string | undefined
  readonly allowRemote: boolean
  readonly mqttPort: number
  readonly readyMs: number
}

/** A test that is under way: the devices it has leased, and where their frames go. */
interface Lodger {
  readonly fleet: Fleet
  readonly recorder: Recorder
}

/** One broker and one gateway for all tests of a run. Knows no test: each hears the frames of its own docks. */
export class Station {
  readonly pool: DevicePool
  readonly activity = new Activity()
  readonly #with: StationOptions
  readonly #caller: ReturnType<typeof httpCaller>
  readonly #faults: BrokerFaults
  /** Who hears the frames of a serial number. */
  readonly #lodgers = new Map<string, Lodger>()
  #broker: Broker | OutsideBroker | undefined
  #brokerIs: 'up' | 'down' = 'up'
  #process: GatewayProcess | undefined
  #gatewayIs: 'up' | 'down' = 'down'
  #mqttUrl = ''
  #subscriptions = 0
  #rigs = 0

  private constructor(given: StationOptions) {
    this.#with = given
    this.pool = new DevicePool(given.known)
    this.#caller = httpCaller(given.place)
    this.#faults = new BrokerFaults(systemClock, createRandom(seedOf(given.seed, 'faults')))
  }

  /** Puts up the broker, starts the gateway when it is ours to start, and waits until it is ready. */
  static async open(given: StationOptions): Promise<Station> {
    const station = new Station(given)
    try {
      await station.#openBroker()
      await station.#startGateway()
    } catch (error) {
      await station.close()
      throw error
    }
    return station
  }

  get profile(): Profile {
    return this.#with.profile
  }

  get brokerName(): string {
    return this.#with.broker ?? 'the embedded broker'
  }

  /** Only a gateway that was started here can be stopped. */
  get gatewayControl(): GatewayControl | undefined {
    const gateway = this.#process
    if (gateway === undefined) return undefined
    const end = (how: 'stop' | 'kill'): Promise<void> => {
      this.#gatewayIs = 'down'
      return gateway[how]()
    }
    return { start: () => this.#startGateway(), stop: () => end('stop'), kill: () => end('kill') }
  }

  get brokerControl(): BrokerControl | undefined {
    const broker = this.#broker
    if (!(broker instanceof Broker)) return undefined
    return {
      stop: () => {
        this.#brokerIs = 'down'
        broker.stop()
      },
      start: () => {
        this.#brokerIs = 'up'
        broker.start()
      },
      drop: (who) =>
        broker.drop((sender) =>
          who === 'gateway'
            ? sender.kind === 'platform'
            : sender.kind === 'dock' && sender.gateway_sn === who.gateway_sn,
        ),
      fault: (level) => this.#faults.set(level),
    }
  }

  /** Throws GATEWAY_BROKEN when the gateway that was started here has ended by itself. */
  requireAlive(): void {
    this.#process?.requireAlive()
  }

  dial(): Duplex {
    if (this.#broker === undefined) throw new Error('Bug: a rig was opened before the broker')
    return this.#broker.dial()
  }

  call(request: WireRequest): Promise<HttpOutcome> {
    return this.#caller.call(request)
  }

  /** Another one in each run, since gateways remember nonces and keys. */
  freshRigSeed(): number {
    return seedOf(this.#with.seed, systemClock.now(), this.#rigs++)
  }

  lodge(serials: readonly string[], lodger: Lodger): void {
    for (const sn of serials) this.#lodgers.set(sn, lodger)
  }

  release(serials: readonly string[]): void {
    for (const sn of serials) this.#lodgers.delete(sn)
  }

  /** Undoes what a test has left behind that ended before it could: the next one is not to suffer from it. */
  async restore(): Promise<void> {
    if (this.#lodgers.size > 0) return
    this.#faults.set({ delayMs: 0, loss: 0, pubackMs: 0 })
    if (this.#brokerIs === 'down') this.brokerControl?.start()
    if (this.#gatewayIs === 'down') await this.#startGateway()
  }

  async close(): Promise<void> {
    this.#caller.close()
    await this.#process?.stop()
    await this.#broker?.close()
  }

  async #openBroker(): Promise<void> {
    const { broker: url, allowRemote, mqtt, mqttPort } = this.#with
    if (url !== undefined) {
      const { connectOutsideBroker } = await import('./outside-broker.ts')
      const onMessage = (message: Omit<TappedMessage, 'sender'>): void => this.#hear(message)
      this.#broker = await connectOutsideBroker({ url, allowRemote, mqtt, onMessage })
      this.#mqttUrl = url
      return
    }
    const broker = await Broker.create({
      activity: this.activity,
      faults: this.#faults,
      rules: 'enforced',
      accountOf: (username, password) => this.#accountOf(username, password),
      onMessage: (message) => this.#hear(message),
      onNotice: (notice) => this.#notice(notice),
    })
    this.#broker = broker
    this.#mqttUrl = `mqtt://127.0.0.1:${await broker.listen(mqttPort, '127.0.0.1')}`
  }

  #notice(notice: BrokerNotice): void {
    if (notice.kind !== 'subscribed' || notice.sender.kind !== 'platform') return
    if (!/\/(services_reply|\+|#)$/.test(notice.filter)) return
    this.#subscriptions++
    for (const { fleet } of new Set(this.#lodgers.values())) fleet.announce()
  }

  #accountOf(username: string, password: string): Account | undefined {
    const { mqtt } = this.#with
    if (username === mqtt.username && password === mqtt.password) return { kind: 'platform' }
    return this.#lodgers.get(username)?.fleet.accountOf(username, password)
  }

  #hear(message: TappedMessage | Omit<TappedMessage, 'sender'>): void {
    const sn = parseTopic(message.topic)?.sn
    const own = 'sender' in message && message.sender.kind === 'dock' ? message.sender.gateway_sn : undefined
    const lodger = this.#lodgers.get(sn ?? '') ?? this.#lodgers.get(own ?? '')
    lodger?.recorder.heard(message)
  }

  async #startGateway(): Promise<void> {
    const { gatewayCommand, place, profile, readyMs, broker, cwd } = this.#with
    if (gatewayCommand !== undefined && this.#process === undefined) {
      await requireNobody(place)
      this.#process = new GatewayProcess(gatewayCommand, this.#environment(), cwd)
    }
    const before = this.#subscriptions
    this.#process?.start()
    this.#gatewayIs = 'up'
    await untilReady({
      place,
      profile,
      readyMs,
      mqttUrl: this.#mqttUrl,
      gateway: this.#process,
      // A gateway that ran before us has subscribed before us, when the broker is not ours.
      hasSubscribed: broker === undefined ? () => this.#subscriptions > before : 'not seen',
    })
  }

  #environment(): Readonly<Record<string, string | undefined>> {
    const { env, mqtt, place, credential, known } = this.#with
    return {
      ...env,
      RIG_MQTT_URL: this.#mqttUrl,
      RIG_MQTT_USERNAME: mqtt.username,
      RIG_MQTT_PASSWORD: mqtt.password,
      RIG_HTTP_PORT: String(place.port),
      RIG_API_ID: credential.api_id,
      RIG_API_KEY: credential.api_key,
      RIG_DEVICES: poolAsJson(known),
    }
  }
}
