import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { globSync } from 'tinyglobby'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { packageRoot } from '../../contracts/index.ts'
import { scenarioSchema, verbNames } from '../../src/scenario/index.ts'
import { matcherNames } from '../../src/scenario/language-matchers.ts'
import { verbs } from '../../src/scenario/language-verbs.ts'
import { examples } from '../../src/scenario/step-schema.ts'
import { problemsOf } from '../support/scenario-text.ts'
import { schemaFile, scenarioSchemaText } from '../../tools/generate-scenario-schema.ts'

const validate = new Ajv({ strict: false }).compile(scenarioSchema())
const fixtures = join(import.meta.dirname, '../fixtures')

describe('the published schema', () => {
  it('is current', () => {
    expect(readFileSync(schemaFile, 'utf8')).toBe(scenarioSchemaText())
  })

  it('accepts every scenario of the package', () => {
    const files = globSync('scenarios/**/*.yaml', { cwd: packageRoot(), absolute: true })

    const refused = files.filter((file) => !validate(parse(readFileSync(file, 'utf8'))))

    expect(refused).toEqual([])
  })

  it('accepts the fifteen scenarios of the language', () => {
    const documents = parseAllDocuments(readFileSync(join(fixtures, 'fifteen-scenarios.yaml'), 'utf8'))

    expect(documents.map((document) => validate(document.toJS()))).toEqual(
      Array.from({ length: 15 }, () => true),
    )
  })

  it.each([
    'a-verb-is-misspelt',
    'a-key-of-the-file-is-misspelt',
    'a-step-has-two-verbs',
    'companions-are-in-the-wrong-place',
    'a-matcher-is-misspelt',
    'a-behaviour-key-is-misspelt',
    'a-rule-is-unknown',
    'a-need-is-unknown',
    'a-status-is-unknown',
    'durations-cannot-be-read',
    'actions-are-mixed-up',
    'steps-are-no-list',
  ])('refuses what the loader refuses for its shape: %s', (name) => {
    expect(validate(parse(readFileSync(join(fixtures, 'wrong', `${name}.yaml`), 'utf8')))).toBe(false)
  })

  it('describes every verb and matcher for completion', () => {
    const { definitions } = scenarioSchema() as {
      definitions: Record<string, { properties: Record<string, { description?: string }> }>
    }

    const bare = [
      ...verbNames.map((verb) => definitions[`${verb}-step`]?.properties[verb]),
      ...matcherNames.map((name) => definitions['expected']?.properties[name]),
    ].filter((schema) => schema?.description === undefined)

    expect(bare).toEqual([])
  })

  it.each(verbNames)('offers beside %s what goes with it, and nothing else', (verb) => {
    const { definitions } = scenarioSchema() as { definitions: Record<string, { properties: object }> }

    expect(Object.keys(definitions[`${verb}-step`]?.properties ?? {}).sort()).toEqual(
      [verb, ...verbs[verb].companions, 'as', 'note'].sort(),
    )
  })

  it.each([
    ['a key of another verb', '{ wait: 2s, within: 2s }'],
    ['the parts of an answer beside await', '{ await: FAILED, expect: { body: { status: FAILED } } }'],
    ['the fields of a command beside query', '{ query: last, expect: { status: FAILED } }'],
    ['a key of another verb in a nested step', '{ parallel: [[{ wait: 2s, of: last }]] }'],
  ])('refuses %s', (_, step) => {
    expect(validate(parse(`{ scenario: a, steps: [${step}] }`))).toBe(false)
  })

  it.each(verbNames)('shows a step with %s that the loader takes', async (verb) => {
    const steps = `- send: { device_id: drone-001, command_type: drone_close }\n${examples[verb]}`
    const devices = 'drone-001: { on: { drone_close: { hold: true, reply: { result: 0 } } } }'
    const text = `scenario: a\ndevices: { ${devices} }\nsteps:\n${steps}\n`

    expect(await problemsOf(text)).toEqual([])
    expect(validate(parse(text))).toBe(true)
  })

  it('has a description for each word of a list, or for none', () => {
    const uneven: unknown[] = []
    JSON.stringify(scenarioSchema(), (_key, value: { enum?: unknown[]; enumDescriptions?: unknown[] }) => {
      const { enum: words, enumDescriptions: told } = value ?? {}
      if (told !== undefined && told.length !== words?.length) uneven.push(words)
      return value
    })

    expect(uneven).toEqual([])
  })

  it('keeps the words of the loader to itself', () => {
    expect(scenarioSchemaText()).not.toMatch(/"x-/)
  })
})
