import { join } from 'node:path'
import type { JsonSchema, Message, MessageFamily, MessageVariant, Source } from '../../contracts/index.ts'
import { messageFamilies } from '../../contracts/index.ts'
import { evidence, names, productVersions, schemaOrWord, variantProducts } from './schema-shapes.ts'
import type { SchemaPlace } from './schema-word.ts'
import { expandSchema } from './schema-word.ts'
import { readSource, refuseOtherFiles } from './source-file.ts'

const variant = {
  type: 'object',
  required: ['for'],
  minProperties: 2,
  properties: { for: variantProducts, data: schemaOrWord, reply: schemaOrWord },
  additionalProperties: false,
}

const shape = {
  type: 'object',
  required: ['evidence', 'messages'],
  properties: {
    evidence,
    messages: {
      type: 'object',
      propertyNames: { type: 'string', pattern: '^[a-z0-9_]+$' },
      additionalProperties: {
        type: 'object',
        required: ['products', 'data'],
        properties: {
          products: productVersions,
          deprecated_since: { type: 'string' },
          need_reply: { enum: [0, 1] },
          reply_documented: { type: 'boolean' },
          follows: names,
          also_after: names,
          data: schemaOrWord,
          reply: schemaOrWord,
          variants: { type: 'array', minItems: 1, items: variant },
        },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
}

interface SchemaPair {
  readonly data?: JsonSchema | string
  readonly reply?: JsonSchema | string
}

interface VariantSource extends SchemaPair {
  readonly for: readonly string[]
}

interface MessageSource extends Omit<
  Message,
  'name' | 'family' | 'evidence' | 'data' | 'reply' | 'variants'
> {
  readonly data: JsonSchema | string
  readonly reply?: JsonSchema | string
  readonly variants?: readonly VariantSource[]
}

interface MessageFile {
  readonly evidence: Source
  readonly messages: Readonly<Record<string, MessageSource>>
}

/** Compiles `messages/*.yaml`: a file for each family and no other. */
export function compileMessages(from: string): readonly Message[] {
  const folder = join(from, 'messages')
  refuseOtherFiles(folder, messageFamilies)
  return messageFamilies.flatMap((family) => readFamily(folder, family))
}

function readFamily(folder: string, family: MessageFamily): readonly Message[] {
  const { path, content } = readSource<MessageFile>(join(folder, `${family}.yaml`), shape)
  return Object.entries(content.messages).map(([name, source]) => {
    const { data, reply, variants, ...rest } = source
    const place = { path, name }
    return {
      name,
      family,
      evidence: content.evidence,
      ...rest,
      data: expandSchema(data, place),
      ...(reply === undefined ? {} : { reply: expandSchema(reply, place) }),
      ...(variants === undefined ? {} : { variants: variants.map((entry) => variantOf(entry, place)) }),
    }
  })
}

function variantOf({ for: products, data, reply }: VariantSource, place: SchemaPlace): MessageVariant {
  return {
    for: products,
    ...(data === undefined ? {} : { data: expandSchema(data, place) }),
    ...(reply === undefined ? {} : { reply: expandSchema(reply, place) }),
  }
}
