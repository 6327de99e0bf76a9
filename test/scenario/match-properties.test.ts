import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMatchMemory, match } from '../../src/scenario/index.ts'
import { matcherNames } from '../../src/scenario/language-matchers.ts'

describe('any two values', () => {
  it('a value matches itself', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(match({ $literal: value }, value, createMatchMemory())).toEqual([])
      }),
      { seed: 1 },
    )
  })

  it('an object matches with further keys, and not exactly', () => {
    const object = fc.dictionary(fc.stringMatching(/^[a-z]+$/), fc.integer())
    fc.assert(
      fc.property(object, (value) => {
        const more = { ...value, FURTHER: 1 }
        expect(match(value, more, createMatchMemory())).toEqual([])
        expect(match({ $exactly: value }, more, createMatchMemory())).toHaveLength(1)
      }),
      { seed: 1 },
    )
  })

  it('$not is the opposite', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2 }), fc.jsonValue({ maxDepth: 2 }), (expected, actual) => {
        const isLike = match(expected, actual, createMatchMemory()).length === 0
        expect(match({ $not: expected }, actual, createMatchMemory()).length === 0).toBe(!isLike)
      }),
      { seed: 1 },
    )
  })

  it('never throws, whatever is expected of whatever', () => {
    const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true })
    const matcher = fc
      .tuple(fc.constantFrom(...matcherNames), anything)
      .map(([name, argument]) => ({ [name]: argument }))
    fc.assert(
      fc.property(fc.oneof(matcher, anything), anything, (expected, actual) => {
        expect(Array.isArray(match(expected, actual, createMatchMemory()))).toBe(true)
      }),
      { numRuns: 2000, seed: 1 },
    )
  })

  it('survives an answer that is nested deeper than the stack', () => {
    let deep: unknown = 'core'
    for (let level = 0; level < 200_000; level += 1) deep = [deep]

    expect(match({ $holds: 'core' }, deep, createMatchMemory())).toEqual([])
    expect(match({ $same: 'x' }, deep, createMatchMemory())).toEqual([])
    expect(match({ a: 1 }, deep, createMatchMemory())).toHaveLength(1)
  })
})
