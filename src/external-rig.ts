import type { Level } from '../contracts/index.ts'
import { createJudge, HarnessError } from '../contracts/index.ts'
import { createIds, createRandom, Fleet, systemClock } from '../simulator/index.ts'
import type { PooledDevice } from './device-pool.ts'
import type { Credential, DeviceAlias, Rig, RigRequest } from './scenario/index.ts'
import { RealPace, Recorder } from './scenario/index.ts'
import type { Station } from './station.ts'

/** What every rig of a run has in common. */
export interface RigTerms {
  readonly credential: Credential
  readonly second: Credential | undefined
  readonly level: Level
}

/** How far real clocks and the order of HTTP and MQTT may be off, in milliseconds. */
const tolerance_ms = 500

/** A rig for one test on somebody else's gateway: leased devices, a judge of its own. Throws DEVICE_UNKNOWN or GATEWAY_BROKEN. */
export async function openExternalRig(station: Station, request: RigRequest, terms: RigTerms): Promise<Rig> {
  station.requireAlive()
  const leased = await lease(station, Object.keys(request.devices))
  const devices = new Map<string, DeviceAlias>(
    [...leased].map(([name, { device_id, gateway_sn }]) => [name, { name, device_id, gateway_sn }]),
  )
  const { profile } = station
  const judge = createJudge({
    profile,
    level: terms.level,
    devices: new Map([...devices.values()].map((alias) => [alias.device_id, alias])),
    exact: 'tolerant',
    tolerance_ms,
  })
  const recorder = new Recorder(systemClock, judge)
  const troubles: unknown[] = []
  const fleet = fleetOf(station, request, leased, troubles)
  const serials = [...leased.values()].map(({ gateway_sn }) => gateway_sn)
  station.lodge(serials, { fleet, recorder })
  recorder.gateway('ready')
  // Another run of the same seed must not meet the nonces and keys that a gateway remembers of this one.
  const freshSeed = station.freshRigSeed()
  return {
    kind: 'external',
    profile,
    pace: new RealPace(systemClock),
    recorder,
    fleet,
    devices,
    credential: terms.credential,
    secondCredential: terms.second,
    newId: createIds(createRandom(freshSeed)),
    freshSeed,
    gateway: station.gatewayControl,
    broker: station.brokerControl,
    troubles,
    call: (wire) => station.call(wire),
    close: async () => {
      await fleet.close()
      station.release(serials)
      station.pool.giveBack(leased.values())
      await station.restore()
    },
  }
}

function lease(station: Station, names: readonly string[]): Promise<ReadonlyMap<string, PooledDevice>> {
  if (names.length > station.pool.size) {
    throw new HarnessError(
      'DEVICE_UNKNOWN',
      `Cannot lease ${names.length} devices: the gateway knows ${station.pool.size}. Add devices to the target's part of dockrig.yaml.`,
    )
  }
  return station.pool.lease(names)
}

function fleetOf(
  station: Station,
  request: RigRequest,
  leased: ReadonlyMap<string, PooledDevice>,
  troubles: unknown[],
): Fleet {
  const fleet = new Fleet({
    clock: systemClock,
    seed: request.seed,
    activity: station.activity,
    dial: () => station.dial(),
    brokerName: station.brokerName,
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
      ...(device.aircraft === undefined ? {} : { aircraft: device.aircraft }),
      ...(device.initial === undefined ? {} : { initial: device.initial }),
      ...(device.telemetry === undefined ? {} : { telemetry: device.telemetry }),
      ...(device.tags === undefined ? {} : { tags: device.tags }),
    })
  }
  return fleet
}
