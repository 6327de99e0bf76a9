import { stat } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'
import type { Problem } from './problem.ts'

/** Files that paths name, relative to the working directory with forward slashes, and the paths that name nothing. */
export interface FoundFiles {
  readonly files: readonly string[]
  readonly problems: readonly Problem[]
}

/** Finds scenario files below files, folders and globs; each once, in the order of their names. */
export async function findScenarioFiles(paths: readonly string[], cwd: string): Promise<FoundFiles> {
  const files = new Set<string>()
  const problems: Problem[] = []
  for (const path of paths) {
    const found = await filesAt(path, cwd)
    for (const file of found) files.add(file)
    if (found.length > 0) continue
    const message = 'no scenario file is here'
    problems.push({
      code: 'FILE_UNREADABLE',
      file: slashed(path),
      line: 1,
      column: 1,
      endColumn: 2,
      message,
      expected: 'a .yaml file, a folder with some, or a glob',
    })
  }
  return { files: [...files].sort(), problems }
}

/** The folder or file to watch for a path that `findScenarioFiles` takes: of a glob, the folder above its first wildcard. */
export function watchedRoot(path: string): string {
  const parts = slashed(path).split('/')
  const first = parts.findIndex((part) => isDynamicPattern(part))
  return first < 0 ? path : parts.slice(0, first).join('/') || (path.startsWith('/') ? '/' : '.')
}

async function filesAt(path: string, cwd: string): Promise<readonly string[]> {
  const absolute = resolve(cwd, path)
  const kind = await kindOf(absolute)
  if (kind === 'file') return [slashed(relative(cwd, absolute))]
  const pattern = ['**/*.yaml', '**/*.yml']
  if (kind === 'folder')
    return (await glob(pattern, { cwd: absolute, absolute: true, onlyFiles: true })).map(named(cwd))
  if (!isDynamicPattern(slashed(path))) return []
  return (await glob([slashed(path)], { cwd, absolute: true, onlyFiles: true }))
    .filter((file) => /\.ya?ml$/i.test(file))
    .map(named(cwd))
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'nothing'> {
  try {
    const found = await stat(path)
    return found.isDirectory() ? 'folder' : 'file'
  } catch {
    return 'nothing'
  }
}

function named(cwd: string): (file: string) => string {
  return (file) => slashed(relative(cwd, file))
}

/** The backslashes of Windows are no part of a name in reports. */
function slashed(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path
}
