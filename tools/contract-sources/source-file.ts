import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parseDocument } from 'yaml'

/** One YAML source, read and found to have the shape that its kind demands. */
export interface SourceFile<T> {
  /** File name without folder and ending. */
  readonly name: string
  readonly path: string
  readonly content: T
}

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true })

/** Reads one YAML file against a shape. Throws an Error that lists every problem with its JSON pointer. */
export function readSource<T>(path: string, shape: object): SourceFile<T> {
  const document = parseDocument(readFileSync(path, 'utf8'))
  const syntax = document.errors.map((error) => error.message)
  if (syntax.length > 0) refuse(path, syntax)
  const content: unknown = document.toJS({ maxAliasCount: -1 })
  const fits = ajv.compile<T>(shape)
  if (!fits(content)) {
    refuse(
      path,
      (fits.errors ?? []).map(
        (error) => `${error.instancePath || '/'} ${error.message}${detail(error.params)}`,
      ),
    )
  }
  return { name: basename(path, '.yaml'), path, content }
}

/** Refuses a file of a folder that bears none of the names which the program knows. */
export function refuseOtherFiles(folder: string, known: readonly string[]): void {
  for (const file of readdirSync(folder)) {
    if (!known.includes(basename(file, '.yaml')))
      refuse(join(folder, file), [`its name is none of ${known.join(', ')}`])
  }
}

/** Throws the one Error that lists what is wrong with a source file. */
export function refuse(path: string, problems: readonly string[]): never {
  throw new Error(`Cannot compile ${path}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
}

/** Refuses the second of two equal ids, over all files of a kind. */
export function refuseDuplicates(entries: readonly { readonly id: string; readonly path: string }[]): void {
  const seen = new Set<string>()
  for (const { id, path } of entries) {
    if (seen.has(id)) refuse(path, [`"${id}" is defined twice`])
    seen.add(id)
  }
}

function detail(params: Record<string, unknown>): string {
  const named = params['additionalProperty'] ?? params['allowedValues']
  return named === undefined ? '' : ` (${JSON.stringify(named)})`
}
