import { join } from 'node:path'
import type { JsonSchema, Product, ProductProperties } from '../../contracts/index.ts'
import { aircraftProducts, gatewayProducts } from '../../contracts/index.ts'
import { evidence, text } from './schema-shapes.ts'
import { expandSchema } from './schema-word.ts'
import { readSource, refuseOtherFiles } from './source-file.ts'

const fields = { type: 'object', minProperties: 1, additionalProperties: { type: 'object' } }

const shape = {
  type: 'object',
  required: ['evidence', 'version', 'osd', 'state'],
  properties: { evidence, version: text, osd: fields, state: fields },
  additionalProperties: false,
}

type Fields = Readonly<Record<string, JsonSchema>>

interface PropertyFile extends Omit<ProductProperties, 'product' | 'osd' | 'state'> {
  readonly osd: Fields
  readonly state: Fields
}

/** How a source writes the one property whose name is data: the payload index, `81-0-0` on the wire. */
const payloadIndexName = '{payload_index}'
const payloadIndexPattern = '^[0-9]+-[0-9]+-[0-9]+$'

/** Compiles `properties/*.yaml`: a file for each product and no other. */
export function compileProperties(from: string): readonly ProductProperties[] {
  const folder = join(from, 'properties')
  const products: readonly Product[] = [...gatewayProducts, ...aircraftProducts]
  refuseOtherFiles(folder, products)
  return products.map((product) => {
    const { path, content } = readSource<PropertyFile>(join(folder, `${product}.yaml`), shape)
    const compile = (kind: 'osd' | 'state'): JsonSchema =>
      expandSchema(objectOf(content[kind]), { path, name: kind })
    return {
      product,
      evidence: content.evidence,
      version: content.version,
      osd: compile('osd'),
      state: compile('state'),
    }
  })
}

function objectOf(all: Fields): JsonSchema {
  const { [payloadIndexName]: payload, ...properties } = all
  return {
    type: 'object',
    properties,
    ...(payload === undefined ? {} : { patternProperties: { [payloadIndexPattern]: payload } }),
  }
}
