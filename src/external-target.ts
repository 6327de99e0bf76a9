import type { Level, Profile } from '../contracts/index.ts'
import { createJudge, HarnessError, parseTopic } from '../contracts/index.ts'
import type { Account, TappedMessage } from '../simulator/index.ts'
import {
  Activity,
  Broker,
  BrokerFaults,
  createIds,
  createRandom,
  Fleet,
  seedOf,
  systemClock,
} from '../simulator/index.ts'
import { dockIdentity } from '../simulator/index.ts'
import { loadConfig, profileOf } from './config.ts'
import type { PooledDevice } from './device-pool.ts'
import { DevicePool, poolAsJson } from './device-pool.ts'
import { GatewayProcess } from './gateway-process.ts'
import type { GatewayPlace } from './gateway-url.ts'
import { parseGatewayUrl } from './gateway-url.ts'
import { httpCaller } from './http-caller.ts'
import type { Io } from './io.ts'
import { localAccess } from './local-access.ts'
import type { Credential, DeviceAlias, Rig, RigRequest, Target } from './scenario/index.ts'
import { RealPace, Recorder } from './scenario/index.ts'
import type { OutsideBroker } from './outside-broker.ts'

export interface ExternalOptions {
  readonly gateway: string
  readonly gatewayCommand?: string
  readonly broker?: string
  readonly mqttPort: number
  readonly allowRemote?: boolean
  readonly apiId?: string
  readonly apiKey?: string
  readonly config?: string
  readonly level?: Level
  readonly seed: number
}

/** Devices of a gateway that we start: enough that no test meets what another has left open. */
const pooledDevices = 1_000
/** How long a gateway may take until it is ready, in milliseconds. */
const readyMs = 15_000
const lookMs = 25
/** How far real clocks and the order of HTTP and MQTT may be off, in milliseconds. */
const tolerance_ms = 500

/**
 * Somebody else's gateway as a target. Waits until it answers HTTP and has subscribed to `services_reply`; throws
 * GATEWAY_NOT_READY, GATEWAY_BROKEN, PORT_IN_USE, CONFIG_INVALID or REMOTE_REFUSED.
 */
export async function externalTarget(options: ExternalOptions, io: Io): Promise<Target> {
  const config = loadConfig(io.cwd, options.config).target ?? {}
  const declared = profileOf(config)
  const place = parseGatewayUrl(options.gateway, options.allowRemote === true, declared.base_path)
  const local = localAccess(options.seed)
  const credential = {
    api_id: options.apiId ?? config.api_id ?? local.credential.api_id,
    api_key: options.apiKey ?? config.api_key ?? local.credential.api_key,
  }
  const mqtt = {
    username: config.mqtt_username ?? local.mqtt.username,
    password: config.mqtt_password ?? local.mqtt.password,
  }
  const known =
    config.devices === undefined ? madeDevices(options.seed) : givenDevices(config.devices, options.seed)
  const station = await Station.open({
    options,
    io,
    place,
    credential,
    mqtt,
    known,
    profile: withOurs(declared, place, options),
    second: config.second_credential,
  })
  return station.target()
}

/** What the harness can do by itself for any gateway: start it, and stop the broker, when they are its own. */
function withOurs(declared: Profile, place: GatewayPlace, options: ExternalOptions): Profile {
  const added = [
    ...(options.gatewayCommand === undefined ? [] : (['gateway-control'] as const)),
    ...(options.broker === undefined ? (['broker-control'] as const) : []),
  ]
  return {
    ...declared,
    base_path: place.basePath,
    capabilities: [...new Set([...declared.capabilities, ...added])],
  }
}

function madeDevices(seed: number): readonly PooledDevice[] {
  return Array.from({ length: pooledDevices }, (_, index) => {
    const device_id = `drone-${String(index + 1).padStart(4, '0')}`
    const { gateway_sn, password } = dockIdentity(seed, device_id)
    return { device_id, gateway_sn, password }
  })
}

function givenDevices(
  devices: Readonly<Record<string, { readonly gateway_sn: string; readonly password?: string }>>,
  seed: number,
): readonly PooledDevice[] {
  return Object.entries(devices).map(([device_id, { gateway_sn, password }]) => ({
    device_id,
    gateway_sn,
    password: password ?? dockIdentity(seed, device_id).password,
  }))
}

interface StationOptions {
  readonly options: ExternalOptions
  readonly io: Io
  readonly place: GatewayPlace
  readonly credential: Credential
  readonly second: Credential | undefined
  readonly mqtt: { readonly username: string; readonly password: string }
  readonly known: readonly PooledDevice[]
  readonly profile: Profile
}

