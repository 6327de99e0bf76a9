import type { Judge, Sender } from '../../contracts/index.ts'
import type { Account, BrokerNotice, Clock, TopicRules } from '../../simulator/index.ts'
import type { Activity, DockSpec } from '../../simulator/index.ts'
import { Broker, BrokerFaults, createRandom, Fleet, seedOf } from '../../simulator/index.ts'
import { DeviceDirectory } from './device-directory.ts'
import { Recorder } from './recorder.ts'
import type { BrokerControl, Credential, DeviceAlias, RigDevice } from './rig.ts'

/** How docks come and go. */
export interface Crew {
  /** Makes a dock that everybody knows from now on; it is away until it connects. Throws OPTION_INVALID. */
  add(spec: DockSpec, device_id?: string): DeviceAlias
  /** Takes a dock away, and forgets it. Throws DEVICE_UNKNOWN. */
  remove(name: string): Promise<void>
}

/** Broker, docks and judge, before there is a gateway. */
export interface TestBed extends Crew {
  readonly broker: Broker
  readonly fleet: Fleet
  readonly recorder: Recorder
  readonly devices: DeviceDirectory
  readonly control: BrokerControl
  /** What went wrong while docks did what their scripts say; the scenario's fault, or ours. */
  readonly troubles: readonly unknown[]
  /** Resolves when the platform has subscribed to `services_reply`; again after every restart. */
  onPlatformReady(listener: () => void): () => void
}

export interface TestBedOptions {
  readonly clock: Clock
  readonly activity: Activity
  readonly seed: number
  readonly devices: Readonly<Record<string, RigDevice>>
  readonly topicRules: TopicRules
  readonly platform: { readonly username: string; readonly password: string }
  readonly keepAliveSeconds: number
  readonly judge: (devices: ReadonlyMap<string, DeviceAlias>) => Judge
  /** Told of a trouble when it comes; `troubles` keeps them all otherwise. */
  readonly onTrouble?: (error: unknown) => void
  /** How many frames are remembered. */
  readonly frameLimit?: number
  /** Ids and serial numbers that the target gave; names otherwise. */
  readonly lease?: (name: string) => { readonly device_id: string; readonly gateway_sn: string } | undefined
}

/** Puts up a broker with its tap, docks that are still away, and a judge. Knows no gateway. */
export async function openTestBed(options: TestBedOptions): Promise<TestBed> {
  const { clock, activity, seed } = options
  const devices = new DeviceDirectory()
  const recorder = new Recorder(clock, options.judge(byId(devices)), options.frameLimit)
  const faults = new BrokerFaults(clock, createRandom(seedOf(seed, 'faults')))
  const listeners = new Set<() => void>()
  const notice = (event: BrokerNotice): void => {
    if (event.kind === 'subscribed' && isServicesReply(event.sender, event.filter))
      for (const tell of listeners) tell()
  }
  const troubles: unknown[] = []
  const broker = await Broker.create({
    activity,
    faults,
    rules: options.topicRules,
    time: options.keepAliveSeconds === 0 ? 'virtual' : 'real',
    accountOf: (username, password) => accountOf(username, password, options.platform, fleet),
    onMessage: (message) => recorder.heard(message),
    onNotice: notice,
  })
  const fleet = fleetOf(options, broker, (error) => troubles.push(error))
  const crew = crewOf(fleet, devices)
  for (const [name, spec] of Object.entries(options.devices)) {
    const leased = options.lease?.(name)
    const identity = leased === undefined ? {} : { identity: { gateway_sn: leased.gateway_sn } }
    crew.add({ name, ...spec, ...identity }, leased?.device_id)
  }
  return {
    broker,
    fleet,
    recorder,
    devices,
    troubles,
    control: controlOf(broker, faults),
    onPlatformReady(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    ...crew,
  }
}

function fleetOf(options: TestBedOptions, broker: Broker, keep: (error: unknown) => void): Fleet {
  const { clock, seed, activity, keepAliveSeconds, onTrouble = keep } = options
  return new Fleet({
    clock,
    seed,
    activity,
    dial: () => broker.dial(),
    brokerName: 'the embedded broker',
    keepAliveSeconds,
    onTrouble,
  })
}

function crewOf(fleet: Fleet, devices: DeviceDirectory): Crew {
  return {
    add(spec, device_id = spec.name) {
      const { name, gateway_sn } = fleet.add(spec)
      const alias = { name, device_id, gateway_sn }
      devices.set(name, alias)
      return alias
    },
    async remove(name) {
      const alias = devices.get(name)
      await fleet.remove(name)
      // The name is free now, and may be somebody else's already.
      if (devices.get(name) === alias) devices.delete(name)
    },
  }
}

function isServicesReply(sender: Sender, filter: string): boolean {
  return sender.kind === 'platform' && /^thing\/product\/(\+|[^/]+)\/(services_reply|\+|#)$/.test(filter)
}

function accountOf(
  username: string,
  password: string,
  platform: TestBedOptions['platform'],
  fleet: Fleet,
): Account | undefined {
  if (username === platform.username && password === platform.password) return { kind: 'platform' }
  return fleet.accountOf(username, password)
}

/** The judge knows devices by their ids, scenarios by their names; both views are of one map and grow together. */
function byId(devices: DeviceDirectory): ReadonlyMap<string, DeviceAlias> {
  const find = (id: string): DeviceAlias | undefined => devices.get(id) ?? devices.find(id)
  return {
    get: find,
    has: (id) => find(id) !== undefined,
    get size() {
      return devices.size
    },
    forEach: (tell, self) => devices.forEach(tell, self),
    entries: () => devices.entries(),
    keys: () => devices.keys(),
    values: () => devices.values(),
    [Symbol.iterator]: () => devices[Symbol.iterator](),
  }
}

function controlOf(broker: Broker, faults: BrokerFaults): BrokerControl {
  return {
    stop: () => broker.stop(),
    start: () => broker.start(),
    drop: (who) => {
      broker.drop((sender) =>
        who === 'gateway'
          ? sender.kind === 'platform'
          : sender.kind === 'dock' && sender.gateway_sn === who.gateway_sn,
      )
    },
    fault: (level) => faults.set(level),
  }
}

/** What the harness and the gateway share: whom requests are signed for. */
export interface PlatformAccess {
  readonly credential: Credential
  readonly secondCredential: Credential
  readonly mqtt: { readonly username: string; readonly password: string }
}
