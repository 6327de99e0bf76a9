import type { Level, Profile } from '../contracts/index.ts'
import { createJudge, referenceProfile } from '../contracts/index.ts'
import type { Clock } from '../simulator/index.ts'
import {
  Activity,
  connectTransport,
  createIds,
  createRandom,
  dialer,
  seedOf,
  systemClock,
  VirtualClock,
} from '../simulator/index.ts'
import type { CallListener, GatewayParts } from './gateway/index.ts'
import { createGateway, createMemoryStore, FrontDoors } from './gateway/index.ts'
import type { Lodger } from './gateway-house.ts'
import { GatewayHouse } from './gateway-house.ts'
import { inUrl } from './gateway-url.ts'
import { gatewayCatalogue } from './gateway-catalogue.ts'
import type { LocalAccess } from './local-access.ts'
import { localAccess } from './local-access.ts'
import type { Credential, DeviceAlias, Pace, Rig, RigRequest, Target, TestBed } from './scenario/index.ts'
import { openTestBed, RealPace, VirtualPace } from './scenario/index.ts'

/** How the bundled gateway and its rig are put together. */
export interface ReferenceOptions {
  readonly level?: Level
  /** `virtual`: one process, no sockets. `real`: TCP for broker and HTTP, time passes by itself. Default `virtual`. */
  readonly time?: 'virtual' | 'real'
  readonly mqttPort?: number
  readonly httpPort?: number
  readonly host?: string
  /** Default: one that is drawn from the seed. */
  readonly credential?: Credential
  /** Seed of the credentials, when it is not the rig's. */
  readonly accessSeed?: number
  readonly profile?: Profile
  /** Pieces of the gateway that are replaced. */
  readonly parts?: Partial<GatewayParts>
  readonly openapi?: () => object
  /** Turns of stillness that virtual time waits for; only a test of quiet itself gives it. */
  readonly turns?: number
  /** How many commands the judge remembers; for rigs that run for long. */
  readonly judgeLimit?: number
  /** How many frames are remembered; for rigs that run for long. */
  readonly frameLimit?: number
  /** Told of what goes wrong while a dock does what its script says. */
  readonly onTrouble?: (error: unknown) => void
  /** Told of every HTTP call to the gateway, whoever made it, when it is answered. */
  readonly onCall?: CallListener
  /** Whether the docks are judged too. */
  readonly docks?: 'scripted' | 'unscripted'
}

/** A rig with the bundled gateway in it, and how to reach it from outside. */
export interface ReferenceRig extends Rig {
  readonly clock: Clock
  readonly mqtt: { readonly username: string; readonly password: string; readonly port: number | undefined }
  /** Where HTTP listens; undefined in virtual time. */
  readonly httpPort: number | undefined
  readonly bed: TestBed
}

const tolerance_ms = 250

/** The bundled gateway as a target of scenarios: every test gets a rig of its own. */
export function referenceTarget(options: ReferenceOptions = {}): Target {
  return {
    kind: 'reference',
    name: referenceProfile.name,
    time: options.time ?? 'virtual',
    profile: options.profile ?? referenceProfile,
    open: (request) => openReferenceRig(request, options),
    close: () => Promise.resolve(),
  }
}

/**
 * Puts up broker, docks, judge and the bundled gateway. The docks are away until they connect. Throws PORT_IN_USE,
 * OPTION_INVALID or CONFIG_INVALID, and leaves nothing behind then.
 */
export async function openReferenceRig(
  request: RigRequest,
  options: ReferenceOptions = {},
): Promise<ReferenceRig> {
  const ground = await openGround(request, options)
  const { bed } = ground
  try {
    const mqttPort = ground.isReal ? await bed.broker.listen(options.mqttPort ?? 0, ground.host) : undefined
    const house = new GatewayHouse({
      http: ground.isReal ? { host: ground.host, port: options.httpPort ?? 0 } : undefined,
      start: gatewayStarter(ground, { request, options, mqttPort }),
    })
    await house.start()
    bed.recorder.gateway('ready')
    bed.onPlatformReady(() => bed.fleet.announce())
    return rigOf(ground, { house, mqttPort, seed: request.seed })
  } catch (error) {
    await bed.broker.close()
    throw error
  }
}

/** What a rig has before there is a gateway. */
interface Ground {
  readonly isReal: boolean
  readonly host: string
  readonly profile: Profile
  readonly activity: Activity
  readonly pace: Pace
  readonly access: LocalAccess
  readonly bed: TestBed
}

