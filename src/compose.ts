import type { AddressInfo } from 'node:net'
import type { HttpOutcome, Level, Profile } from '../contracts/index.ts'
import { checkPayload, createJudge, findMethod, referenceProfile } from '../contracts/index.ts'
import type { Clock, Transport } from '../simulator/index.ts'
import {
  Activity,
  connectTransport,
  createIds,
  createRandom,
  dialer,
  listenError,
  seedOf,
  systemClock,
  VirtualClock,
} from '../simulator/index.ts'
import type { Catalogue, Gateway, GatewayParts } from './gateway/index.ts'
import { createGateway, createMemoryStore } from './gateway/index.ts'
import { localAccess } from './local-access.ts'
import { httpCaller } from './http-caller.ts'
import type {
  Credential,
  DeviceAlias,
  GatewayControl,
  Pace,
  Rig,
  RigRequest,
  Target,
  TestBed,
  WireRequest,
} from './scenario/index.ts'
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

/** Puts up broker, docks, judge and the bundled gateway. The docks are away until they connect. */
export async function openReferenceRig(
  request: RigRequest,
  options: ReferenceOptions = {},
): Promise<ReferenceRig> {
  const activity = new Activity()
  const pace: Pace =
    options.time === 'real'
      ? new RealPace(systemClock)
      : new VirtualPace(new VirtualClock(), activity, options.turns)
  const local = localAccess(options.accessSeed ?? request.seed)
  const secrets = { ...local, credential: options.credential ?? local.credential }
  const bed = await openTestBed({
    clock: pace.clock,
    activity,
    seed: request.seed,
    devices: request.devices,
    topicRules: request.topicRules,
    platform: secrets.mqtt,
    keepAliveSeconds: options.time === 'real' ? 30 : 0,
    judge: (devices) => judgeOf(devices, options),
  })
  const host = options.host ?? '127.0.0.1'
  const mqttPort = options.time === 'real' ? await bed.broker.listen(options.mqttPort ?? 0, host) : undefined
  const dial = mqttPort === undefined ? () => bed.broker.dial() : dialer(`mqtt://${host}:${mqttPort}`)
  const store = createMemoryStore()
  const gatewayIds = createIds(createRandom(seedOf(request.seed, 'gateway ids')))
  const house = new GatewayHouse({
    options,
    host,
    start: async () => {
      const link = await connectTransport({
        dial,
        clock: pace.clock,
        activity,
        clientId: 'dockrig-gateway',
        keepAliveSeconds: options.time === 'real' ? 30 : 0,
        brokerName: 'the embedded broker',
        ...secrets.mqtt,
      })
      const gateway = await createGateway({
        link,
        clock: pace.clock,
        store,
        activity,
        newId: gatewayIds,
        credentials: [secrets.credential, secrets.secondCredential],
        devices: directoryOf(bed.devices),
        catalogue,
        ...(options.openapi === undefined ? {} : { openapi: options.openapi }),
        ...(options.parts === undefined ? {} : { parts: options.parts }),
        ...(options.profile === undefined
          ? {}
          : { signing: options.profile.signing, base_path: options.profile.base_path }),
      })
      return { gateway, link }
    },
  })
  try {
    await house.start()
  } catch (error) {
    await bed.broker.close()
    throw error
  }
  bed.recorder.gateway('ready')
  bed.onPlatformReady(() => bed.fleet.announce())
  return {
    kind: 'reference',
    profile: options.profile ?? referenceProfile,
    pace,
    clock: pace.clock,
    bed,
    recorder: bed.recorder,
    fleet: bed.fleet,
    devices: bed.devices,
    credential: secrets.credential,
    secondCredential: secrets.secondCredential,
    newId: createIds(createRandom(seedOf(request.seed, 'client ids'))),
    gateway: house,
    broker: bed.control,
    troubles: bed.troubles,
    mqtt: { ...secrets.mqtt, port: mqttPort },
    httpPort: house.port,
    call: (wire) => house.call(wire),
    async close() {
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

function directoryOf(devices: ReadonlyMap<string, DeviceAlias>): {
  find(device_id: string): { readonly gateway_sn: string } | undefined
  byGateway(gateway_sn: string): string | undefined
} {
  return {
    find: (device_id) => devices.get(device_id),
    byGateway: (gateway_sn) =>
      [...devices.values()].find((device) => device.gateway_sn === gateway_sn)?.device_id,
  }
}

const catalogue: Catalogue = {
  find: (method) => findMethod(method),
  check: (name, payload) => {
    const method = findMethod(name)
    return method === undefined ? [] : checkPayload(method, payload)
  },
}

interface Lodger {
  readonly gateway: Gateway
  readonly link: Transport
}

interface HouseOptions {
  readonly options: ReferenceOptions
  readonly host: string
  readonly start: () => Promise<Lodger>
}

/** The place where the gateway lives: it can be stopped, killed and started again on the same store and port. */
class GatewayHouse implements GatewayControl {
  readonly #house: HouseOptions
  #lodger: Lodger | undefined
  #port: number | undefined
  #caller: ReturnType<typeof httpCaller> | undefined

  constructor(house: HouseOptions) {
    this.#house = house
  }

  get port(): number | undefined {
    return this.#port
  }

  async start(): Promise<void> {
    if (this.#lodger !== undefined) return
    const lodger = await this.#house.start()
    this.#lodger = lodger
    const { options, host } = this.#house
    if (options.time !== 'real') return
    this.#port = await listen(lodger.gateway, this.#port ?? options.httpPort ?? 0, host)
    this.#caller ??= httpCaller({ host, port: this.#port })
  }

  async stop(): Promise<void> {
    const lodger = this.#lodger
    this.#lodger = undefined
    await lodger?.gateway.close()
  }

  async kill(): Promise<void> {
    const lodger = this.#lodger
    this.#lodger = undefined
    lodger?.gateway.kill()
    lodger?.link.cut()
    if (this.#port !== undefined) await lodger?.gateway.app.close()
  }

  async close(): Promise<void> {
    await this.stop()
    this.#caller?.close()
  }

  async call(request: WireRequest): Promise<HttpOutcome> {
    if (this.#caller !== undefined) return this.#caller.call(request)
    const app = this.#lodger?.gateway.app
    if (app === undefined) return { kind: 'unanswered', why: 'the gateway does not run' }
    return inject(app, request)
  }
}

async function listen({ app }: Gateway, port: number, host: string): Promise<number> {
  try {
    await app.listen({ port, host })
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, port, host)
  }
  return (app.server.address() as AddressInfo).port
}

/** Calls the gateway inside the process, without a socket. */
async function inject(
  app: Gateway['app'],
  { method, path, headers, body }: WireRequest,
): Promise<HttpOutcome> {
  try {
    const answer = await app.inject({
      method: method as 'GET',
      url: path,
      headers: { ...headers },
      ...(body === undefined ? {} : { payload: Buffer.from(body) }),
    })
    const lower = Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), String(value)])
    return {
      kind: 'answered',
      response: {
        status: answer.statusCode,
        headers: Object.fromEntries(lower) as Record<string, string>,
        body: answer.payload,
      },
    }
  } catch (error) {
    return { kind: 'unanswered', why: error instanceof Error ? error.message : String(error) }
  }
}
