import type { Document, Node, Pair, Scalar, YAMLMap } from 'yaml'
import { isAlias, isMap, isNode, isScalar, isSeq, Scalar as YamlScalar } from 'yaml'

/** The node behind an alias. */
export function resolved(node: Node, document: Document.Parsed): Node | undefined {
  return isAlias(node) ? node.resolve(document) : node
}

/** The value of a pair; a key without a value has null, at the place of the key. */
export function valueOf(pair: Pair): Node {
  if (isNode(pair.value)) return pair.value
  const empty: Scalar = new YamlScalar(null)
  if (isNode(pair.key) && pair.key.range) empty.range = pair.key.range
  return empty
}

/** The key of a pair as text. */
export function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : ''
}

export function keyNode(pair: Pair, map: YAMLMap): Node {
  return isNode(pair.key) ? pair.key : map
}

/** The node at a path below a node, or `undefined` when there is none. */
export function nodeAt(root: Node, path: readonly string[], document: Document.Parsed): Node | undefined {
  let node: Node | undefined = root
  for (const key of path) {
    node = node === undefined ? undefined : resolved(node, document)
    if (node === undefined || !(isMap(node) || isSeq(node))) return undefined
    const next: unknown = node.get(isSeq(node) ? Number(key) : key, true)
    node = isNode(next) ? next : undefined
  }
  return node
}

/** JSON's name of a node's type; whole numbers are `integer`. */
export function nodeType(node: Node): string {
  if (isMap(node)) return 'object'
  if (isSeq(node)) return 'array'
  if (!isScalar(node) || node.value === null) return 'null'
  if (Number.isInteger(node.value)) return 'integer'
  return typeof node.value
}

/** A node in words: `the text "5 s"`, `the number 5`, `a list`. */
export function describeNode(node: Node): string {
  if (isMap(node)) return 'an object'
  if (isSeq(node)) return 'a list'
  const value = isScalar(node) ? node.value : null
  if (value === null) return 'empty'
  if (typeof value === 'string')
    return `the text ${JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)}`
  if (typeof value === 'number') return `the number ${value}`
  return value === true ? 'true' : 'false'
}
