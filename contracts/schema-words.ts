import type { JsonSchema } from './method.ts'

/** Says in words what a schema expects: "an integer between 0 and 300", "one of 0, 1". */
export function describeSchema(schema: JsonSchema): string {
  const { enum: allowed } = schema
  if ('const' in schema) return JSON.stringify(schema['const'])
  if (Array.isArray(allowed)) return oneOf(allowed)
  const parts = kindsOf(schema).map((kind) => describeKind(kind, schema))
  return parts.length === 0 ? 'another value' : parts.join(' or ')
}

/** Says in words what a value is: `the string "30"`, `a list of 2 items`. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value))
    return value.length === 0 ? 'an empty list' : `a list of ${count(value.length, 'item')}`
  if (typeof value === 'object' && value !== null) {
    return Object.keys(value).length === 0
      ? 'an empty object'
      : `an object with ${shorten(Object.keys(value).join(', '))}`
  }
  if (typeof value === 'string') return `the string ${JSON.stringify(shorten(value))}`
  return typeof value === 'number' ? `the number ${value}` : JSON.stringify(value)
}

const longestText = 60
const longestList = 12

function oneOf(allowed: readonly unknown[]): string {
  const shown = allowed.slice(0, longestList).map((value) => JSON.stringify(value))
  if (shown.length === 1) return shown.join('')
  const rest = allowed.length - shown.length
  return `one of ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

function kindsOf({ type }: JsonSchema): readonly string[] {
  if (Array.isArray(type)) return type.map(String)
  return typeof type === 'string' ? [type] : []
}

function describeKind(kind: string, schema: JsonSchema): string {
  switch (kind) {
    case 'integer':
      return `an integer${range(schema['minimum'], schema['maximum'])}`
    case 'number':
      return `a number${range(schema['minimum'], schema['maximum'])}`
    case 'string':
      return `a string${size(schema['minLength'], schema['maxLength'], 'character')}${form(schema)}`
    case 'array':
      return `a list${size(schema['minItems'], schema['maxItems'], 'item')}`
    case 'boolean':
      return 'true or false'
    case 'object':
      return schema['additionalProperties'] === false && fieldCount(schema) === 0
        ? 'an empty object'
        : 'an object'
    default:
      return kind
  }
}

function range(minimum: unknown, maximum: unknown): string {
  if (isNumber(minimum) && isNumber(maximum)) return ` between ${minimum} and ${maximum}`
  if (isNumber(minimum)) return ` of at least ${minimum}`
  return isNumber(maximum) ? ` of at most ${maximum}` : ''
}

function size(minimum: unknown, maximum: unknown, what: string): string {
  if (isNumber(minimum) && minimum === maximum) return ` of ${count(minimum, what)}`
  if (isNumber(minimum) && isNumber(maximum)) return ` of ${minimum} to ${count(maximum, what)}`
  if (isNumber(minimum)) return ` of at least ${count(minimum, what)}`
  return isNumber(maximum) ? ` of at most ${count(maximum, what)}` : ''
}

function form({ format, pattern }: JsonSchema): string {
  if (typeof format === 'string') return ` in the format ${format}`
  return typeof pattern === 'string' ? ` that matches ${pattern}` : ''
}

function fieldCount({ properties }: JsonSchema): number {
  return Object.keys(properties ?? {}).length
}

function count(amount: number, what: string): string {
  return amount === 1 ? `1 ${what}` : `${amount} ${what}s`
}

function shorten(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText)}…`
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number'
}
