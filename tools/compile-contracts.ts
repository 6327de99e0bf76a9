import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CompiledName } from '../contracts/index.ts'
import { compiledNames, packageRoot } from '../contracts/index.ts'
import { compileErrorCodes } from './contract-sources/error-codes.ts'
import { compileMessages } from './contract-sources/messages.ts'
import { compileMethods } from './contract-sources/methods.ts'
import { compileModels } from './contract-sources/models.ts'
import { compileProperties } from './contract-sources/properties.ts'
import { compileRules } from './contract-sources/rules.ts'

/** Where the sources lie and where the JSON goes. */
export interface CompileFolders {
  /** Folder with `rules/`, `methods/` and the other sources. */
  readonly from: string
  readonly to: string
}

/**
 * Compiles the YAML under `contracts/` to the JSON that the program reads (parsing YAML at start would cost half a second).
 * Throws an Error that lists every problem of a source file.
 */
export function compileContracts(folders: CompileFolders = ownFolders()): void {
  mkdirSync(folders.to, { recursive: true })
  for (const name of compiledNames) writeJson(folders, name, compilers[name](folders.from))
}

const compilers: Readonly<Record<CompiledName, (from: string) => unknown>> = {
  rules: compileRules,
  methods: compileMethods,
  messages: compileMessages,
  properties: compileProperties,
  'error-codes': compileErrorCodes,
  models: compileModels,
}

function ownFolders(): CompileFolders {
  const contracts = join(packageRoot(), 'contracts')
  return { from: contracts, to: join(contracts, 'compiled') }
}

/** Replaces the file in one step, and only when it changed: test runs side by side read it meanwhile. */
function writeJson({ to }: CompileFolders, name: CompiledName, data: unknown): void {
  const file = join(to, `${name}.json`)
  const text = `${JSON.stringify(data)}\n`
  if (readOrNothing(file) === text) return
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, text)
  renameSync(draft, file)
}

function readOrNothing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) compileContracts()
