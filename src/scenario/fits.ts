import type { TSchema } from 'typebox'
import type { Node } from 'yaml'
import { isScalar } from 'yaml'
import type { Check, Complaint, Definition } from './check.ts'
import { describeNode, nodeType } from './nodes.ts'

/** The definition behind a reference. */
export function dereferenced(definition: Definition | TSchema, check: Check): Definition {
  // a TypeBox value is a plain JSON Schema
  const words = definition as Definition
  const reference = words['$ref']
  if (typeof reference !== 'string') return words
  const found = check.definitions[reference.slice(reference.lastIndexOf('/') + 1)]
  if (found === undefined) throw new Error(`Bug: the language has no definition "${reference}"`)
  return found as Definition
}

/** What a key or value of the definition is called. */
export function nounOf(definition: Definition, otherwise: string): string {
  const noun = definition['x-noun']
  return typeof noun === 'string' ? noun : otherwise
}

/** Whether a node's type is one that the definition allows. */
export function fits(node: Node, definition: Definition, check: Check): boolean {
  const defined = dereferenced(definition, check)
  if (Array.isArray(defined['anyOf'])) {
    return (defined['anyOf'] as readonly Definition[]).some((branch) => fits(node, branch, check))
  }
  if (Array.isArray(defined['enum'])) return isScalar(node)
  const type = defined['type']
  if (type === undefined) return true
  const allowed: readonly unknown[] = Array.isArray(type) ? type : [type]
  const actual = nodeType(node)
  return allowed.some((name) => name === actual || (name === 'number' && actual === 'integer'))
}

/** The complaint that a node is something else than the definition wants. */
export function wrongType(node: Node, definition: Definition, check: Check): Complaint {
  const words = wordsOf(definition, check)
  return { code: 'VALUE_WRONG', message: `this is ${describeNode(node)}, not ${words}`, expected: words }
}

/** What a definition wants, in words. */
export function wordsOf(definition: Definition, check: Check): string {
  const defined = dereferenced(definition, check)
  const words = defined['x-words']
  if (typeof words === 'string') return words
  if (Array.isArray(defined['enum'])) return `one of ${defined['enum'].join(', ')}`
  if (Array.isArray(defined['anyOf'])) {
    return (defined['anyOf'] as readonly Definition[]).map((branch) => wordsOf(branch, check)).join(' or ')
  }
  return typeWords[String(defined['type'])] ?? 'a value'
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
  array: 'a list',
  object: 'an object',
}
