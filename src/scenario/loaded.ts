import type { Node, YAMLMap } from 'yaml'
import { isMap, isNode, isSeq } from 'yaml'
import { parseDuration } from '../../simulator/index.ts'
import { kebabCase } from './kebab-case.ts'
import type { Verb } from './language-verbs.ts'
import { verbNames } from './language-verbs.ts'
import { keyOf, nodeAt, resolved, valueOf } from './nodes.ts'
import type { ParsedDocument } from './parse-yaml.ts'

/** A scenario as its file says it, templates unfilled; only files without problems become one. */
export interface LoadedScenario {
  /** The file; with several documents in it, `file#sentence`. */
  readonly id: string
  readonly file: string
  readonly text: string
  readonly line: number
  readonly scenario: string
  readonly proves: readonly string[]
  readonly needs: readonly string[]
  readonly only?: 'reference' | 'external'
  readonly allow: Readonly<Record<string, string>>
  readonly exclusive: boolean
  readonly tags: readonly string[]
  readonly timeoutMs?: number
  readonly seed?: number
  readonly examples: readonly LoadedExample[]
  /** By name, `count` and templates as in the file. */
  readonly devices: Readonly<Record<string, unknown>>
  /** Rules for many docks, templates as in the file. */
  readonly fleet: readonly unknown[]
  readonly steps: readonly LoadedStep[]
}

/** A row of the table. */
export interface LoadedExample {
  readonly name: string
  readonly line: number
  readonly proves?: readonly string[]
  readonly fields: Readonly<Record<string, unknown>>
}

/** A step with its place in the file; lines and columns count from 1. */
export interface LoadedStep {
  readonly verb: Verb
  /** `3`, or `2.1.4` for nested ones, from 1. */
  readonly path: string
  readonly line: number
  readonly endLine: number
  readonly column: number
  readonly body: unknown
  readonly options: Readonly<Record<string, unknown>>
  readonly children?: readonly (readonly LoadedStep[])[]
}

/** The document that a scenario is read from. */
export interface Source {
  readonly file: string
  readonly text: string
  readonly parsed: ParsedDocument
  /** Whether the file has more than one document. */
  readonly isSeveral: boolean
}

type Fields = Readonly<Record<string, unknown>>

/** Reads a document that was found right. */
export function readScenario(source: Source): LoadedScenario {
  const { file, text, parsed, isSeveral } = source
  const value = parsed.value as Fields
  const sentence = String(value['scenario'])
  return {
    id: isSeveral ? `${file}#${kebabCase(sentence)}` : file,
    file,
    text,
    line: lineOf(['scenario'], parsed),
    scenario: sentence,
    proves: (value['proves'] ?? []) as readonly string[],
    needs: (value['needs'] ?? []) as readonly string[],
    ...(value['only'] === undefined ? {} : { only: value['only'] as 'reference' | 'external' }),
    allow: (value['allow'] ?? {}) as Readonly<Record<string, string>>,
    exclusive: value['exclusive'] === true,
    tags: (value['tags'] ?? []) as readonly string[],
    ...(value['timeout'] === undefined ? {} : { timeoutMs: parseDuration(value['timeout'] as string) }),
    ...(value['seed'] === undefined ? {} : { seed: Number(value['seed']) }),
    examples: readExamples(value, parsed),
    devices: (value['devices'] ?? {}) as Fields,
    fleet: (value['fleet'] ?? []) as readonly unknown[],
    steps: readSteps(nodeAt(contentsOf(parsed), ['steps'], parsed.document), '', parsed),
  }
}

function readExamples(value: Fields, parsed: ParsedDocument): readonly LoadedExample[] {
  const rows = (value['examples'] ?? []) as readonly Fields[]
  return rows.map((fields, position) => ({
    name: String(fields['name']),
    line: lineOf(['examples', String(position)], parsed),
    ...(fields['proves'] === undefined ? {} : { proves: fields['proves'] as readonly string[] }),
    fields,
  }))
}

function readSteps(node: Node | undefined, prefix: string, parsed: ParsedDocument): readonly LoadedStep[] {
  const list = node === undefined ? undefined : resolved(node, parsed.document)
  const items = isSeq(list) ? list.items : []
  return items.flatMap((item, position) => {
    const step = isNode(item) ? resolved(item, parsed.document) : undefined
    return isMap(step) ? [readStep(step, `${prefix}${position + 1}`, parsed)] : []
  })
}

function readStep(map: YAMLMap, path: string, parsed: ParsedDocument): LoadedStep {
  const fields = map.toJS(parsed.document) as Fields
  const verb = map.items
    .map((pair) => keyOf(pair))
    .find((key): key is Verb => (verbNames as readonly string[]).includes(key))
  const pair = map.items.find((item) => keyOf(item) === verb)
  if (verb === undefined || pair === undefined) throw new Error('Bug: a step without a verb passed the check')
  const { [verb]: body, ...options } = fields
  const children = readChildren(verb, resolved(valueOf(pair), parsed.document), path, parsed)
  return {
    verb,
    path,
    ...placeOf(map, parsed),
    body: children === undefined ? body : headOf(body),
    options,
    ...(children === undefined ? {} : { children }),
  }
}

/** The branches of `parallel`, or the one body of `repeat`. */
function readChildren(
  verb: Verb,
  body: Node | undefined,
  path: string,
  parsed: ParsedDocument,
): readonly (readonly LoadedStep[])[] | undefined {
  const { document } = parsed
  if (verb === 'repeat' && isMap(body))
    return [readSteps(nodeAt(body, ['steps'], document), `${path}.`, parsed)]
  if (verb !== 'parallel') return undefined
  if (isMap(body)) return [readSteps(nodeAt(body, ['repeat', 'steps'], document), `${path}.`, parsed)]
  const branches = isSeq(body) ? body.items : []
  return branches.map((item, position) => {
    const branch = isNode(item) ? resolved(item, document) : undefined
    const prefix = `${path}.${position + 1}`
    return isMap(branch) ? [readStep(branch, `${prefix}.1`, parsed)] : readSteps(branch, `${prefix}.`, parsed)
  })
}

/** What `repeat` and `parallel` say beside their steps. */
function headOf(body: unknown): unknown {
  if (Array.isArray(body)) return {}
  const { steps: _steps, repeat, ...head } = body as Fields
  return repeat === undefined ? head : { ...head, repeat: headOf(repeat) }
}

function placeOf(map: YAMLMap, parsed: ParsedDocument): { line: number; endLine: number; column: number } {
  const [start, end] = map.range ?? [0, 0]
  const first = parsed.spanOf([start, start])
  const last = parsed.spanOf([Math.max(start, end - 1), end])
  return { line: first.line, endLine: last.line, column: first.column }
}

function lineOf(path: readonly string[], parsed: ParsedDocument): number {
  const node = nodeAt(contentsOf(parsed), path, parsed.document)
  return node?.range ? parsed.spanOf(node.range).line : 1
}

function contentsOf(parsed: ParsedDocument): Node {
  const { contents } = parsed.document
  if (contents === null) throw new Error('Bug: an empty document passed the check')
  return contents
}
