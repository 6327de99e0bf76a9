import type { Finding, Frame } from '../contracts/index.ts'
import { HarnessError } from '../contracts/index.ts'
import type { ReferenceOptions, ReferenceRig } from './compose.ts'
import { openReferenceRig } from './compose.ts'
import { inUrl } from './gateway-url.ts'
import { Command } from './library-command.ts'
import type { RigDeviceHandle } from './library-device.ts'
import { deviceHandle } from './library-device.ts'
import type { Rig, Watcher } from './scenario/index.ts'
import { call, jsonOf, statusOf, trackCommand } from './scenario/index.ts'

export interface StartOptions {
  /** Names of the devices, or how many: `drone-001` and so on. Default: one. */
  readonly devices?: number | readonly string[]
  /** Model of every dock. Default `dock2`. */
  readonly model?: string
  /** Everything random comes from it. Default 1. */
  readonly seed?: number
  /** HTTP port of the gateway; 0 takes any free one. With it the rig has sockets and runs in real time. */
  readonly port?: number
  /** MQTT port of the broker, in real time. Default: any free one. */
  readonly mqttPort?: number
  /** Address that both listen on. Default 127.0.0.1. */
  readonly host?: string
  /** Whom the gateway lets in. Default: a credential drawn from the seed. */
  readonly credential?: { readonly api_id: string; readonly api_key: string }
  /** Pieces of the bundled gateway that are replaced: a known defect, to see whether a client notices. */
  readonly parts?: ReferenceOptions['parts']
  /** How long the judge remembers, in commands. Default 10,000. */
  readonly judgeLimit?: number
  /** The document that the gateway serves as `openapi.json`. */
  readonly openapi?: () => object
}

/** What `rig.send` takes beside device and method. */
export interface SendOptions {
  readonly timeout_seconds?: number
  readonly idempotency_key?: string
}

/** A rig as a test or a program uses it: gateway, broker, docks and the judge. */
export interface DockRig {
  /** Base URL of the gateway; empty in virtual time. */
  readonly url: string
  /** URL of the broker; empty in virtual time. */
  readonly mqttUrl: string
  readonly api_id: string
  readonly api_key: string
  readonly mqtt: { readonly username: string; readonly password: string }
  readonly devices: readonly RigDeviceHandle[]
  /** What the judge has found so far. */
  readonly findings: readonly Finding[]
  /** Every message that the broker heard. */
  readonly frames: readonly Frame[]
  /** Scenario time, milliseconds since the epoch. */
  now(): number
  device(name: string): RigDeviceHandle
  /** Creates a command. Throws an Error with the gateway's answer when it is not accepted. */
  send(device: string, method: string, payload?: object, options?: SendOptions): Promise<Command>
  /** A signed HTTP call; the path is below the base path. */
  fetch(path: string, init?: FetchInit): Promise<FetchAnswer>
  /** Lets scenario time pass. */
  wait(ms: number): Promise<void>
  close(): Promise<void>
}

export interface FetchInit {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

export interface FetchAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly json: unknown
}

/**
 * Starts a rig: without a port in process, in virtual time and without sockets; with `port` on real sockets and in real
 * time. All docks are on line when it resolves. Throws PORT_IN_USE or OPTION_INVALID.
 */
export async function startRig(options: StartOptions = {}): Promise<DockRig> {
  const names = deviceNames(options.devices ?? 1)
  const spec = options.model === undefined ? {} : { model: options.model }
  const rig = await openReferenceRig(
    {
      seed: options.seed ?? 1,
      topicRules: 'enforced',
      devices: Object.fromEntries(names.map((name) => [name, spec])),
    },
    composeOptions(options),
  )
  try {
    await rig.pace.during(Promise.all(names.map((name) => rig.fleet.get(name).connect())))
  } catch (error) {
    await rig.close()
    throw error
  }
  for (const { gateway_sn } of rig.devices.values()) rig.recorder.dock(gateway_sn, 'up')
  await rig.pace.settle()
  return rigHandle(rig, options.host ?? '127.0.0.1')
}

