import { loadCompiled } from './compiled-data.ts'
import type { JsonSchema } from './method.ts'
import type { Product } from './model.ts'
import type { Source } from './rule.ts'

/** The properties of a product: what it sends at a fixed rate, and what it sends when it changes. */
export interface ProductProperties {
  readonly product: Product
  readonly evidence: Source
  /** Version of DJI's documentation. */
  readonly version: string
  /** Schema of `data` on `osd`: every property may be missing, since a device spreads them over several messages. */
  readonly osd: JsonSchema
  /** Schema of `data` on `state`. */
  readonly state: JsonSchema
}

/** A property, or a field of one, that `property/set` may write. */
export interface Settable {
  /** `silent_mode`, or `obstacle_avoidance.horizon` for a field of an object. */
  readonly path: string
  readonly schema: JsonSchema
}

/** The properties of a product. Every product has a file, so a missing one is a bug of the build. */
export function propertiesOf(product: Product): ProductProperties {
  const found = loadCompiled<readonly ProductProperties[]>('properties').find(
    (entry) => entry.product === product,
  )
  if (found === undefined) throw new Error(`Bug: contracts/properties has no file for "${product}"`)
  return found
}

/** What `property/set` may write on a product (`x-access: rw`). */
export function settableProperties(product: Product): readonly Settable[] {
  const { osd, state } = propertiesOf(product)
  return [...settableIn(osd, ''), ...settableIn(state, '')]
}

function settableIn(schema: JsonSchema, prefix: string): readonly Settable[] {
  return Object.entries(fieldsOf(schema)).flatMap(([name, field]) => {
    const path = `${prefix}${name}`
    const inside = settableIn(field, `${path}.`)
    if (inside.length > 0) return inside
    return field['x-access'] === 'rw' ? [{ path, schema: field }] : []
  })
}

function fieldsOf(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  return (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>
}
