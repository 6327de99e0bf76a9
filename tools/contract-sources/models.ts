import { join } from 'node:path'
import type { Model } from '../../contracts/index.ts'
import { aircraftProducts, gatewayProducts } from '../../contracts/index.ts'
import { evidence, text } from './schema-shapes.ts'
import { readSource, refuse } from './source-file.ts'

const numbers = { type: 'string', pattern: '^[0-9]+-[0-9]+-[0-9]+$' }

const shape = {
  type: 'object',
  additionalProperties: {
    type: 'object',
    required: ['name', 'role', 'key', 'properties', 'payloads', 'evidence'],
    properties: {
      name: text,
      role: { enum: ['dock', 'aircraft', 'remote-controller'] },
      key: numbers,
      properties: { enum: [...gatewayProducts, ...aircraftProducts] },
      aircraft: { type: 'array', minItems: 1, items: text },
      payloads: {
        type: 'array',
        items: {
          type: 'object',
          required: ['index', 'name', 'evidence'],
          properties: { index: numbers, name: text, evidence },
          additionalProperties: false,
        },
      },
      evidence,
    },
    additionalProperties: false,
  },
}

type ModelSource = Omit<Model, 'id' | 'domain' | 'type' | 'sub_type'>

/** Compiles `models.yaml`; a dock's aircraft must be models too. */
export function compileModels(from: string): readonly Model[] {
  const { path, content } = readSource<Readonly<Record<string, ModelSource>>>(
    join(from, 'models.yaml'),
    shape,
  )
  const strangers = Object.values(content).flatMap(({ aircraft = [] }) =>
    aircraft.filter((id) => content[id]?.role !== 'aircraft'),
  )
  if (strangers.length > 0)
    refuse(
      path,
      strangers.map((id) => `"${id}" is no aircraft of this file`),
    )
  return Object.entries(content).map(([id, source]) => ({ id, ...source, ...numbersOf(source.key) }))
}

function numbersOf(key: string): Pick<Model, 'domain' | 'type' | 'sub_type'> {
  const [domain = 0, type = 0, sub_type = 0] = key.split('-').map(Number)
  return { domain, type, sub_type }
}
