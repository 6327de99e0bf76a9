import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explain, formatProblem, loadScenarioText, planTests } from '../../src/scenario/index.ts'

const fifteen = readFileSync(join(import.meta.dirname, '../fixtures/fifteen-scenarios.yaml'), 'utf8').split(
  /^---$/m,
)

/** Bits of the language, and of YAML, that are likely to hit something. */
const fragments = [
  '*a',
  '&a ',
  '!!x ',
  '${',
  '}',
  '${example.x}',
  '$any',
  '{',
  '[',
  ']',
  ': ',
  '- ',
  '\n',
  '\t',
  '"',
  'null',
  '1e999',
  '__proto__',
  '<<: ',
  '|',
  '? ',
  '\u0000',
  '\uD800',
]

const mutated = fc
  .record({
    text: fc.constantFrom(...fifteen),
    cuts: fc.array(
      fc.record({
        at: fc.nat(1200),
        length: fc.nat(30),
        insert: fc.oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 8 })),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ text, cuts }) =>
    cuts.reduce((now, { at, length, insert }) => now.slice(0, at) + insert + now.slice(at + length), text),
  )

describe('loading rubbish', () => {
  it('answers any text with problems, and never throws', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ maxLength: 300, unit: 'binary' }), survives), {
      numRuns: 300,
      seed: 1,
    })
  })

  it('answers any value as YAML with problems, and never throws', async () => {
    const value = fc
      .jsonValue({ maxDepth: 4 })
      .map((json) =>
        JSON.stringify({ scenario: 'a', devices: json, steps: [json, { send: json, expect: json }] }),
      )

    await fc.assert(fc.asyncProperty(value, survives), { numRuns: 300, seed: 1 })
  })

  it('survives every mutation of a right file, and plans what it accepts', async () => {
    await fc.assert(fc.asyncProperty(mutated, survives), { numRuns: 1500, seed: 1 })
  })
})

async function survives(text: string): Promise<void> {
  const { scenarios, problems } = await loadScenarioText('fuzzed.yaml', text)

  const printed = problems.map((problem) => formatProblem(problem, text, { color: false }))
  const planned = planTests(scenarios).map(explain)
  expect(scenarios.length + problems.length).toBeGreaterThan(0)
  expect(printed.every((output) => output.length > 0)).toBe(true)
  expect(planned.length).toBeGreaterThanOrEqual(scenarios.length)
}
