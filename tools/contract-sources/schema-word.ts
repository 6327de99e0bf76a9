import type { JsonSchema } from '../../contracts/index.ts'
import { checkAgainst } from '../../contracts/index.ts'
import { refuse } from './source-file.ts'

/** The words that a source may write instead of a schema that would repeat itself on every page. */
const words: Readonly<Record<string, JsonSchema>> = {
  none: { type: 'object', additionalProperties: false },
  result: { type: 'object', required: ['result'], properties: { result: { type: 'integer' } } },
  job: {
    type: 'object',
    required: ['result'],
    properties: {
      result: { type: 'integer' },
      output: {
        type: 'object',
        properties: {
          status: {
            type: 'string',
            enum: ['canceled', 'failed', 'in_progress', 'ok', 'paused', 'rejected', 'sent', 'timeout'],
          },
        },
      },
    },
  },
}

/** Where a schema stands, for messages. */
export interface SchemaPlace {
  readonly path: string
  readonly name: string
}

/** Turns a word into its schema, and refuses what is no JSON Schema (draft 2020-12, our own words included). */
export function expandSchema(schema: JsonSchema | string, place: SchemaPlace): JsonSchema {
  if (typeof schema !== 'string') {
    refuseBadSchema(schema, place)
    return schema
  }
  const expanded = words[schema]
  if (expanded === undefined) {
    refuse(place.path, [
      `"${place.name}": no schema is called "${schema}" (${Object.keys(words).join(', ')} are)`,
    ])
  }
  return expanded
}

function refuseBadSchema(schema: JsonSchema, { path, name }: SchemaPlace): void {
  try {
    checkAgainst(schema, {})
  } catch (error) {
    refuse(path, [`"${name}": ${error instanceof Error ? error.message : String(error)}`])
  }
}
