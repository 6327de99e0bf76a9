import { readFileSync } from 'node:fs'
import { HarnessError } from '../contracts/index.ts'
import type { DockRig } from './library.ts'
import type { AppliedScript } from './library-scripts.ts'
import type { Problem } from './scenario/index.ts'
import { BareScript, checkYamlText, formatProblem, ScriptFile } from './scenario/index.ts'

/** What a text says of devices, or what is wrong with it. `file` is only its name. Never throws. */
export function checkScriptText(
  file: string,
  text: string,
):
  | { readonly kind: 'right'; readonly script: ScriptFile }
  | { readonly kind: 'wrong'; readonly problems: readonly Problem[] } {
  let isBare = false
  const checked = checkYamlText(file, text, (keys) => {
    isBare = !keys.includes('fleet') && !keys.includes('devices')
    return isBare ? BareScript : ScriptFile
  })
  if (checked.kind === 'wrong') return checked
  const value = checked.value ?? {}
  return { kind: 'right', script: (isBare ? { devices: value } : value) as ScriptFile }
}

/** Reads a script file. Throws FILE_UNREADABLE, or SCRIPT_INVALID with the place of what is wrong. */
export function readScriptFile(file: string): ScriptFile {
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
  const checked = checkScriptText(file, text)
  if (checked.kind === 'right') return checked.script
  throw scriptInvalid(file, text, checked.problems)
}

function scriptInvalid(file: string, text: string, problems: readonly Problem[]): HarnessError {
  const [first] = problems
  const others = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  const what = (first?.message ?? 'it is wrong') + others
  return new HarnessError(
    'SCRIPT_INVALID',
    `Cannot use the script "${file}": ${what}${what.endsWith('?') ? '' : '.'} Mend it where it is shown.`,
    {
      hint: problems.map((problem) => formatProblem(problem, text, { color: false })).join('\n'),
      ...(first === undefined ? {} : { position: { file, line: first.line, column: first.column } }),
    },
  )
}

/**
 * Reads a script file and lets the docks follow it, instead of what an earlier reading of it said. Throws
 * FILE_UNREADABLE, SCRIPT_INVALID or DEVICE_UNKNOWN; the docks go on as before then.
 */
export function applyScriptFile(rig: DockRig, file: string): AppliedScript {
  const before = rig.scripts.find(({ source }) => source === file)
  return rig.script(readScriptFile(file), { source: file, instead: before?.id })
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
      const { docks } = applyScriptFile(rig, file)
      report(
        `Read ${file} again: ${docks.length} ${docks.length === 1 ? 'dock follows' : 'docks follow'} it.`,
      )
    } catch (error) {
      report(wordsOf(error))
    }
  })
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()))
  return () => watcher.close()
}

function wordsOf(error: unknown): string {
  if (!(error instanceof HarnessError)) return error instanceof Error ? error.message : String(error)
  return error.hint === undefined ? error.message : `${error.message}\n${error.hint}`
}
