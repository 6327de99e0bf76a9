import { Ajv } from 'ajv'
import type { ErrorObject } from 'ajv'
import { distance } from 'fastest-levenshtein'
import type { Static } from 'typebox'
import { Type } from 'typebox'
import type { JsonObject } from '../../contracts/index.ts'

/** The body of a create, as far as its shape goes (CONTRACT: section 1). */
export const CreateRequest = Type.Object(
  {
    vendor: Type.String({ minLength: 1 }),
    device_id: Type.String({ minLength: 1 }),
    command_type: Type.String({ minLength: 1 }),
    idempotency_key: Type.String({ minLength: 1 }),
    payload: Type.Object({}, { additionalProperties: true }),
    timeout_seconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 300 })),
  },
  { additionalProperties: false },
)
export type CreateRequest = Omit<Static<typeof CreateRequest>, 'payload'> & { readonly payload: JsonObject }

/** The shape's problems in one sentence each; none when the body is a create request. */
export function shapeProblems(body: unknown): readonly string[] {
  if (fitsShape(body)) return []
  return (fitsShape.errors ?? []).map((error) => sentenceOf(error, body))
}

/** Whether a body has no problem of shape. */
export function isCreateRequest(body: unknown): body is CreateRequest {
  return fitsShape(body)
}

// Strict types, nothing coerced, nothing removed: `"30"` is no number and a misspelt field is seen.
const fitsShape = new Ajv({ allErrors: true }).compile(CreateRequest)

function sentenceOf(error: ErrorObject, body: unknown): string {
  const { keyword, instancePath, params } = error as ErrorObject<string, Readonly<Record<string, unknown>>>
  switch (keyword) {
    case 'required':
      return `/${String(params['missingProperty'])} is missing` // rule: create-refuses-missing
    case 'additionalProperties':
      return unknownField(String(params['additionalProperty'])) // rule: create-refuses-unknown-fields
    case 'minLength':
      return `${instancePath} is empty` // rule: create-refuses-empty
    case 'type':
      // rule: create-refuses-types, create-refuses-payload
      return `${instancePath === '' ? 'the body' : instancePath} must be of type ${String(params['type'])}, not ${kindOf(at(body, instancePath))}`
    default:
      return `${instancePath} ${error.message ?? 'is not valid'}` // rule: create-refuses-timeout
  }
}

function unknownField(name: string): string {
  const known = Object.keys(CreateRequest.properties)
  const [nearest] = known
    .map((field) => ({ field, far: distance(field, name) }))
    .filter(({ far }) => far <= 3)
    .sort((a, b) => a.far - b.far)
  const shown = name.length > 64 ? `${name.slice(0, 64)}…` : name
  return `"${shown}" is not a field of a command${nearest === undefined ? '' : `, did you mean "${nearest.field}"`}`
}

/** The value of one of the body's own fields; the shape goes no deeper. */
function at(body: unknown, instancePath: string): unknown {
  if (instancePath === '') return body
  return (body as JsonObject)[instancePath.slice(1)]
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number' && !Number.isInteger(value)) return `the number ${value}`
  return typeof value
}
