import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { packageRoot } from '../../contracts/index.ts'

/** Scenarios of the working directory when it has a folder of that name, else the ones that come with the package. */
export function bundledScenarios(cwd: string): string {
  if (existsSync(resolve(cwd, 'scenarios'))) return 'scenarios'
  return relative(cwd, resolve(packageRoot(), 'scenarios'))
}
