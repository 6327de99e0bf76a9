import { join } from 'node:path'
import type { DjiFacts, Domain, JsonObject, JsonSchema, Method } from '../../contracts/index.ts'
import { checkAgainst, domains } from '../../contracts/index.ts'
import {
  codes,
  evidence,
  names,
  productVersions,
  schemaOrWord,
  text,
  variantProducts,
} from './schema-shapes.ts'
import type { SchemaPlace } from './schema-word.ts'
import { expandSchema } from './schema-word.ts'
import { readSource, refuse, refuseDuplicates, refuseOtherFiles } from './source-file.ts'

const precondition = {
  type: 'object',
  required: ['evidence'],
  minProperties: 2,
  properties: {
    dock_mode_code: { enum: [0, 2] },
    drone_in_dock: { enum: [0, 1] },
    authority: { const: 'payload_authority' },
    aircraft: { const: 'airborne' },
    evidence,
  },
  additionalProperties: false,
}

const progress = {
  type: 'object',
  required: ['events', 'shape', 'evidence'],
  properties: {
    events: names,
    shape: { enum: ['steps', 'percent', 'status', 'devices', 'own'] },
    steps: names,
    evidence,
  },
  additionalProperties: false,
}

const djiFacts = {
  type: 'object',
  required: ['evidence', 'kind', 'products'],
  properties: {
    evidence,
    kind: { enum: ['command', 'job', 'long-running'] },
    products: productVersions,
    deprecated: { const: true },
    precondition,
    reply: schemaOrWord,
    reply_variants: variants('reply'),
    payload_variants: variants('payload'),
    progress,
    related_events: names,
    device_requests: names,
    typical_errors: {
      type: 'object',
      required: ['codes', 'evidence'],
      properties: { codes, evidence },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
}

const shape = {
  type: 'object',
  propertyNames: { type: 'string', pattern: '^[a-z_]+$' },
  additionalProperties: {
    type: 'object',
    required: ['title', 'evidence', 'transport', 'payload', 'dji'],
    properties: {
      title: text,
      offered: { const: false },
      evidence,
      transport: { enum: ['services', 'drc', 'requests'] },
      payload: schemaOrWord,
      example: { type: 'object' },
      differs: text,
      dji: djiFacts,
    },
    additionalProperties: false,
  },
}

interface MethodSource extends Omit<Method, 'name' | 'domain' | 'offered' | 'payload' | 'example' | 'dji'> {
  readonly offered?: false
  readonly payload: JsonSchema | string
  readonly example?: JsonObject
  readonly dji: DjiSource
}

interface DjiSource extends Omit<DjiFacts, 'reply' | 'reply_variants' | 'payload_variants'> {
  readonly reply?: JsonSchema | string
  readonly reply_variants?: readonly {
    readonly for: readonly string[]
    readonly reply: JsonSchema | string
  }[]
  readonly payload_variants?: readonly {
    readonly for: readonly string[]
    readonly payload: JsonSchema | string
  }[]
}

/** Compiles `methods/*.yaml`: a file for each domain, no other file, no method twice, each example valid. */
export function compileMethods(from: string): readonly Method[] {
  const folder = join(from, 'methods')
  refuseOtherFiles(folder, domains)
  const compiled = domains.flatMap((domain) => readDomain(folder, domain))
  refuseDuplicates(compiled.map(({ name, domain }) => ({ id: name, path: join(folder, `${domain}.yaml`) })))
  return compiled
}

function readDomain(folder: string, domain: Domain): readonly Method[] {
  const { path, content } = readSource<Readonly<Record<string, MethodSource>>>(
    join(folder, `${domain}.yaml`),
    shape,
  )
  return Object.entries(content).map(([name, source]) => methodOf(source, domain, { path, name }))
}

function methodOf(source: MethodSource, domain: Domain, place: SchemaPlace): Method {
  const { title, offered = true, payload: schema, example = {}, dji, ...rest } = source
  const payload = expandSchema(schema, place)
  refuseBadExample(payload, example, place)
  return { name: place.name, domain, title, offered, ...rest, payload, example, dji: djiOf(dji, place) }
}

function djiOf(
  { reply, reply_variants, payload_variants, ...rest }: DjiSource,
  place: SchemaPlace,
): DjiFacts {
  const expand = (schema: JsonSchema | string): JsonSchema => expandSchema(schema, place)
  return {
    ...rest,
    ...(reply === undefined ? {} : { reply: expand(reply) }),
    ...(reply_variants && {
      reply_variants: reply_variants.map((v) => ({ for: v.for, reply: expand(v.reply) })),
    }),
    ...(payload_variants && {
      payload_variants: payload_variants.map((v) => ({ for: v.for, payload: expand(v.payload) })),
    }),
  }
}

function refuseBadExample(payload: JsonSchema, example: JsonObject, { path, name }: SchemaPlace): void {
  const problems = checkAgainst(payload, example)
  if (problems.length === 0) return
  const sentences = problems.map(
    ({ pointer, expected, found }) => `${pointer || '/'}: expected ${expected}, found ${found}`,
  )
  refuse(
    path,
    sentences.map((sentence) => `"${name}": the example does not fit the payload: ${sentence}`),
  )
}

function variants(what: 'reply' | 'payload'): object {
  return {
    type: 'array',
    items: {
      type: 'object',
      required: ['for', what],
      properties: { for: variantProducts, [what]: schemaOrWord },
      additionalProperties: false,
    },
  }
}
