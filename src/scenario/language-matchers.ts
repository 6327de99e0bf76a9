import type { TSchema } from 'typebox'
import { Type } from 'typebox'
import { AnyValue, Expected } from './language-words.ts'

/** A matcher of the language: its argument, and what it demands of a value. */
export interface MatcherDefinition {
  readonly argument: TSchema
  readonly description: string
}

export const valueTypes = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'] as const
export type ValueType = (typeof valueTypes)[number]

export const valueFormats = ['uuid', 'date-time', 'utc-date-time', 'hex64'] as const
export type ValueFormat = (typeof valueFormats)[number]

const yes = Type.Boolean({ const: true, 'x-words': 'true' })
const bound = Type.Number()
const memory = Type.String({ 'x-words': 'a name' })

/** Every matcher; the names are the language's. */
export const matchers = {
  $any: { argument: yes, description: 'Any value, null included; the key has to be there.' },
  $absent: { argument: yes, description: 'Missing, null, "" or {}.' },
  $missing: { argument: yes, description: 'The key is not there at all.' },
  $present: { argument: yes, description: 'The opposite of $absent: there, and not null, "" or {}.' },
  $type: {
    argument: Type.Enum([...valueTypes], { 'x-noun': 'type' }),
    description: 'The type of the value: string, number, integer, boolean, object, array, null.',
  },
  $format: {
    argument: Type.Enum([...valueFormats], { 'x-noun': 'format' }),
    description: 'A text in a format: uuid, date-time, utc-date-time, hex64.',
  },
  $regex: {
    argument: Type.String({ 'x-kind': 'regex', 'x-words': 'a regular expression' }),
    description: 'A text in which the regular expression is found.',
  },
  $oneOf: {
    argument: Type.Array(Expected('One possibility.'), { minItems: 1 }),
    description: 'One of the values of the list.',
  },
  $not: { argument: Expected('What it must not be.'), description: 'Not this.' },
  $gt: { argument: bound, description: 'A number greater than this.' },
  $gte: { argument: bound, description: 'A number of at least this.' },
  $lt: { argument: bound, description: 'A number less than this.' },
  $lte: { argument: bound, description: 'A number of at most this.' },
  $contains: {
    argument: Expected('What it contains.'),
    description: 'A text with this part, or a list with such an item.',
  },
  $length: {
    argument: Expected('The length.'),
    description: 'Length of a text or list, number of keys of an object: a number or a matcher.',
  },
  $exactly: {
    argument: Expected('All of it.'),
    description: 'Exactly this, with no further keys at any depth.',
  },
  $holds: {
    argument: Expected('What it holds.'),
    description: 'The value, or something in it at any depth, is like this.',
  },
  $same: { argument: memory, description: 'One value throughout the test, under this name.' },
  $distinct: { argument: memory, description: 'A new value each time, under this name.' },
  $literal: {
    argument: AnyValue('The object.'),
    description: 'An object that is no matcher, although it looks like one.',
  },
} as const satisfies Readonly<Record<string, MatcherDefinition>>

export type MatcherName = keyof typeof matchers

export const matcherNames = Object.keys(matchers) as readonly MatcherName[]

export function isMatcherName(name: string): name is MatcherName {
  return Object.hasOwn(matchers, name)
}