/** `drone-001` and so on. Throws OPTION_INVALID. */
export function deviceNames(devices: number | readonly string[]): readonly string[] {
  if (typeof devices !== 'number') return devices
  if (!Number.isInteger(devices) || devices < 1 || devices > 10_000) {
    throw new HarnessError(
      'OPTION_INVALID',
      `Cannot make ${devices} devices: it is no whole number from 1 to 10000. Choose one that is.`,
    )
  }
  return Array.from({ length: devices }, (_, index) => `drone-${String(index + 1).padStart(3, '0')}`)
}

function composeOptions({
  port,
  mqttPort,
  host,
  judgeLimit,
  openapi,
  credential,
  parts,
}: StartOptions): ReferenceOptions {
  const isReal = port !== undefined || mqttPort !== undefined
  return {
    time: isReal ? 'real' : 'virtual',
    httpPort: port ?? 0,
    mqttPort: mqttPort ?? 0,
    judgeLimit: judgeLimit ?? 10_000,
    ...(host === undefined ? {} : { host }),
    ...(credential === undefined ? {} : { credential }),
    ...(parts === undefined ? {} : { parts }),
    ...(openapi === undefined ? {} : { openapi }),
  }
}

function rigHandle(rig: ReferenceRig, host: string): DockRig {
  const findings: Finding[] = []
  rig.recorder.listen({ finding: (finding) => findings.push(finding), change: () => rig.pace.poke() })
  const watcher: Watcher = { rig, show: () => undefined, statusSeen: () => undefined }
  const devices = new Map([...rig.devices.keys()].map((name) => [name, deviceHandle(rig, name)]))
  return {
    url: rig.httpPort === undefined ? '' : `http://${inUrl(host)}:${rig.httpPort}`,
    mqttUrl: rig.mqtt.port === undefined ? '' : `mqtt://${inUrl(host)}:${rig.mqtt.port}`,
    api_id: rig.credential.api_id,
    api_key: rig.credential.api_key,
    mqtt: { username: rig.mqtt.username, password: rig.mqtt.password },
    devices: [...devices.values()],
    findings,
    get frames() {
      return rig.recorder.frames
    },
    now: () => rig.clock.now(),
    // The fleet knows how to say that there is no such device.
    device: (name) => devices.get(name) ?? deviceHandle(rig, rig.fleet.get(name).name),
    send: (device, method, payload = {}, options = {}) =>
      sendCommand(watcher, { device, method, payload, options }),
    fetch: (path, init = {}) => fetchThrough(rig, path, init),
    wait: (ms) => rig.pace.pass(ms),
    close: () => rig.close(),
  }
}

interface Sending {
  readonly device: string
  readonly method: string
  readonly payload: object
  readonly options: SendOptions
}

async function sendCommand(
  watcher: Watcher,
  { device, method, payload, options }: Sending,
): Promise<Command> {
  const { rig } = watcher
  const alias = rig.devices.get(device)
  const body = {
    vendor: 'dji',
    device_id: alias?.device_id ?? device,
    command_type: method,
    idempotency_key: rig.newId(),
    payload,
    ...options,
  }
  const exchange = await call(rig, { method: 'POST', path: '/downlink/commands', body })
  if (statusOf(exchange) < 200 || statusOf(exchange) >= 300) {
    const answer =
      exchange.outcome.kind === 'answered' ? exchange.outcome.response.body : exchange.outcome.why
    throw new Error(
      `Cannot send ${method} to "${device}": the gateway answered ${statusOf(exchange)} ${answer}. Check the device, the method and its payload.`,
    )
  }
  return new Command(
    watcher,
    trackCommand({ name: method, device, gateway_sn: alias?.gateway_sn, body }, exchange),
  )
}

async function fetchThrough(
  rig: Rig,
  path: string,
  { method = 'GET', headers, body }: FetchInit,
): Promise<FetchAnswer> {
  const exchange = await call(rig, { method, path, body, ...(headers === undefined ? {} : { headers }) })
  if (exchange.outcome.kind === 'unanswered') {
    throw new HarnessError(
      'GATEWAY_UNREACHABLE',
      `Cannot get an answer to ${method} ${path}: ${exchange.outcome.why}. Check that the gateway runs.`,
    )
  }
  const { status, headers: answered, body: text } = exchange.outcome.response
  return { status, headers: answered, text, json: jsonOf(exchange) }
}
