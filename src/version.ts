import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { packageRoot } from '../contracts/index.ts'

/** Version of the package, as its package.json says. */
export const version: string = (
  JSON.parse(readFileSync(resolve(packageRoot(), 'package.json'), 'utf8')) as { readonly version: string }
).version
