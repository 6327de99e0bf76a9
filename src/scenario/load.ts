import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { isScalar } from 'yaml'
import type { Check } from './check.ts'
import { complain } from './check.ts'
import { checkDocument } from './check-document.ts'
import { checkFakers } from './check-fakers.ts'
import { findScenarioFiles } from './find-files.ts'
import { kebabCase } from './kebab-case.ts'
import type { LoadedScenario } from './loaded.ts'
import { readScenario } from './loaded.ts'
import { nodeAt } from './nodes.ts'
import { parseYaml } from './parse-yaml.ts'
import type { Problem } from './problem.ts'

/** What was read: the scenarios without a problem, and every problem of the others. */
export interface Loaded {
  readonly scenarios: readonly LoadedScenario[]
  readonly problems: readonly Problem[]
  /** Texts of the files that were read, by name: what `formatProblem` shows lines of. */
  readonly texts: ReadonlyMap<string, string>
}

/**
 * Reads one scenario file from its text; several documents are several scenarios. All problems are reported at once; bad input never
 * throws. `file` is only a name: it stands in problems and test ids.
 */
export async function loadScenarioText(file: string, text: string): Promise<Loaded> {
  return await load(file, text, 'text')
}

/**
 * Reads files, folders (`**\/*.yaml`, `**\/*.yml`) and globs below `cwd`, in the order of their names. Names use forward slashes, relative
 * to `cwd`. A file's name has to be its sentence in kebab-case. A path that matches nothing is a problem.
 */
export async function loadScenarioFiles(paths: readonly string[], cwd: string): Promise<Loaded> {
  const found = await findScenarioFiles(paths, cwd)
  const loads: Loaded[] = [{ scenarios: [], problems: found.problems, texts: new Map() }]
  for (const file of found.files) loads.push(await loadFile(file, cwd))
  return {
    scenarios: loads.flatMap(({ scenarios }) => scenarios),
    problems: loads.flatMap(({ problems }) => problems),
    texts: new Map(loads.flatMap(({ texts }) => [...texts])),
  }
}

async function loadFile(file: string, cwd: string): Promise<Loaded> {
  try {
    return await load(file, await readFile(resolve(cwd, file), 'utf8'), 'file')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    const message = `the file cannot be read: ${String(error.code)}`
    const problem: Problem = { code: 'FILE_UNREADABLE', file, line: 1, column: 1, endColumn: 2, message }
    return { scenarios: [], problems: [problem], texts: new Map() }
  }
}

async function load(file: string, text: string, from: 'text' | 'file'): Promise<Loaded> {
  const { documents, problems } = parseYaml(file, text)
  const found: Problem[] = [...problems]
  const scenarios: LoadedScenario[] = []
  const isSeveral = documents.length > 1
  for (const parsed of documents) {
    const check = checkDocument(file, parsed)
    await checkFakers(check)
    if (from === 'file' && !isSeveral) checkFileName(check)
    found.push(...check.problems)
    // the name of a file hinders nobody from running it
    if (check.problems.some(({ code }) => code !== 'FILE_NAME')) continue
    scenarios.push(readScenario({ file, text, parsed, isSeveral }))
  }
  const inOrder = found.sort((a, b) => a.line - b.line || a.column - b.column)
  return { scenarios, problems: inOrder, texts: new Map([[file, text]]) }
}

function checkFileName(check: Check): void {
  const { document } = check.parsed
  const node = document.contents === null ? undefined : nodeAt(document.contents, ['scenario'], document)
  if (!isScalar(node) || typeof node.value !== 'string') return
  const name = kebabCase(node.value)
  const actual = /([^/\\]*)\.ya?ml$/i.exec(check.file)?.[1]
  if (actual === undefined || actual === name) return
  const place = { templates: 'none', inBehaviour: false, inRepeat: false, hasEach: false } as const
  complain(check, node, place, {
    code: 'FILE_NAME',
    message: `the file is not named after its sentence`,
    expected: `${name}.yaml`,
    suggestion: `${name}.yaml`,
  })
}
