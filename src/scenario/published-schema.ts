import type { TSchema } from 'typebox'
import type { Capability } from '../../contracts/index.ts'
import { capabilities, downFamilies, models, offeredMethods, upFamilies } from '../../contracts/index.ts'
import type { Definition } from './check.ts'
import { ExampleRow } from './language.ts'
import { ownWords } from './language-words.ts'

/** Whether templates are filled at a place: outside of devices and steps they are not. */
export type Filling = 'plain' | 'filled'

/** Templates stand for any value: without this a `${…}` in the place of a number would be marked as wrong. */
export const template: Definition = { type: 'string', pattern: '\\$\\{' }

/** The same, or a template in its place. */
export function withTemplate(schema: Definition): Definition {
  const accepts = !['type', 'enum', 'anyOf', '$ref'].some((word) => word in schema)
  const isFreeText = schema['type'] === 'string' && schema['pattern'] === undefined
  if (accepts || isFreeText || schema['$ref'] === '#/definitions/expected') return schema
  const { description, examples, ...shape } = schema
  return {
    ...(description === undefined ? {} : { description }),
    ...(examples === undefined ? {} : { examples }),
    anyOf: [shape, template],
  }
}

/** A definition of the language without the loader's own words, and with what an editor can offer there. */
export function published(schema: TSchema | Definition, filling: Filling): Definition {
  const words = schema as Definition
  const inside: Filling =
    ['devices', 'fleet'].includes(String(words['x-kind'])) || words['$ref'] === '#/definitions/step'
      ? 'filled'
      : filling
  const kept = Object.entries(words).filter(([word]) => !(ownWords as readonly string[]).includes(word))
  if (words['x-kind'] === 'script') return { description: words['description'], $ref: '#/definitions/script' }
  const shape = Object.fromEntries(kept.map(([word, value]) => [word, publishedWord(word, value, inside)]))
  return { ...shape, ...suggestions[String(words['x-kind'])]?.() }
}

function publishedWord(word: string, value: unknown, filling: Filling): unknown {
  const one = (schema: unknown): unknown => {
    const made = published(schema as Definition, filling)
    return filling === 'filled' ? withTemplate(made) : made
  }
  if (word === 'properties' || word === 'patternProperties') {
    return Object.fromEntries(Object.entries(value as Definition).map(([key, schema]) => [key, one(schema)]))
  }
  if (word === 'items') return one(value)
  // the alternatives of a union are one value: the template is offered beside them, once
  if (word === 'anyOf') return (value as readonly Definition[]).map((schema) => published(schema, filling))
  return value
}

/** What is known of a kind beyond its shape, for completion. */
const suggestions: Readonly<Record<string, () => Definition>> = {
  expected: () => ({ $ref: '#/definitions/expected' }),
  rule: () => ({ $ref: '#/definitions/rule' }),
  allow: () => ({ propertyNames: { $ref: '#/definitions/rule' } }),
  capability: () => ({
    anyOf: [
      { enum: [...capabilities], enumDescriptions: capabilities.map((name) => capabilityDescriptions[name]) },
      { type: 'string', pattern: '^method:', description: 'The target offers this method.' },
    ],
  }),
  model: () => ({ anyOf: [dockModels(), { type: 'string' }] }),
  aircraft: () => ({ examples: models().flatMap(({ id, role }) => (role === 'aircraft' ? [id] : [])) }),
  topic: () => ({ examples: [...downFamilies, ...upFamilies] }),
  // a method that the platform does not offer is sent too, to see it refused
  commandType: () => ({ anyOf: [methodsWithTitles(), {}] }),
  examples: () => ({ items: published(ExampleRow, 'plain') }),
}

const capabilityDescriptions: Readonly<Record<Capability, string>> = {
  'gateway-control': 'The gateway can be stopped, killed and restarted.',
  'durable-store': 'Commands and keys survive that.',
  'second-credential': 'There is a second API ID.',
  'broker-control': 'The broker can be stopped, and lose and delay messages.',
  'permissive-broker': 'The broker lets everybody publish everywhere for this test.',
  'parallel-per-device': 'Several commands may be open on one dock.',
  'offline-queue': 'A command for a dock that is off line waits for it.',
}

function methodsWithTitles(): Definition {
  const offered = offeredMethods()
  return { enum: offered.map(({ name }) => name), enumDescriptions: offered.map(({ title }) => title) }
}

function dockModels(): Definition {
  const docks = models().filter(({ role }) => role !== 'aircraft')
  return { enum: docks.map(({ id }) => id), enumDescriptions: docks.map(({ name }) => name) }
}
