import type { Level, Profile } from '../contracts/index.ts'
import { dockIdentity } from '../simulator/index.ts'
import { loadConfig, profileOf } from './config.ts'
import type { PooledDevice } from './device-pool.ts'
import { openExternalRig } from './external-rig.ts'
import type { GatewayPlace } from './gateway-url.ts'
import { parseGatewayUrl } from './gateway-url.ts'
import type { Io } from './io.ts'
import { localAccess } from './local-access.ts'
import type { Target } from './scenario/index.ts'
import { Station } from './station.ts'

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
  /** How long the gateway may take until it is ready, in seconds. Default 15. */
  readonly readyTimeout?: number
}

/** Devices of a gateway that we start: enough that no test meets what another has left open. */
const pooledDevices = 1_000
const defaultReadySeconds = 15

/**
 * Somebody else's gateway as a target. Waits until it answers HTTP and has subscribed to `services_reply`; throws
 * GATEWAY_NOT_READY, GATEWAY_BROKEN, PORT_IN_USE, CONFIG_INVALID or REMOTE_REFUSED.
 */
export async function externalTarget(options: ExternalOptions, io: Pick<Io, 'env' | 'cwd'>): Promise<Target> {
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
  const profile = withOurs(declared, place, options)
  const station = await Station.open({
    place,
    profile,
    credential,
    mqtt,
    known,
    seed: options.seed,
    env: io.env,
    cwd: io.cwd,
    gatewayCommand: options.gatewayCommand,
    broker: options.broker,
    allowRemote: options.allowRemote === true,
    mqttPort: options.gatewayCommand === undefined ? options.mqttPort : 0,
    readyMs: (options.readyTimeout ?? defaultReadySeconds) * 1000,
  })
  const terms = { credential, second: config.second_credential, level: options.level ?? 'should' }
  return {
    kind: 'external',
    name: place.url,
    time: 'real',
    profile,
    open: (request) => openExternalRig(station, request, terms),
    close: () => station.close(),
  }
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
