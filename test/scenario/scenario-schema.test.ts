import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { globSync } from 'tinyglobby'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { packageRoot } from '../../contracts/index.ts'
import { scenarioSchema, verbNames } from '../../src/scenario/index.ts'
import { matcherNames } from '../../src/scenario/language-matchers.ts'
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
      ...verbNames.map((verb) => definitions['step']?.properties[verb]),
      ...matcherNames.map((name) => definitions['expected']?.properties[name]),
    ].filter((schema) => schema?.description === undefined)

    expect(bare).toEqual([])
  })

  it('keeps the words of the loader to itself', () => {
    expect(scenarioSchemaText()).not.toMatch(/"x-/)
  })
})
