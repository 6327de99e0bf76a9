import type { Node, YAMLMap } from 'yaml'
import { isMap, isNode, isScalar, visit } from 'yaml'
import type { Declared, DeclaredDevice, Row } from './check.ts'
import { keyOf, nodeAt, resolved, valueOf } from './nodes.ts'
import type { ParsedDocument } from './parse-yaml.ts'
import { limits } from './parse-yaml.ts'
import { wholeTemplate } from './template.ts'

/** Reads what a file declares: rows, devices, names. Says nothing about what is wrong with it. */
export function readDeclared(parsed: ParsedDocument): Declared {
  const rows = readRows(parsed)
  return {
    rows,
    devices: readDevices(parsed, rows),
    names: new Set(textsUnder(parsed, 'as')),
    marks: new Set(textsUnder(parsed, 'mark')),
  }
}

function readRows({ document }: ParsedDocument): readonly Row[] {
  const list = document.contents === null ? undefined : nodeAt(document.contents, ['examples'], document)
  if (list === undefined || !('items' in list)) return []
  const items = (list as { readonly items: readonly unknown[] }).items.slice(0, limits.examples)
  return items.flatMap((item, position): readonly Row[] => {
    const node = isNode(item) ? resolved(item, document) : undefined
    if (!isMap(node)) return []
    const value: unknown = node.toJS(document)
    const name = node.get('name')
    return [
      {
        name: typeof name === 'string' ? name : `number ${position + 1}`,
        node,
        value: value as Readonly<Record<string, unknown>>,
      },
    ]
  })
}

function readDevices(parsed: ParsedDocument, rows: readonly Row[]): ReadonlyMap<string, DeclaredDevice> {
  const { document } = parsed
  const map = document.contents === null ? undefined : nodeAt(document.contents, ['devices'], document)
  if (!isMap(map)) return new Map()
  const rescripted = rescriptedDevices(parsed, rows)
  return new Map(
    map.items.map((pair) => {
      const name = keyOf(pair)
      const spec = resolved(valueOf(pair), document)
      const size = isMap(spec) && spec.has('count') ? sizeOf(spec.get('count')) : undefined
      const holds = rescripted.has(name) || (spec !== undefined && holdsSomething(spec, parsed, rows))
      return [name, { name, holds, ...(size === undefined ? {} : { size }) }]
    }),
  )
}

function sizeOf(count: unknown): number | 'unknown' {
  return typeof count === 'number' && Number.isInteger(count) ? count : 'unknown'
}

/** Devices that a step gives a script with a hold in it; a device named by a template may be any, and so may those of a fleet rule. */
function rescriptedDevices(
  parsed: ParsedDocument,
  rows: readonly Row[],
): { readonly has: (name: string) => boolean } {
  const names = new Set<string>()
  const { contents } = parsed.document
  const rules = contents === null ? undefined : nodeAt(contents, ['fleet'], parsed.document)
  let isAny = rules !== undefined && holdsSomething(rules, parsed, rows)
  visit(parsed.document, {
    Map(_key, map) {
      const name = map.has('script') && map.has('on') ? map.get('script') : undefined
      if (typeof name !== 'string' || !holdsSomething(map, parsed, rows)) return
      names.add(name)
      // `${each}`, or one of a group
      isAny ||= name.includes('${') || /-\d+$/.test(name)
    },
  })
  return { has: (name) => isAny || names.has(name) }
}

function holdsSomething(node: Node, parsed: ParsedDocument, rows: readonly Row[]): boolean {
  const target = resolved(node, parsed.document)
  if (isScalar(target)) return rowsHold(target.value, parsed, rows)
  if (target === undefined || !('items' in target)) return false
  if (isMap(target)) return mapHolds(target, parsed, rows)
  const items = (target as { readonly items: readonly unknown[] }).items
  return items.some((item) => isNode(item) && holdsSomething(item, parsed, rows))
}

function mapHolds(map: YAMLMap, parsed: ParsedDocument, rows: readonly Row[]): boolean {
  return map.items.some((pair) => {
    if (keyOf(pair) === 'hold') return map.get('hold') !== false
    return holdsSomething(valueOf(pair), parsed, rows)
  })
}

function rowsHold(value: unknown, parsed: ParsedDocument, rows: readonly Row[]): boolean {
  const [root, ...path] = typeof value === 'string' ? (wholeTemplate(value)?.split('.') ?? []) : []
  if (root !== 'example') return false
  return rows.some((row) => {
    const node = nodeAt(row.node, path, parsed.document)
    return node !== undefined && !isScalar(node) && holdsSomething(node, parsed, rows)
  })
}

function textsUnder(parsed: ParsedDocument, key: string): readonly string[] {
  const found: string[] = []
  visit(parsed.document, {
    Pair(_key, pair) {
      if (keyOf(pair) === key && isScalar(pair.value)) found.push(String(pair.value.value))
    },
  })
  return found
}
