import type { Static, TObject } from 'typebox'
import type { Definition } from '../scenario/index.ts'
import { nearest, unknownWord } from '../scenario/index.ts'
import { ControlError } from './control-error.ts'

/** The parameters of a query, as a definition has them. Throws ControlError: a misspelt one must not pass unseen. */
export function readQuery<Schema extends TObject>(schema: Schema, query: unknown): Static<Schema> {
  const given = query as Readonly<Record<string, unknown>>
  const properties = schema.properties as Readonly<Record<string, Definition>>
  const entries = Object.entries(given).map(([name, value]) => {
    const definition = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (definition === undefined) throw unknown(name, Object.keys(properties))
    return [name, read(name, value, definition)]
  })
  const defaults = Object.entries(properties).flatMap(([name, { default: otherwise }]) =>
    otherwise === undefined ? [] : [[name, otherwise]],
  )
  return Object.fromEntries([...defaults, ...entries]) as Static<Schema>
}

function read(name: string, value: unknown, definition: Definition): unknown {
  if (definition['type'] === 'array') return wordsOf(value).map((word) => oneOf(name, word, definition))
  if (typeof value !== 'string') throw wrong(name, value, 'it stands there twice', 'Give it once')
  switch (definition['type']) {
    case 'boolean':
      if (value === 'true' || value === 'false') return value === 'true'
      throw wrong(name, value, 'it is neither', 'Write true or false')
    case 'integer':
      if (/^\d{1,15}$/.test(value) && Number(value) <= Number(definition['maximum'])) return Number(value)
      throw wrong(
        name,
        value,
        'it is no whole number',
        `Write one from 0 to ${String(definition['maximum'])}`,
      )
    default:
      return value
  }
}

function oneOf(name: string, word: string, { items }: Definition): string {
  const allowed = (items as Definition)['enum'] as readonly string[] | undefined
  if (allowed === undefined || allowed.includes(word)) return word
  const suggestion = nearest(word, allowed)
  const what = suggestion === undefined ? 'there is none' : `there is none, did you mean '${suggestion}'?`
  throw wrong(name, word, what, `Choose of ${allowed.join(', ')}`)
}

/** `a,b` and repeated parameters are a list. */
function wordsOf(value: unknown): readonly string[] {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value]
  return texts
    .flatMap((text) => (typeof text === 'string' ? text.split(',') : []))
    .filter((word) => word !== '')
}

function unknown(name: string, names: readonly string[]): ControlError {
  const what = unknownWord('parameter', name, nearest(name, names))
  const stop = what.endsWith('?') ? '' : '.'
  const then = names.length === 0 ? 'There are none here' : `Choose of ${names.join(', ')}`
  return new ControlError('QUERY_INVALID', `Cannot read the query: ${what}${stop} ${then}.`)
}

function wrong(name: string, value: unknown, what: string, then: string): ControlError {
  const stop = what.endsWith('?') ? '' : '.'
  return new ControlError(
    'QUERY_INVALID',
    `Cannot read ${name}=${JSON.stringify(value)}: ${what}${stop} ${then}.`,
  )
}
