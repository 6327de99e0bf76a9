import { readFileSync } from 'node:fs'
import { LineCounter, parseDocument } from 'yaml'
import { HarnessError } from '../contracts/index.ts'
import type { MethodScript } from '../simulator/index.ts'
import type { DockRig } from './library.ts'
import { checkScripts } from './scenario/index.ts'

/** What a device script file says: a script by method for each device; `"*"` stands for every device. */
type ScriptFile = Readonly<Record<string, { readonly on?: Readonly<Record<string, MethodScript>> } | null>>

/** What the last reading of the file put in front, by rig. */
const applied = new WeakMap<DockRig, (() => void)[]>()

/**
 * Reads a script file and lets the docks follow it instead of what an earlier reading said.
 * Throws FILE_UNREADABLE, SCRIPT_INVALID or DEVICE_UNKNOWN; the docks go on as before then.
 */
export function applyScriptFile(rig: DockRig, file: string): void {
  const scripts = readScriptFile(file)
  const all = Object.entries(scripts).flatMap(([name, device]) => {
    const targets = name === '*' ? rig.devices : [rig.device(name)]
    return Object.entries(device?.on ?? {}).flatMap(([method, script]) =>
      targets.map((target) => ({ target, method, script })),
    )
  })
  for (const undo of applied.get(rig) ?? []) undo()
  applied.set(
    rig,
    all.map(({ target, method, script }) => target.on(method, script)),
  )
}

function readScriptFile(file: string): ScriptFile {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new HarnessError(
      'FILE_UNREADABLE',
      `Cannot read the script "${file}": ${error instanceof Error ? error.message : String(error)}. Check the path.`,
      { cause: error },
    )
  }
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, uniqueKeys: true, prettyErrors: false })
  const [syntax] = document.errors
  if (syntax !== undefined) {
    const { line, col } = lineCounter.linePos(syntax.pos[0])
    throw new HarnessError(
      'SCRIPT_INVALID',
      `Cannot read the script "${file}", line ${line}, column ${col}: ${syntax.message}. Mend the YAML.`,
      { position: { file, line, column: col } },
    )
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 })
  const devices = typeof value === 'object' && value !== null && 'devices' in value ? value.devices : value
  const [problem] = checkScripts(devices)
  if (problem !== undefined) {
    throw new HarnessError(
      'SCRIPT_INVALID',
      `Cannot use the script "${file}": ${problem}. "dockrig contract schema" describes the keys of a device.`,
    )
  }
  return (devices ?? {}) as ScriptFile
}

/** Applies the file again whenever it changes; a broken one is reported and the docks go on as before. */
export async function watchScriptFile(
  rig: DockRig,
  file: string,
  report: (line: string) => void,
): Promise<() => Promise<void>> {
  const { watch } = await import('chokidar')
  const watcher = watch(file, {
    ignoreInitial: true,
    awaitWriteFinish: { stabilityThreshold: 50, pollInterval: 10 },
  })
  watcher.on('all', () => {
    try {
      applyScriptFile(rig, file)
      report(`Read ${file} again.`)
    } catch (error) {
      report(error instanceof Error ? error.message : String(error))
    }
  })
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()))
  return () => watcher.close()
}
