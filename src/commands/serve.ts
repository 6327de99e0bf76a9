import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { HarnessError, packageRoot } from '../../contracts/index.ts'
import { parse } from 'yaml'
import { isLoopback } from '../gateway-url.ts'
import type { ExitCode, Io } from '../io.ts'
import type { DockRig, StartOptions } from '../library.ts'
import { startRig } from '../library.ts'
import { applyScriptFile, watchScriptFile } from '../script-file.ts'
import { signedCurl } from '../signed-curl.ts'
import { version } from '../version.ts'

export interface ServeOptions {
  readonly port: number
  readonly mqttPort: number
  readonly host: string
  readonly allowRemote?: boolean
  readonly devices: number
  readonly model: string
  readonly seed: number
  readonly apiId?: string
  readonly apiKey?: string
  readonly script?: string
  /** A known defect that the gateway has on purpose. */
  readonly defect?: string
  readonly json?: boolean
}

/** Starts the sandbox and keeps it until the operator ends it. */
export async function serve(options: ServeOptions, io: Io): Promise<ExitCode> {
  requireLocal(options)
  // Heard from the beginning, so that a signal while it starts ends it cleanly too.
  const stopped = new Promise<void>((end) => io.onStop(end))
  const rig = await startRig({
    port: options.port,
    mqttPort: options.mqttPort,
    host: options.host,
    devices: options.devices,
    model: options.model,
    seed: options.seed,
    openapi: () =>
      parse(readFileSync(resolve(packageRoot(), 'contracts/schemas/openapi.yaml'), 'utf8')) as object,
    ...(options.defect === undefined ? {} : { parts: await partsOf(options.defect) }),
    ...(options.apiKey === undefined
      ? {}
      : { credential: { api_id: options.apiId ?? 'dockrig', api_key: options.apiKey } }),
  })
  let unwatch = (): Promise<void> => Promise.resolve()
  try {
    if (options.script !== undefined) {
      const file = resolve(io.cwd, options.script)
      applyScriptFile(rig, file)
      unwatch = await watchScriptFile(rig, file, (line) => io.stderr.write(`${line}\n`))
    }
    io.stdout.write(
      options.json === true ? `${JSON.stringify(readyLine(rig, options.seed))}\n` : welcome(rig, options, io),
    )
    await stopped
  } finally {
    await unwatch()
    await rig.close()
  }
  if (options.json !== true) io.stdout.write('Stopped.\n')
  return 0
}

/** Replaced pieces of a gateway with that defect; loaded only when one is asked for. */
async function partsOf(name: string): Promise<NonNullable<StartOptions['parts']>> {
  const [{ defects }, { defaultParts }] = await Promise.all([
    import('../prove/index.ts'),
    import('../gateway/index.ts'),
  ])
  const defect = defects.find((each) => each.name === name)
  if (defect !== undefined) return defect.parts(defaultParts)
  throw new HarnessError(
    'OPTION_INVALID',
    `Cannot serve with the defect "${name}": there is none of that name. docs/defects.md lists them.`,
  )
}

/** A sandbox that other machines reach must not be open to everybody who knows the seed. */
function requireLocal({ host, allowRemote, apiKey }: ServeOptions): void {
  if (isLoopback(host)) return
  if (allowRemote !== true) {
    throw new HarnessError(
      'REMOTE_REFUSED',
      `Cannot listen on "${host}": other machines could reach it. Add --allow-remote when that is what you want.`,
    )
  }
  if (apiKey === undefined) {
    throw new HarnessError(
      'REMOTE_REFUSED',
      `Cannot listen on "${host}" with the sandbox's own API key: anybody can compute it. Give one with DOCKRIG_API_KEY.`,
    )
  }
}

/** What other programs read; keep it stable. `dashboard` is null until there is a live page. */
function readyLine(rig: DockRig, seed: number): object {
  return {
    http: rig.url,
    mqtt: rig.mqttUrl,
    dashboard: null,
    api_id: rig.api_id,
    api_key: rig.api_key,
    mqtt_username: rig.mqtt.username,
    mqtt_password: rig.mqtt.password,
    devices: rig.devices.map(({ device_id, gateway_sn, model }) => ({ device_id, gateway_sn, model })),
    seed,
    version,
  }
}

const shownDevices = 10

function welcome(rig: DockRig, options: ServeOptions, io: Io): string {
  const bold = (text: string): string => (io.stdout.color ? `\u001b[1m${text}\u001b[22m` : text)
  const shown = rig.devices.slice(0, shownDevices)
  const more = rig.devices.length - shown.length
  const first = shown[0]?.device_id ?? 'drone-001'
  return [
    `${bold('Dockrig')} ${version}: gateway, broker and ${rig.devices.length} ${rig.devices.length === 1 ? 'dock' : 'docks'} run.`,
    '',
    `  HTTP      ${rig.url}/api/v1/open   (OpenAPI: ${rig.url}/api/v1/open/openapi.json)`,
    `  MQTT      ${rig.mqttUrl}   user ${rig.mqtt.username}, password ${rig.mqtt.password}`,
    `  API ID    ${rig.api_id}`,
    `  API key   ${options.apiKey === undefined ? rig.api_key : '(as given)'}`,
    `  seed      ${options.seed}`,
    '',
    bold('Devices'),
    ...shown.map(({ device_id, gateway_sn, model }) => `  ${device_id}   ${gateway_sn}   ${model}`),
    ...(more > 0 ? [`  … and ${more} more`] : []),
    '',
    bold('Try it') + ' (the signature holds for five minutes):',
    '',
    signedCurl(rig, { device_id: first, now: io.now() }),
    '',
    'Ctrl-C ends it.',
    '',
  ].join('\n')
}