/** A test that is under way: the devices it has leased, and where their frames go. */
interface Lodger {
  readonly fleet: Fleet
  readonly recorder: Recorder
}

/** One broker and one gateway for all tests of a run. */
class Station {
  readonly #with: StationOptions
  readonly #pool: DevicePool
  readonly #caller: ReturnType<typeof httpCaller>
  readonly #activity = new Activity()
  readonly #faults: BrokerFaults
  /** Who hears the frames of a serial number. */
  readonly #lodgers = new Map<string, Lodger>()
  #broker: Broker | OutsideBroker | undefined
  #gateway: GatewayProcess | undefined
  #subscriptions = 0
  #rigs = 0

  private constructor(given: StationOptions) {
    this.#with = given
    this.#pool = new DevicePool(given.known)
    this.#caller = httpCaller(given.place)
    this.#faults = new BrokerFaults(systemClock, createRandom(seedOf(given.options.seed, 'faults')))
  }

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

  target(): Target {
    const { place, profile } = this.#with
    return {
      kind: 'external',
      name: place.url,
      time: 'real',
      profile,
      open: (request) => this.#openRig(request),
      close: () => this.close(),
    }
  }

  async close(): Promise<void> {
    this.#caller.close()
    await this.#gateway?.stop()
    await this.#broker?.close()
  }