async function openGround(request: RigRequest, options: ReferenceOptions): Promise<Ground> {
  const isReal = options.time === 'real'
  const activity = new Activity()
  const pace: Pace = isReal
    ? new RealPace(systemClock)
    : new VirtualPace(new VirtualClock(), activity, options.turns)
  const local = localAccess(options.accessSeed ?? request.seed)
  const access = { ...local, credential: options.credential ?? local.credential }
  const bed = await openTestBed({
    clock: pace.clock,
    activity,
    seed: request.seed,
    devices: request.devices,
    topicRules: request.topicRules,
    platform: access.mqtt,
    keepAliveSeconds: keepAliveSeconds(isReal),
    judge: (devices) => judgeOf(devices, options),
    ...(options.onTrouble === undefined ? {} : { onTrouble: options.onTrouble }),
    ...(options.frameLimit === undefined ? {} : { frameLimit: options.frameLimit }),
  })
  const host = options.host ?? '127.0.0.1'
  return { isReal, host, profile: options.profile ?? referenceProfile, activity, pace, access, bed }
}

/** Without sockets a connection cannot go silent, and a library's own timers would not run on our clock. */
function keepAliveSeconds(isReal: boolean): number {
  return isReal ? 30 : 0
}

interface Settling {
  readonly request: RigRequest
  readonly options: ReferenceOptions
  readonly mqttPort: number | undefined
}

/** How the gateway begins, first and after every stop: another connection, the same store and identifiers. */
function gatewayStarter(
  { isReal, host, activity, pace, access, bed }: Ground,
  { request, options, mqttPort }: Settling,
): () => Promise<Lodger> {
  const dial = mqttPort === undefined ? () => bed.broker.dial() : dialer(`mqtt://${inUrl(host)}:${mqttPort}`)
  const store = createMemoryStore()
  const newId = createIds(createRandom(seedOf(request.seed, 'gateway ids')))
  return async () => {
    const link = await connectTransport({
      dial,
      clock: pace.clock,
      activity,
      clientId: 'dockrig-gateway',
      keepAliveSeconds: keepAliveSeconds(isReal),
      brokerName: 'the embedded broker',
      ...access.mqtt,
    })
    try {
      const gateway = await createGateway({
        link,
        clock: pace.clock,
        store,
        activity,
        newId,
        credentials: [access.credential, access.secondCredential],
        devices: bed.devices,
        catalogue: gatewayCatalogue,
        ...(mqttPort === undefined ? { doors } : {}),
        ...(options.openapi === undefined ? {} : { openapi: options.openapi }),
        ...(options.onCall === undefined ? {} : { onCall: options.onCall }),
        ...(options.parts === undefined ? {} : { parts: options.parts }),
        ...(options.profile === undefined
          ? {}
          : { signing: options.profile.signing, base_path: options.profile.base_path }),
      })
      return { gateway, link }
    } catch (error) {
      link.cut()
      throw error
    }
  }
}

interface Moved {
  readonly house: GatewayHouse
  readonly mqttPort: number | undefined
  readonly seed: number
}

function rigOf({ profile, pace, access, bed }: Ground, { house, mqttPort, seed }: Moved): ReferenceRig {
  return {
    kind: 'reference',
    profile,
    pace,
    clock: pace.clock,
    bed,
    recorder: bed.recorder,
    fleet: bed.fleet,
    devices: bed.devices,
    credential: access.credential,
    secondCredential: access.secondCredential,
    newId: createIds(createRandom(seedOf(seed, 'client ids'))),
    gateway: house,
    broker: bed.control,
    troubles: bed.troubles,
    mqtt: { ...access.mqtt, port: mqttPort },
    httpPort: house.port,
    call: (wire) => house.call(wire),
    async close() {
      bed.control.fault({ delayMs: 0, loss: 0, pubackMs: 0 })
      await bed.fleet.close()
      await house.close()
      await bed.broker.close()
    },
  }
}

function judgeOf(
  devices: ReadonlyMap<string, DeviceAlias>,
  options: ReferenceOptions,
): ReturnType<typeof createJudge> {
  return createJudge({
    devices,
    profile: options.profile ?? referenceProfile,
    level: options.level ?? 'may',
    exact: options.time === 'real' ? 'tolerant' : 'exact',
    tolerance_ms: options.time === 'real' ? tolerance_ms : 0,
    docks: options.docks ?? 'scripted',
    ...(options.judgeLimit === undefined ? {} : { limit: options.judgeLimit }),
  })
}

/** Apps of gateways that ended in good order, kept for the rigs to come. */
const doors = new FrontDoors()
