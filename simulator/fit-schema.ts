import type { JsonObject, JsonSchema } from '../contracts/index.ts'
import { isJsonObject } from '../contracts/index.ts'

/** The fields of a value that a schema knows, at every depth: products differ in what they send. */
export function fitSchema(schema: JsonSchema, value: JsonObject): JsonObject {
  return fitObject(schema, value)
}

function fitObject(schema: JsonSchema, value: JsonObject): JsonObject {
  const fields = schema['properties'] as Readonly<Record<string, JsonSchema>> | undefined
  if (fields === undefined) return value
  const patterns = Object.entries((schema['patternProperties'] ?? {}) as Readonly<Record<string, JsonSchema>>)
  const fitting: Record<string, unknown> = {}
  for (const [name, inner] of Object.entries(value)) {
    const field = fields[name] ?? patterns.find(([pattern]) => new RegExp(pattern, 'u').test(name))?.[1]
    if (field !== undefined) fitting[name] = fit(field, inner)
  }
  return fitting
}

function fit(schema: JsonSchema, value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = schema['items'] as JsonSchema | undefined
    return items === undefined ? value : value.map((item: unknown) => fit(items, item))
  }
  return isJsonObject(value) ? fitObject(schema, value) : value
}
