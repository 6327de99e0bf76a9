import type { TSchema } from 'typebox'
import type { Node, Scalar, YAMLMap } from 'yaml'
import { isMap, isNode, isScalar, isSeq } from 'yaml'
import type { Check, Definition, Place } from './check.ts'
import { complain } from './check.ts'
import { dereferenced, fits, nounOf, wordsOf, wrongType } from './fits.ts'
import { nearest, unknownWord } from './nearest.ts'
import { keyNode, keyOf, nodeAt, resolved, valueOf } from './nodes.ts'
import { splitTemplates, wholeTemplate } from './template.ts'
import { walkScalar } from './walk-scalar.ts'

/** Checks a node and all below it against a definition, and what its kinds demand beyond the shape. */
export function walk(node: Node, definition: Definition | TSchema, place: Place, check: Check): void {
  const target = resolved(node, check.parsed.document)
  if (target === undefined) return
  const defined = dereferenced(definition, check)
  const inside = enter(defined, target, place)
  if (isScalar(target) && typeof target.value === 'string') {
    check.checkText(target, inside, check)
    if (walkTemplate(target, defined, inside, check)) return
  }
  const before = check.problems.length
  walkShape(target, defined, inside, check)
  const kind = defined['x-kind']
  // a value of the wrong shape is not worth a second problem
  if (typeof kind === 'string' && check.problems.length === before) check.kinds[kind]?.(target, inside, check)
}

function enter(definition: Definition, node: Node, place: Place): Place {
  if (definition['x-plain'] === true) return { ...place, templates: 'none' }
  if (definition['x-kind'] === 'script') return { ...place, inBehaviour: true }
  if (definition['x-kind'] === 'repeat') {
    const hasEach = isMap(node) && node.has('each')
    return { ...place, inRepeat: true, hasEach: place.hasEach || hasEach }
  }
  return place
}

/**
 * Whether a text's templates leave nothing to check here. A whole `${example.…}` is checked with the values of the rows in its place;
 * any other template gives a value that only the run knows.
 */
function walkTemplate(node: Scalar, definition: Definition, place: Place, check: Check): boolean {
  const text = String(node.value)
  if (!splitTemplates(text).some(({ kind }) => kind === 'expression')) return false
  if (place.templates === 'none') {
    complain(check, node, place, {
      code: 'TEMPLATE_WRONG',
      message: 'templates are filled in devices and steps only, not here',
    })
    return true
  }
  const [root, ...path] = wholeTemplate(text)?.split('.') ?? []
  // a row that refers to a row was reported with the text's templates
  if (root !== 'example' || place.row !== undefined) return true
  for (const row of check.declared.rows) {
    const value = nodeAt(row.node, path, check.parsed.document)
    if (value !== undefined) walk(value, definition, { ...place, row: row.name }, check)
  }
  return true
}

function walkShape(node: Node, definition: Definition, place: Place, check: Check): void {
  if (Array.isArray(definition['anyOf'])) {
    walkUnion(node, definition, place, check)
    return
  }
  if (!fits(node, definition, check)) {
    complain(check, node, place, wrongType(node, definition, check))
    return
  }
  // what is below is walked by the kind itself
  if (definition['x-own'] === true) return
  if (isMap(node)) walkMap(node, definition, place, check)
  else if (isSeq(node)) walkList(node, definition, place, check)
  else if (isScalar(node)) walkScalar(node, definition, place, check)
}

function walkMap(map: YAMLMap, definition: Definition, place: Place, check: Check): void {
  const properties = (definition['properties'] ?? {}) as Readonly<Record<string, Definition>>
  const patterns = Object.values(
    (definition['patternProperties'] ?? {}) as Readonly<Record<string, Definition>>,
  )
  const noun = nounOf(definition, 'key')
  for (const pair of map.items) {
    const key = keyOf(pair)
    const known = Object.hasOwn(properties, key) ? properties[key] : patterns[0]
    if (known === undefined && definition['additionalProperties'] === false) {
      const names = Object.keys(properties)
      const suggestion = nearest(key, names)
      complain(check, keyNode(pair, map), place, {
        code: 'KEY_UNKNOWN',
        message: unknownWord(noun, key, suggestion),
        expected: `one of ${names.join(', ')}`,
        suggestion,
      })
      continue
    }
    walk(valueOf(pair), known ?? {}, place, check)
  }
  for (const name of (definition['required'] ?? []) as readonly string[]) {
    if (map.has(name)) continue
    complain(check, map, place, { code: 'KEY_MISSING', message: `the ${noun} '${name}' is missing` })
  }
}

function walkList(list: Node, definition: Definition, place: Place, check: Check): void {
  if (!isSeq(list)) return
  const least = definition['minItems']
  if (typeof least === 'number' && list.items.length < least) {
    complain(check, list, place, {
      code: 'VALUE_WRONG',
      message: 'this list is empty',
      expected: wordsOf(definition, check),
    })
  }
  const item = (definition['items'] ?? {}) as Definition
  for (const node of list.items) if (isNode(node)) walk(node, item, place, check)
}

/** Follows the branch that fits; when several do, the first without a problem, else the one that says most. */
function walkUnion(node: Node, definition: Definition, place: Place, check: Check): void {
  const branches = (definition['anyOf'] as readonly Definition[]).filter((branch) =>
    fits(node, branch, check),
  )
  if (branches.length === 0) {
    complain(check, node, place, wrongType(node, definition, check))
    return
  }
  const [first = {}] = branches
  if (
    branches.length === 1 &&
    (!isScalar(node) || 'enum' in first || 'x-kind' in first || definition['x-words'] === undefined)
  ) {
    walk(node, first, place, check)
    return
  }
  const isRight = branches.some((branch) => {
    const trial: Check = { ...check, problems: [], seen: new Set(), fakers: [] }
    walk(node, branch, place, trial)
    return trial.problems.length === 0
  })
  if (!isRight) complain(check, node, place, wrongType(node, definition, check))
}