  async #openBroker(): Promise<void> {
    const { options, mqtt } = this.#with
    if (options.broker !== undefined) {
      const { connectOutsideBroker } = await import('./outside-broker.ts')
      this.#broker = await connectOutsideBroker({
        url: options.broker,
        allowRemote: options.allowRemote === true,
        mqtt,
        onMessage: (message) => this.#hear(message),
      })
      return
    }
    const broker = await Broker.create({
      activity: this.#activity,
      faults: this.#faults,
      rules: 'enforced',
      accountOf: (username, password) => this.#accountOf(username, password),
      onMessage: (message) => this.#hear(message),
      onNotice: (notice) => {
        if (
          notice.kind !== 'subscribed' ||
          notice.sender.kind !== 'platform' ||
          !/\/(services_reply|\+|#)$/.test(notice.filter)
        )
          return
        this.#subscriptions++
        for (const { fleet } of new Set(this.#lodgers.values())) fleet.announce()
      },
    })
    this.#broker = broker
    const port = options.gatewayCommand === undefined ? options.mqttPort : 0
    this.#mqttUrl = `mqtt://127.0.0.1:${await broker.listen(port, '127.0.0.1')}`
  }
  #mqttUrl = ''

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
    const { options, io, place, mqtt, credential, known } = this.#with
    if (options.gatewayCommand !== undefined && this.#gateway === undefined) {
      this.#gateway = new GatewayProcess(
        options.gatewayCommand,
        {
          ...io.env,
          RIG_MQTT_URL: options.broker ?? this.#mqttUrl,
          RIG_MQTT_USERNAME: mqtt.username,
          RIG_MQTT_PASSWORD: mqtt.password,
          RIG_HTTP_PORT: String(place.port),
          RIG_API_ID: credential.api_id,
          RIG_API_KEY: credential.api_key,
          RIG_DEVICES: poolAsJson(known),
        },
        io.cwd,
      )
      await this.#requireNobody()
    }
    const before = this.#subscriptions
    this.#gateway?.start()
    await this.#untilReady(before)
  }

  /** Somebody else on the port would be tested instead of the gateway that was asked for. */
  async #requireNobody(): Promise<void> {
    const { place } = this.#with
    if ((await this.#knock()) === undefined) return
    throw new HarnessError(
      'PORT_IN_USE',
      `Cannot start the gateway at ${place.url}: something answers there already. Stop it, or choose another port.`,
    )
  }

  /** The status of an answer to anything at all; undefined when nobody answers. */
  async #knock(): Promise<number | undefined> {
    const { profile } = this.#with
    const outcome = await this.#caller.call({
      method: 'GET',
      path: `${profile.base_path}/downlink/commands/00000000-0000-4000-8000-000000000000`,
      headers: {},
      body: undefined,
    })
    return outcome.kind === 'answered' ? outcome.response.status : undefined
  }

  async #untilReady(subscriptionsBefore: number): Promise<void> {
    const { place, profile, options } = this.#with
    const deadline = systemClock.now() + readyMs
    const outside = options.broker !== undefined
    for (;;) {
      this.#gateway?.requireAlive()
      const status = await this.#knock()
      const answers = status !== undefined && status !== 503
      // A gateway that ran before us has subscribed before us, when the broker is not ours.
      if (answers && outside) return pause(profile.settle_ms)
      if (answers && this.#subscriptions > subscriptionsBefore) return undefined
      if (systemClock.now() > deadline) throw notReady(place, answers, this.#mqttUrl, this.#gateway?.log)
      await pause(lookMs)
    }
  }

  async #openRig(request: RigRequest): Promise<Rig> {
    this.#gateway?.requireAlive()
    const names = Object.keys(request.devices)
    if (names.length > this.#pool.size) {
      throw new HarnessError(
        'DEVICE_UNKNOWN',
        `Cannot lease ${names.length} devices: the gateway knows ${this.#pool.size}. Add devices to the target's part of dockrig.yaml.`,
      )
    }
    const leased = await this.#pool.lease(names)
    const { profile, options, credential, second } = this.#with
    const aliases = new Map<string, DeviceAlias>(
      [...leased].map(([name, { device_id, gateway_sn }]) => [name, { name, device_id, gateway_sn }]),
    )
    const pace = new RealPace(systemClock)
    const byId = new Map([...aliases.values()].map((alias) => [alias.device_id, alias]))
    const judge = createJudge({
      profile,
      level: options.level ?? 'should',
      devices: byId,
      exact: 'tolerant',
      tolerance_ms,
    })
    const recorder = new Recorder(systemClock, judge)
    const troubles: unknown[] = []
    const fleet = this.#fleet(request, leased, troubles)
    for (const { gateway_sn } of leased.values()) this.#lodgers.set(gateway_sn, { fleet, recorder })
    recorder.gateway('ready')
    const rigSeed = seedOf(options.seed, systemClock.now(), this.#rigs++)
    return {
      kind: 'external',
      profile,
      pace,
      recorder,
      fleet,
      devices: aliases,
      credential,
      secondCredential: second,
      // Another run of the same seed must not meet the nonces and keys that a gateway remembers of this one.
      newId: createIds(createRandom(rigSeed)),
      gateway: this.#gateway === undefined ? undefined : this.#control(this.#gateway),
      broker: this.#broker instanceof Broker ? this.#brokerControl(this.#broker) : undefined,
      troubles,
      call: (wire) => this.#caller.call(wire),
      close: async () => {
        await fleet.close()
        for (const { gateway_sn } of leased.values()) this.#lodgers.delete(gateway_sn)
        this.#pool.giveBack(leased.values())
      },
    }
  }

  #fleet(request: RigRequest, leased: ReadonlyMap<string, PooledDevice>, troubles: unknown[]): Fleet {
    const broker = this.#broker
    if (broker === undefined) throw new Error('Bug: a rig was opened before the broker')
    const fleet = new Fleet({
      clock: systemClock,
      seed: request.seed,
      activity: this.#activity,
      dial: () => broker.dial(),
      brokerName: this.#with.options.broker ?? 'the embedded broker',
      keepAliveSeconds: 30,
      onTrouble: (error) => {
        troubles.push(error)
      },
    })
    for (const [name, device] of Object.entries(request.devices)) {
      const { gateway_sn = '', password = '' } = leased.get(name) ?? {}
      fleet.add({
        name,
        identity: { gateway_sn, password },
        ...(device.model === undefined ? {} : { model: device.model }),
        ...(device.initial === undefined ? {} : { initial: device.initial }),
        ...(device.telemetry === undefined ? {} : { telemetry: device.telemetry }),
      })
    }
    return fleet
  }

  #control(gateway: GatewayProcess): NonNullable<Rig['gateway']> {
    return { start: () => this.#startGateway(), stop: () => gateway.stop(), kill: () => gateway.kill() }
  }

  #brokerControl(broker: Broker): NonNullable<Rig['broker']> {
    return {
      stop: () => broker.stop(),
      start: () => broker.start(),
      drop: (who) =>
        broker.drop((sender) =>
          who === 'gateway'
            ? sender.kind === 'platform'
            : sender.kind === 'dock' && sender.gateway_sn === who.gateway_sn,
        ),
      fault: (level) => this.#faults.set(level),
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => systemClock.after(ms, resolve))
}

function notReady(place: GatewayPlace, answers: boolean, mqttUrl: string, log = ''): HarnessError {
  const what = answers
    ? `it answers HTTP, but has not subscribed to thing/product/+/services_reply at ${mqttUrl}`
    : 'it does not answer HTTP'
  const wrote =
    log === ''
      ? ''
      : `\nIt wrote:\n${log
          .trimEnd()
          .split('\n')
          .slice(-10)
          .map((line) => `  ${line}`)
          .join('\n')}`
  return new HarnessError(
    'GATEWAY_NOT_READY',
    `Cannot test the gateway at ${place.url}: after ${readyMs / 1000} s ${what}. Start it, or let Dockrig start it with --gateway-command.${wrote}`,
  )
}
