import type { JsonObject, JsonSchema } from '../contracts/index.ts'
import { isJsonObject } from '../contracts/index.ts'

/** The fields of a value that a schema knows, at every depth: products differ in what they send. */
export function fitSchema(schema: JsonSchema, value: JsonObject): JsonObject {
  const find = finderOf(schema)
  if (find === undefined) return value
  const fitting: Record<string, unknown> = {}
  for (const name of Object.keys(value)) {
    const field = find(name)
    if (field !== undefined) fitting[name] = fit(field, value[name])
  }
  return fitting
}

function fit(schema: JsonSchema, value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = schema['items'] as JsonSchema | undefined
    return items === undefined ? value : value.map((item: unknown) => fit(items, item))
  }
  return isJsonObject(value) ? fitSchema(schema, value) : value
}

type Find = (name: string) => JsonSchema | undefined

const finders = new WeakMap<JsonSchema, { readonly find: Find | undefined }>()

/** Telemetry asks for the same few schemas every two seconds, so what they name is worked out once. */
function finderOf(schema: JsonSchema): Find | undefined {
  const known = finders.get(schema)
  if (known !== undefined) return known.find
  const find = createFinder(schema)
  finders.set(schema, { find })
  return find
}

function createFinder(schema: JsonSchema): Find | undefined {
  const fields = schema['properties'] as Readonly<Record<string, JsonSchema>> | undefined
  if (fields === undefined) return undefined
  const given = (schema['patternProperties'] ?? {}) as Readonly<Record<string, JsonSchema>>
  const patterns = Object.entries(given).map(([words, field]) => ({ words: new RegExp(words, 'u'), field }))
  const seen = new Map<string, JsonSchema | undefined>()
  return (name) => {
    if (!seen.has(name))
      seen.set(
        name,
        Object.hasOwn(fields, name) ? fields[name] : patterns.find(({ words }) => words.test(name))?.field,
      )
    return seen.get(name)
  }
}
