import type { JsonSchema, Method } from '../contracts/index.ts'

/** A payload that breaks exactly one constraint of its method's schema. */
export interface WrongPayload {
  /** The constraint: `required /points/0/height`, `maximum /zoom_factor`. */
  readonly constraint: string
  /** JSON pointer that the refusal has to name, from the payload on; '' is the payload itself. */
  readonly pointer: string
  readonly payload: unknown
}

/** The fullest payload that a method takes: every field, every number at its upper end, every list as long as it may be. */
export function fullPayload({ payload }: Pick<Method, 'payload'>): unknown {
  return fullest(payload)
}

/**
 * One wrong payload for each constraint of a method's schema, made from the fullest right one. A word of JSON Schema that
 * is not known here is a bug of the caller: a constraint would go unseen.
 */
export function wrongPayloads({ payload }: Pick<Method, 'payload'>): readonly WrongPayload[] {
  const whole = fullest(payload)
  return breachesOf(payload, []).map(({ word, at, change }) => ({
    constraint: `${word} ${pointerOf(at)}`.trimEnd(),
    pointer: pointerOf(at),
    payload: changed(whole, at, change),
  }))
}

type Path = readonly (string | number)[]

interface Breach {
  readonly word: string
  readonly at: Path
  /** What stands there instead; undefined for nothing. */
  readonly change: (value: unknown) => unknown
}

/** Words that say something about a value, but do not refuse any. */
const annotations = [
  '$comment',
  'deprecated',
  'description',
  'title',
  'default',
  'examples',
  'properties',
  'items',
]
const surplusField = 'no_such_field'
const openListLength = 2

function fullest(schema: JsonSchema): unknown {
  if (Array.isArray(schema['enum'])) return schema['enum'].at(-1)
  const [kind] = typesOf(schema)
  switch (kind) {
    case 'integer':
      return bound(schema, 1)
    case 'number':
      return bound(schema, 1.5)
    case 'string':
      return 'x'.repeat(numberAt(schema, 'maxLength') ?? 8)
    case 'boolean':
      return true
    case 'array': {
      const length = numberAt(schema, 'maxItems') ?? numberAt(schema, 'minItems') ?? openListLength
      return Array.from({ length }, () => fullest(itemsOf(schema)))
    }
    case 'object':
      return Object.fromEntries(fieldsOf(schema).map(([name, field]) => [name, fullest(field)]))
    case undefined:
      // any JSON value
      return { list: [1, 'x', null], flag: true }
    default:
      throw new Error(`Bug: no value is known for the schema ${JSON.stringify(schema)}`)
  }
}

function breachesOf(schema: JsonSchema, at: Path): readonly Breach[] {
  const own = Object.entries(schema).flatMap(([word, limit]) => breachOf(word, limit, { schema, at }))
  const fields = fieldsOf(schema).flatMap(([name, field]) => breachesOf(field, [...at, name]))
  const items = 'items' in schema ? breachesOf(itemsOf(schema), [...at, 0]) : []
  return [...own, ...fields, ...items]
}

function breachOf(
  word: string,
  limit: unknown,
  { schema, at }: { readonly schema: JsonSchema; readonly at: Path },
): readonly Breach[] {
  const to = (value: unknown): readonly Breach[] => [{ word, at, change: () => value }]
  switch (word) {
    case 'type':
      return to(ofOtherType(typesOf(schema)))
    case 'enum':
      return to(outsideOf(limit as readonly unknown[]))
    case 'minimum':
      return to(Number(limit) - 1)
    case 'maximum':
      return to(Number(limit) + 1)
    case 'maxLength':
      return to('x'.repeat(Number(limit) + 1))
    case 'minItems':
      return [{ word, at, change: (list) => (list as readonly unknown[]).slice(0, Number(limit) - 1) }]
    case 'maxItems':
      return [{ word, at, change: (list) => [...(list as readonly unknown[]), fullest(itemsOf(schema))] }]
    case 'required':
      return (limit as readonly string[]).map((name) => ({
        word,
        at: [...at, name],
        change: () => undefined,
      }))
    case 'additionalProperties':
      return limit === false ? [{ word, at: [...at, surplusField], change: () => 1 }] : []
    default:
      if (annotations.includes(word) || word.startsWith('x-')) return []
      throw new Error(`Bug: no wrong value is known for "${word}" in ${JSON.stringify(schema)}`)
  }
}

/** A number as text where no text is due: the kindest mistake, and the one that a coercing gateway lets pass. */
function ofOtherType(types: readonly string[]): unknown {
  if (!types.includes('string')) return '7'
  return types.includes('integer') || types.includes('number') ? true : 7
}

function outsideOf(allowed: readonly unknown[]): unknown {
  const numbers = allowed.filter((value) => typeof value === 'number')
  return numbers.length > 0 ? Math.max(...numbers) + 1 : 'no such value'
}

function changed(value: unknown, [key, ...rest]: Path, change: Breach['change']): unknown {
  if (key === undefined) return change(value)
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === key ? changed(item, rest, change) : item))
  }
  const fields = value as Readonly<Record<string, unknown>>
  const inner = changed(fields[key], rest, change)
  const others = Object.entries(fields).filter(([name]) => name !== key)
  return Object.fromEntries(inner === undefined ? others : [...others, [key, inner]])
}

/** RFC 6901; names of fields hold neither `~` nor `/`. */
function pointerOf(path: Path): string {
  return path.map((key) => `/${key}`).join('')
}

function typesOf({ type }: JsonSchema): readonly string[] {
  return type === undefined ? [] : [type].flat().map(String)
}

function fieldsOf({ properties }: JsonSchema): readonly (readonly [string, JsonSchema])[] {
  return Object.entries((properties ?? {}) as Readonly<Record<string, JsonSchema>>)
}

function itemsOf({ items }: JsonSchema): JsonSchema {
  return (items ?? {}) as JsonSchema
}

function bound(schema: JsonSchema, otherwise: number): number {
  return numberAt(schema, 'maximum') ?? numberAt(schema, 'minimum') ?? otherwise
}

function numberAt(schema: JsonSchema, word: string): number | undefined {
  const value = schema[word]
  return typeof value === 'number' ? value : undefined
}
