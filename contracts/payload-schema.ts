import { createRequire } from 'node:module'
import type * as AjvModule from 'ajv/dist/2020.js'
import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'
import type { FormatsPlugin } from 'ajv-formats'
import type { JsonSchema, Method } from './method.ts'
import { describeSchema, describeValue } from './schema-words.ts'

/** One thing that is wrong with a value. */
export interface PayloadProblem {
  /** JSON pointer of the value (`/points/0/height`), of the missing or surplus field, or '' for the whole. */
  readonly pointer: string
  /** In words: "an integer between 0 and 300". */
  readonly expected: string
  /** In words, with the value: `the string "30"`. */
  readonly found: string
}

/** Checks a payload against its method's schema; an empty list means that it fits (rule: create-checks-payload). */
export function checkPayload(method: Method, payload: unknown): readonly PayloadProblem[] {
  return checkAgainst(method.payload, payload)
}

/** Checks any value against a schema. The validator of a schema object is compiled once per process. */
export function checkAgainst(schema: JsonSchema, value: unknown): readonly PayloadProblem[] {
  const fits = validatorOf(schema)
  if (fits(value)) return []
  const problems = (fits.errors ?? []).map((error) => problemOf(error))
  return problems.filter((problem, at) => problems.findIndex((other) => isSame(other, problem)) === at)
}

const validators = new WeakMap<JsonSchema, ValidateFunction>()

function validatorOf(schema: JsonSchema): ValidateFunction {
  const known = validators.get(schema)
  if (known !== undefined) return known
  const validator = sharedAjv().compile(schema)
  validators.set(schema, validator)
  return validator
}

let ajv: Ajv2020 | undefined

/** ajv costs 40 ms to load, so it is loaded when the first value is checked. */
function sharedAjv(): Ajv2020 {
  if (ajv !== undefined) return ajv
  const load = createRequire(import.meta.url)
  const { Ajv2020 } = load('ajv/dist/2020.js') as typeof AjvModule
  const { default: addFormats } = load('ajv-formats') as { default: FormatsPlugin }
  const created = new Ajv2020({ allErrors: true, verbose: true, strict: true, allowUnionTypes: true })
  created.addVocabulary([
    'x-unit',
    'x-enum-labels',
    'x-step',
    'x-digits',
    'x-optional',
    'x-from-example',
    'x-access',
  ])
  addFormats(created)
  ajv = created
  return created
}

function problemOf(error: ErrorObject): PayloadProblem {
  const { keyword, instancePath, params, parentSchema, data } = error
  const schema: JsonSchema = parentSchema ?? {}
  if (keyword === 'required') {
    const field = String(params['missingProperty'])
    return {
      pointer: join(instancePath, field),
      expected: describeSchema(fieldOf(schema, field)),
      found: 'nothing',
    }
  }
  if (keyword === 'additionalProperties') {
    const field = String(params['additionalProperty'])
    const surplus: unknown = (data as Readonly<Record<string, unknown>>)[field]
    return { pointer: join(instancePath, field), expected: 'no such field', found: describeValue(surplus) }
  }
  return { pointer: instancePath, expected: describeSchema(schema), found: describeValue(data) }
}

function fieldOf(schema: JsonSchema, field: string): JsonSchema {
  const fields = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>
  return fields[field] ?? {}
}

/** Appends a field to a JSON pointer (RFC 6901: `~` and `/` are escaped). */
function join(pointer: string, field: string): string {
  return `${pointer}/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

function isSame(left: PayloadProblem, right: PayloadProblem): boolean {
  return left.pointer === right.pointer && left.expected === right.expected
}
