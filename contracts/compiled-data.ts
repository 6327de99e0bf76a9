import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from './package-root.ts'

/** The files that `tools/compile-contracts.ts` writes from the YAML sources. */
export const compiledNames = ['rules', 'methods', 'messages', 'properties', 'error-codes', 'models'] as const
export type CompiledName = (typeof compiledNames)[number]

const cache = new Map<CompiledName, unknown>()

/**
 * Reads one compiled file, once per process. Its shape was checked when it was compiled, so the caller names the type.
 * Throws a plain Error (a bug of the build) when the file is not there.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows the type that the compiler checked
export function loadCompiled<T>(name: CompiledName): T {
  if (!cache.has(name)) cache.set(name, readCompiled(name))
  return cache.get(name) as T
}

function readCompiled(name: CompiledName): unknown {
  const file = join(packageRoot(), 'contracts', 'compiled', `${name}.json`)
  if (!existsSync(file)) {
    throw new Error(`Bug: ${file} was not built. Run "npx tsx tools/compile-contracts.ts".`)
  }
  return JSON.parse(readFileSync(file, 'utf8'))
}
