import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Folder that holds the package's own data (`contracts/compiled`, `scenarios`), found upwards from this module.
 * One resolver for the sources, `dist` and the bundle.
 */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  for (;;) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'contracts'))) return folder
    const parent = dirname(folder)
    if (parent === folder) throw new Error('Bug: the package root is nowhere above this module')
    folder = parent
  }
}
