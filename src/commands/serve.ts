import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { HarnessError, packageRoot } from '../../contracts/index.ts'
import { parse } from 'yaml'
import type { Control } from '../control/index.ts'
import { startControl } from '../control/index.ts'
import { isLoopback } from '../gateway-url.ts'
import type { ExitCode, Io } from '../io.ts'
import type { DockRig, StartOptions } from '../library.ts'
import { startRig } from '../library.ts'
import { applyScriptFile, watchScriptFile } from '../script-file.ts'
import type { FleetOptions } from './fleet-options.ts'
import { docksOf, readPlace } from './fleet-options.ts'
import { stockFleet } from './stock-fleet.ts'
import { readyLine, welcome } from './welcome.ts'

export interface ServeOptions extends FleetOptions {
  readonly port: number
  readonly mqttPort: number
  readonly host: string
  readonly allowRemote?: boolean
  readonly seed: number
  readonly apiId?: string
  readonly apiKey?: string
  readonly script?: string
  /** A known defect that the gateway has on purpose. */
  readonly defect?: string
  readonly controlPort?: number
  readonly controlToken?: string
  readonly json?: boolean
}

/** Starts the sandbox and keeps it until the operator ends it. */
export async function serve(options: ServeOptions, io: Io): Promise<ExitCode> {
  requireLocal(options)
  const devices = docksOf(options)
  // Heard from the beginning, so that a signal while it starts ends it cleanly too.
  let isStopped = false
  const stopped = new Promise<void>((end) =>
    io.onStop(() => {
      isStopped = true
      end()
    }),
  )
  const rig = await startRig(await rigOptions(options))
  const say = (line: string): void => io.stderr.write(`${line}\n`)
  const unlisten = rig.listen((event) => {
    if (event.kind === 'trouble') say(`A dock could not do what its script says: ${event.message}`)
  })
  const closing: (() => Promise<void>)[] = [() => rig.close()]
  try {
    const file = options.script === undefined ? undefined : resolve(io.cwd, options.script)
    const control = await openControl(rig, options, say)
    closing.unshift(() => control.close())
    const stocked = await stockFleet(
      rig,
      {
        devices,
        prepare: () => file !== undefined && applyScriptFile(rig, file),
        isStopped: () => isStopped,
      },
      io,
    )
    if (file !== undefined) closing.unshift(await watchScriptFile(rig, file, say))
    if (stocked === 'stocked') announce(rig, control, options, io)
    await stopped
  } finally {
    unlisten()
    for (const close of closing) await close()
  }
  if (options.json !== true) io.stdout.write('Stopped.\n')
  return 0
}

function announce(rig: DockRig, control: Control, options: ServeOptions, io: Io): void {
  const served = { rig, control: control.url, seed: options.seed }
  io.stdout.write(
    options.json === true
      ? `${JSON.stringify(readyLine(served))}\n`
      : welcome(served, options.apiKey === undefined ? 'own' : 'given', io),
  )
}

async function rigOptions(options: ServeOptions): Promise<StartOptions> {
  const { port, mqttPort, host, seed, apiId, apiKey, defect, place } = options
  return {
    port,
    mqttPort,
    host,
    devices: [],
    seed,
    openapi: () =>
      parse(readFileSync(resolve(packageRoot(), 'contracts/schemas/openapi.yaml'), 'utf8')) as object,
    ...(place === undefined ? {} : { place: readPlace(place) }),
    ...(defect === undefined ? {} : { parts: await partsOf(defect) }),
    ...(apiKey === undefined ? {} : { credential: { api_id: apiId ?? 'dockrig', api_key: apiKey } }),
  }
}

/** Without a token nobody but this machine reaches it, wherever the sandbox listens. */
function openControl(
  rig: DockRig,
  { controlPort, controlToken, host, port, seed }: ServeOptions,
  say: (line: string) => void,
): Promise<Control> {
  return startControl(rig, {
    host: controlToken === undefined && !isLoopback(host) ? '127.0.0.1' : host,
    port: controlPort ?? (port === 0 ? 0 : usualControlPort),
    token: controlToken,
    seed,
    onTrouble: (error) => say(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  })
}

const usualControlPort = 8081

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
function requireLocal({ host, allowRemote, apiKey, controlToken }: ServeOptions): void {
  if (controlToken?.trim() === '') {
    throw new HarnessError(
      'OPTION_INVALID',
      'Cannot protect the control API with an empty token: everybody knows it. Give one with DOCKRIG_CONTROL_TOKEN, or none.',
    )
  }
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
