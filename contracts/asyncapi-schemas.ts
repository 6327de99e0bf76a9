import type { DataFamily } from './asyncapi-channels.ts'
import type { JsonObject } from './envelope.ts'
import { isJsonObject } from './envelope.ts'
import type { Message, MessageFamily, MessageVariant } from './message.ts'
import type { JsonSchema, Method } from './method.ts'
import type { ProductProperties } from './property.ts'

/** What the document is made of. */
export interface AsyncApiParts {
  /** Version of the package. */
  readonly version: string
  readonly methods: readonly Method[]
  readonly messages: readonly Message[]
  readonly properties: readonly ProductProperties[]
}

/** Which schemas of `components` a channel's `data` may follow. */
export type DataSchemaNames =
  | { readonly kind: 'any' }
  | { readonly kind: 'alternatives'; readonly names: readonly string[] }
  | {
      readonly kind: 'by-method'
      readonly byMethod: readonly { readonly method: string; readonly name: string }[]
    }

/** The names of the data schemas of a family. */
export function dataSchemaNames(parts: AsyncApiParts, family: DataFamily): DataSchemaNames {
  switch (family) {
    case 'none':
      return { kind: 'any' }
    case 'osd':
    case 'state':
      return { kind: 'alternatives', names: parts.properties.map(({ product }) => `${family}_${product}`) }
    default:
      return {
        kind: 'by-method',
        byMethod: entriesOf(parts, family).map(({ method }) => ({ method, name: nameOf(family, method) })),
      }
  }
}

/** Every component schema: the envelopes, and `data` by family and method or product. */
export function asyncApiSchemas(parts: AsyncApiParts): JsonObject {
  const families = [
    'services',
    'services_reply',
    'events',
    'requests',
    'requests_reply',
    'status',
    'drc-down',
    'drc-up',
  ] as const
  const byMethod = families.flatMap((family) =>
    entriesOf(parts, family).map(({ method, schema }): [string, JsonSchema] => [
      nameOf(family, method),
      schema,
    ]),
  )
  const byProduct = parts.properties.flatMap(({ product, osd, state }): [string, JsonSchema][] => [
    [`osd_${product}`, osd],
    [`state_${product}`, state],
  ])
  const data = [...byMethod, ...byProduct].map(([name, schema]) => [name, withoutNotes(schema)])
  return { ...envelopes, ...Object.fromEntries(data) }
}

type MethodFamily = Exclude<DataFamily, 'osd' | 'state' | 'none'>

interface Entry {
  readonly method: string
  readonly schema: JsonSchema
}

function entriesOf(parts: AsyncApiParts, family: MethodFamily): readonly Entry[] {
  switch (family) {
    case 'services':
      return onServices(parts).map(({ name, payload }) => ({ method: name, schema: payload }))
    case 'services_reply':
      return onServices(parts).flatMap(({ name, dji }) =>
        dji.reply === undefined ? [] : [{ method: name, schema: replyOf(dji) }],
      )
    case 'requests_reply':
      return repliesOf(parts, 'requests')
    case 'drc-up':
      return [...dataOf(parts, 'drc-up'), ...repliesOf(parts, 'drc-down')]
    default:
      return dataOf(parts, family)
  }
}

function onServices({ methods }: AsyncApiParts): readonly Method[] {
  return methods.filter(({ transport }) => transport === 'services')
}

function replyOf({ reply = {}, reply_variants = [] }: Method['dji']): JsonSchema {
  return anyOf([reply, ...reply_variants.map((variant) => variant.reply)])
}

function dataOf({ messages }: AsyncApiParts, family: MessageFamily): readonly Entry[] {
  const ofFamily = messages.filter((message) => message.family === family)
  return ofFamily.map(({ name, data, variants = [] }) => ({
    method: name,
    schema: anyOf([data, ...schemasOf(variants, 'data')]),
  }))
}

function repliesOf({ messages }: AsyncApiParts, family: MessageFamily): readonly Entry[] {
  const answered = messages.filter((message) => message.family === family && message.reply !== undefined)
  return answered.map(({ name, reply = {}, variants = [] }) => ({
    method: name,
    schema: anyOf([reply, ...schemasOf(variants, 'reply')]),
  }))
}

/** Leaves out what only explains; `contracts/` holds it, and it would double the document. */
function withoutNotes(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withoutNotes)
  if (!isJsonObject(part)) return part
  const kept = Object.entries(part).filter(([keyword]) => !notes.has(keyword))
  return Object.fromEntries(kept.map(([keyword, value]) => [keyword, withoutNotes(value)]))
}

const notes = new Set(['x-enum-labels', 'x-step', 'x-from-example', 'x-optional', 'examples'])

function schemasOf(variants: readonly MessageVariant[], part: 'data' | 'reply'): readonly JsonSchema[] {
  return variants.map((variant) => variant[part]).filter((schema) => schema !== undefined)
}

/** One schema as it is; several, where products differ, as alternatives. */
function anyOf(schemas: readonly JsonSchema[]): JsonSchema {
  const [only, ...others] = schemas
  return only !== undefined && others.length === 0 ? only : { anyOf: schemas }
}

function nameOf(family: MethodFamily, method: string): string {
  return `${family.replace('-', '_')}_${method}`
}

const outer = {
  tid: { type: 'string', description: 'Names one exchange; an answer repeats it.' },
  bid: { type: 'string', description: 'Names one business: a command, its answer and its progress events.' },
  timestamp: { type: 'integer', description: 'Milliseconds since the Unix epoch.' },
  gateway: {
    type: 'string',
    description: 'Serial number of the dock or remote controller; on messages of devices.',
  },
  data: true,
}

const method = { type: 'string' }

const envelopes: JsonObject = {
  Envelope: { type: 'object', required: ['tid', 'bid', 'timestamp', 'data'], properties: outer },
  MethodEnvelope: {
    type: 'object',
    required: ['tid', 'bid', 'timestamp', 'method'],
    properties: {
      ...outer,
      method,
      need_reply: { type: 'integer', enum: [0, 1], description: 'On events: 1 asks for an answer.' },
    },
  },
  ResultEnvelope: {
    type: 'object',
    required: ['tid', 'bid', 'timestamp', 'method', 'data'],
    properties: {
      ...outer,
      method,
      data: {
        type: 'object',
        required: ['result'],
        properties: {
          result: { type: 'integer', description: '0, or an error code.' },
          output: { type: 'object' },
        },
      },
    },
  },
  DrcEnvelope: {
    type: 'object',
    required: ['method'],
    properties: { method, seq: { type: 'integer' }, timestamp: outer.timestamp, data: true },
  },
}
