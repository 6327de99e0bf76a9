import { gatewayProducts, sources } from '../../contracts/index.ts'

/** Parts that the shapes of several sources share. */
export const text = { type: 'string', minLength: 1 }
export const evidence = { enum: sources }
export const names = { type: 'array', minItems: 1, items: { type: 'string', pattern: '^[a-z0-9_]+$' } }
export const codes = { type: 'array', minItems: 1, items: { type: 'integer' } }

/** A JSON Schema, or a word that stands for one. */
export const schemaOrWord = { type: ['object', 'string'] }

/** `{ dock2: ['1.11.3', '1.15'] }` */
export const productVersions = {
  type: 'object',
  minProperties: 1,
  propertyNames: { enum: gatewayProducts },
  additionalProperties: { type: 'array', minItems: 1, items: { enum: ['1.11.3', '1.15'] } },
}

/** `[dock1@1.11.3]` */
export const variantProducts = {
  type: 'array',
  minItems: 1,
  items: { type: 'string', pattern: `^(${gatewayProducts.join('|')})@(1\\.11\\.3|1\\.15)$` },
}
