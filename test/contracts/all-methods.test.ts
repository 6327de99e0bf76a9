import { describe, expect, it } from 'vitest'
import type { JsonSchema } from '../../contracts/index.ts'
import { checkPayload, methods, offeredMethods } from '../../contracts/index.ts'
import { referenceTarget } from '../../src/compose.ts'
import { fullPayload, wrongPayloads } from '../../src/method-payloads.ts'
import { methodScenario } from '../../src/method-scenarios.ts'
import { planTests, run } from '../../src/scenario/index.ts'
import { scenariosOf } from '../support/scenario-text.ts'

const nobody = { on: () => undefined, close: () => Promise.resolve() }

describe('the catalogue of methods', () => {
  it('holds the 83 that are offered and 21 that are not', () => {
    expect(offeredMethods()).toHaveLength(83)
    expect(methods().filter(({ offered }) => !offered)).toHaveLength(21)
  })

  it.each(methods())('carries $name in its right forms and refuses each wrong one', async (method) => {
    const tests = planTests(await scenariosOf(methodScenario(method)))

    const { outcomes, seen } = await run(tests, referenceTarget(), {
      version: '0',
      seed: 1,
      level: 'may',
      workers: 1,
      reporter: nobody,
      wallMs: () => 0,
    })

    expect([...outcomes.values()]).toEqual([{ kind: 'passed' }])
    expect(seen.methods).toContain(method.offered ? method.name : 'drone_close')
    expect(seen.methods.size).toBe(1)
  })
})

describe('wrong payloads', () => {
  it.each(offeredMethods())('break each constraint of $name once, and nothing else', (method) => {
    const wrong = wrongPayloads(method)

    expect(checkPayload(method, method.example)).toEqual([])
    expect(checkPayload(method, fullPayload(method))).toEqual([])
    expect(wrong).toHaveLength(countConstraints(method.payload))
    expect(new Set(wrong.map(({ constraint }) => constraint)).size).toBe(wrong.length)
    for (const { pointer, payload } of wrong) {
      expect(new Set(checkPayload(method, payload).map((problem) => problem.pointer))).toEqual(
        new Set([pointer]),
      )
    }
  })

  it('reach every kind of constraint that the catalogue knows', () => {
    const words = offeredMethods().flatMap((method) =>
      wrongPayloads(method).map(({ constraint }) => constraint.split(' ')[0]),
    )

    expect(new Set(words)).toEqual(
      new Set([
        'additionalProperties',
        'enum',
        'maxItems',
        'maxLength',
        'maximum',
        'minItems',
        'minimum',
        'required',
        'type',
      ]),
    )
    expect(words.length).toBeGreaterThan(600)
  })

  it('cannot overlook a constraint that is new', () => {
    expect(() => wrongPayloads({ payload: { type: 'string', pattern: '^a$' } })).toThrow(/pattern/)
  })
})

/** Counted by the text of the schema, so that what makes wrong payloads does not count itself. */
function countConstraints(schema: JsonSchema): number {
  let count = 0
  const named = new Set<object>()
  JSON.stringify(schema, (key: string, value: unknown): unknown => {
    if (typeof value === 'object' && value !== null && key === 'properties') {
      for (const field of Object.values(value)) named.add(field as object)
    }
    return value
  })
  const schemas = [schema, ...named, ...itemsIn([schema, ...named] as readonly JsonSchema[])]
  for (const each of schemas as readonly JsonSchema[]) {
    for (const [word, limit] of Object.entries(each)) {
      if (word === 'required') count += (limit as readonly string[]).length
      else if (word === 'additionalProperties') count += limit === false ? 1 : 0
      else if (/^(type|enum|pattern|const|format|m(in|ax)[A-Z]?\w*)$/.test(word)) count += 1
    }
  }
  return count
}

function itemsIn(schemas: readonly JsonSchema[]): readonly JsonSchema[] {
  return schemas.flatMap(({ items }): readonly JsonSchema[] => {
    if (typeof items !== 'object' || items === null) return []
    const schema = items as JsonSchema
    return [schema, ...itemsIn([schema])]
  })
}
