import type { Finding, Frame } from '../contracts/index.ts'
import { HarnessError } from '../contracts/index.ts'
import type { ReferenceOptions } from './compose.ts'
import { openReferenceRig } from './compose.ts'
import { inUrl } from './gateway-url.ts'
import type { FetchAnswer, FetchInit, SendOptions } from './library-calls.ts'
import { fetchThrough, sendCommand } from './library-calls.ts'
import type { Command } from './library-command.ts'
import type { RigDeviceHandle } from './library-device.ts'
import type { RigListener } from './library-events.ts'
import { RigEvents } from './library-events.ts'
import { Household, mostDevices } from './library-household.ts'
import type { AppliedScript } from './library-scripts.ts'
import { ScriptDesk } from './library-scripts.ts'
import type { Place } from '../simulator/index.ts'
import { placeOfSeed } from '../simulator/index.ts'
import type {
  DeviceAction,
  NewDevices,
  ScriptFile,
  Selection,
  TimelineFrame,
  Watcher,
} from './scenario/index.ts'
import { timelineFrame } from './scenario/index.ts'

export interface StartOptions {
  /** Names of the devices, or how many: `drone-001` and so on. Default: one. */
  readonly devices?: number | readonly string[]
  /** Model of every dock. Default `dock2`. */
  readonly model?: string
  /** Model of every aircraft, such as `m3td`. Default: the first that fits the dock. */
  readonly aircraft?: string
  /** Around where the docks stand. Default: drawn from the seed. */
  readonly place?: Place
  /** What the docks do from the beginning; devices that it names have to be there. */
  readonly script?: ScriptFile
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

export interface ScriptOptions {
  /** Where it comes from, for whoever lists scripts. Default `library`. */
  readonly source?: string
  /** Id of the script that it replaces. */
  readonly instead?: string | undefined
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
  /** A message with the docks by their names, and its payload as text. */
  show(frame: Frame): TimelineFrame
  /** Scripts in force, the newest, which is asked first, at the beginning. */
  readonly scripts: readonly AppliedScript[]
  /** Scenario time, milliseconds since the epoch. */
  now(): number
  /** Throws DEVICE_UNKNOWN. */
  device(name: string): RigDeviceHandle
  /** The devices that a rule of a fleet with the same words is for: `{ tag: 'north', share: '10%' }`. */
  select(selection: Selection): readonly RigDeviceHandle[]
  /** Does something to all devices of a selection: `{ action: 'reboot', tag: 'north' }`. Returns whom it was done to. */
  act(action: DeviceAction): Promise<readonly RigDeviceHandle[]>
  /** Makes devices and connects them; they follow the scripts in force that fit them. Throws OPTION_INVALID. */
  add(devices: NewDevices): Promise<readonly RigDeviceHandle[]>
  /** Takes a device away; the gateway does not know it any more. Throws DEVICE_UNKNOWN. */
  remove(name: string): Promise<void>
  /**
   * Lets docks do what a script says, before all that was said earlier; `instead` names an earlier script that it
   * replaces. Throws DEVICE_UNKNOWN.
   */
  script(script: ScriptFile, options?: ScriptOptions): AppliedScript
  /** Tells what happens, as it happens. Returns what ends it. */
  listen(listener: RigListener): () => void
  /** Creates a command. Throws an Error with the gateway's answer when it is not accepted. */
  send(device: string, method: string, payload?: object, options?: SendOptions): Promise<Command>
  /** A signed HTTP call; the path is below the base path. */
  fetch(path: string, init?: FetchInit): Promise<FetchAnswer>
  /** Lets scenario time pass. */
  wait(ms: number): Promise<void>
  close(): Promise<void>
}

/**
 * Starts a rig: without a port in process, in virtual time and without sockets; with `port` on real sockets and in real
 * time. All docks are on line when it resolves. Throws PORT_IN_USE or OPTION_INVALID.
 */
export async function startRig(options: StartOptions = {}): Promise<DockRig> {
  const names = deviceNames(options.devices ?? 1)
  const seed = options.seed ?? 1
  let events: RigEvents | undefined
  const rig = await openReferenceRig(
    { seed, topicRules: 'enforced', devices: {} },
    {
      ...composeOptions(options),
      onTrouble: (error) => events?.trouble(error),
      onCall: (call) => events?.call(call),
    },
  )
  events = new RigEvents(rig)
  const house = new Household(
    rig,
    { scripts: new ScriptDesk(rig, { seed, events }), events },
    { seed, centre: options.place ?? placeOfSeed(seed) },
  )
  try {
    if (options.script !== undefined) house.scripts.apply(options.script, { source: 'library' })
    const { model, aircraft } = options
    await house.add(
      { ...(model === undefined ? {} : { model }), ...(aircraft === undefined ? {} : { aircraft }) },
      names,
    )
  } catch (error) {
    await rig.close()
    throw error
  }
  return rigHandle(house, options.host ?? '127.0.0.1')
}

/** `drone-001` and so on. Throws OPTION_INVALID. */
export function deviceNames(devices: number | readonly string[]): readonly string[] {
  if (typeof devices !== 'number') return devices
  if (!Number.isInteger(devices) || devices < 1 || devices > mostDevices) {
    throw new HarnessError(
      'OPTION_INVALID',
      `Cannot make ${devices} devices: it is no whole number from 1 to ${mostDevices}. Choose one that is.`,
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
    ...(isReal ? { frameLimit: 20_000 } : {}),
    ...(host === undefined ? {} : { host }),
    ...(credential === undefined ? {} : { credential }),
    ...(parts === undefined ? {} : { parts }),
    ...(openapi === undefined ? {} : { openapi }),
  }
}

function rigHandle(house: Household, host: string): DockRig {
  const { rig, scripts, events } = house
  const findings: Finding[] = []
  rig.recorder.listen({ finding: (finding) => findings.push(finding), change: () => rig.pace.poke() })
  const watcher: Watcher = { rig, show: () => undefined, statusSeen: () => undefined }
  return {
    url: rig.httpPort === undefined ? '' : `http://${inUrl(host)}:${rig.httpPort}`,
    mqttUrl: rig.mqtt.port === undefined ? '' : `mqtt://${inUrl(host)}:${rig.mqtt.port}`,
    api_id: rig.credential.api_id,
    api_key: rig.credential.api_key,
    mqtt: { username: rig.mqtt.username, password: rig.mqtt.password },
    get devices() {
      return house.devices
    },
    findings,
    get frames() {
      return rig.recorder.frames
    },
    get scripts() {
      return scripts.list
    },
    show: (frame) => timelineFrame(frame, rig.devices),
    now: () => rig.clock.now(),
    device: (name) => house.device(name),
    select: (selection) => house.select(selection),
    act: (action) => house.act(action),
    add: (devices) => house.add(devices),
    remove: (name) => house.remove(name),
    script: (script, { source = 'library', instead } = {}) => scripts.apply(script, { source, instead }),
    listen: (listener) => events.listen(listener),
    send: (device, method, payload = {}, options = {}) =>
      sendCommand(watcher, { device, method, payload, options }),
    fetch: (path, init = {}) => fetchThrough(rig, path, init),
    wait: (ms) => rig.pace.pass(ms),
    close: () => rig.close(),
  }
}
