import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMatchMemory, match } from '../../src/scenario/index.ts'
import { matcherNames } from '../../src/scenario/language-matchers.ts'

const reasons = (expected: unknown, actual: unknown): readonly string[] =>
  match(expected, actual, createMatchMemory()).map(({ path, reason }) => `${path}: ${reason}`)

describe('plain values', () => {
  it.each([
    ['more keys', { a: 1 }, { a: 1, b: 2 }],
    ['nested subsets', { a: { b: [{ c: 1 }] } }, { a: { b: [{ c: 1, d: 2 }], e: 3 } }],
    ['null', { a: null }, { a: null }],
    ['an empty object', {}, { a: 1 }],
    ['a key of the prototype that is there', { constructor: 1 }, { constructor: 1 }],
  ])('matches %s', (_, expected, actual) => {
    expect(reasons(expected, actual)).toEqual([])
  })

  it.each([
    ['types', { code: '0' }, { code: 0 }, ['code: the number 0, expected the string "0"']],
    ['a missing key', { a: { b: 1 } }, { a: {} }, ['a.b: nothing, expected the number 1']],
    ['null and missing', { a: null }, {}, ['a: nothing, expected null']],
    ['lengths of lists', [1], [1, 2], [': 2 items, expected 1']],
    ['items', { list: [1, 2] }, { list: [1, 3] }, ['list.1: the number 3, expected the number 2']],
    ['an object and a list', {}, [], [': the list [], expected the object {}']],
    [
      'all places at once',
      { a: 1, b: 2 },
      { a: 2, b: 3 },
      ['a: the number 2, expected the number 1', 'b: the number 3, expected the number 2'],
    ],
    [
      'what only the prototype has',
      { toString: { $any: true } },
      {},
      ['toString: nothing, expected any value'],
    ],
  ])('tells apart %s', (_, expected, actual, differences) => {
    expect(reasons(expected, actual)).toEqual(differences)
  })
})

/** One row each: matcher, values that it takes, values that it refuses. */
const table: readonly (readonly [object, readonly unknown[], readonly unknown[]])[] = [
  [{ $any: true }, [null, 0, '', {}], [undefined]],
  [{ $absent: true }, [undefined, null, '', {}], [0, false, [], ' ', { a: 1 }]],
  [{ $missing: true }, [undefined], [null, '', {}]],
  [{ $present: true }, [0, false, [], 'a'], [undefined, null, '', {}]],
  [{ $type: 'integer' }, [1, -0], [1.5, '1', null, undefined]],
  [{ $type: 'number' }, [1, 1.5], ['1']],
  [{ $type: 'object' }, [{}], [[], null]],
  [{ $type: 'array' }, [[]], [{}]],
  [{ $type: 'null' }, [null], [undefined, '']],
  [{ $format: 'uuid' }, ['0f8fad5b-d9cb-469f-a165-70867728950E'], ['0f8fad5bd9cb469fa16570867728950e', 1]],
  [
    { $format: 'date-time' },
    ['2024-02-29T23:59:60.5+02:00', '2024-01-01t00:00:00z'],
    ['2023-02-29T00:00:00Z', '2024-01-01T24:00:00Z', '2024-01-01 00:00:00Z', '2024-01-01T00:00:00'],
  ],
  [
    { $format: 'utc-date-time' },
    ['2024-01-01T00:00:00Z', '2024-01-01T00:00:00.123456+00:00'],
    ['2024-01-01T00:00:00+01:00'],
  ],
  [{ $format: 'hex64' }, ['a'.repeat(64)], ['A'.repeat(64), 'a'.repeat(63)]],
  [{ $regex: '^a+$' }, ['aa'], ['ba', 1, undefined]],
  [{ $oneOf: [1, { $type: 'string' }] }, [1, 'x'], [2, undefined]],
  [{ $not: 1 }, [2, undefined], [1]],
  [{ $gt: 1 }, [2], [1, '2', null]],
  [{ $gte: 1 }, [1], [0]],
  [{ $lt: 1 }, [0], [1]],
  [{ $lte: 1 }, [1], [2]],
  [{ $contains: 'b' }, ['abc', ['a', 'b']], ['ac', ['a'], { b: 1 }]],
  [{ $contains: { a: 1 } }, [[{ a: 1, b: 2 }]], [[{ a: 2 }], 'a']],
  [{ $length: 2 }, ['ab', [1, 2], { a: 1, b: 2 }], ['a', [], 2]],
  [{ $length: { $gte: 1 } }, ['a'], ['']],
  [{ $exactly: { a: { b: 1 } } }, [{ a: { b: 1 } }], [{ a: { b: 1, c: 2 } }, { a: { b: 1 }, d: 1 }]],
  [{ $holds: { a: 1 } }, [{ a: 1 }, { x: [{ a: 1, b: 2 }] }], [{ a: 2 }, []]],
  [{ $holds: 'deep' }, [{ x: { y: ['deep'] } }], [{ deep: 1 }]],
  [{ $literal: { $any: true } }, [{ $any: true }], [1, {}]],
]

describe('matchers', () => {
  it.each(table.flatMap(([matcher, takes]) => takes.map((value) => [matcher, value] as const)))(
    '%j takes %j',
    (matcher, value) => {
      expect(reasons({ key: matcher }, { key: value })).toEqual([])
    },
  )

  it.each(table.flatMap(([matcher, , refuses]) => refuses.map((value) => [matcher, value] as const)))(
    '%j refuses %j',
    (matcher, value) => {
      expect(reasons({ key: matcher }, { key: value })).toHaveLength(1)
    },
  )

  it('is tested matcher by matcher', () => {
    const tested = new Set([...table.flatMap(([matcher]) => Object.keys(matcher)), '$same', '$distinct'])

    expect([...tested].sort()).toEqual([...matcherNames].sort())
  })

  it.each([
    [{ $type: 'string' }, 'the number 5, expected a value of type string'],
    [{ $gte: 400 }, 'the number 5, expected a number at least 400'],
    [{ $oneOf: ['A', 'B'] }, 'the number 5, expected one of "A", "B"'],
    [{ $not: { $type: 'number' } }, 'the number 5, expected anything but {"$type":"number"}'],
    [{ $format: 'uuid' }, 'the number 5, expected a UUID (8-4-4-4-12 hexadecimal digits)'],
  ])('says in words what %j wants', (matcher, reason) => {
    expect(match(matcher, 5, createMatchMemory())[0]?.reason).toBe(reason)
  })

  it('names the place of a difference within', () => {
    const differences = reasons({ body: { $exactly: { a: [1] } } }, { body: { a: [2], b: 0 } })

    expect(differences).toEqual([
      'body.a.0: the number 2, expected the number 1',
      'body.b: the number 0, expected no such key',
    ])
  })
})

describe('memory', () => {
  it('takes one value for $same throughout a test, whatever the order of keys', () => {
    const memory = createMatchMemory()
    const id = { $same: 'id' }

    expect(match(id, { a: 1, b: 2 }, memory)).toEqual([])
    expect(match(id, { b: 2, a: 1 }, memory)).toEqual([])
    expect(match(id, { a: 1 }, memory)).toHaveLength(1)
  })

  it('takes a new value for $distinct each time', () => {
    const memory = createMatchMemory()

    const verdicts = ['a', 'b', 'a', 1, '1'].map((value) => match({ $distinct: 'tid' }, value, memory).length)

    expect(verdicts).toEqual([0, 0, 1, 0, 0])
  })

  it('remembers nothing of a match that differs', () => {
    const memory = createMatchMemory()
    match({ id: { $same: 'id' }, x: 1 }, { id: 'wrong', x: 2 }, memory)

    expect(match({ id: { $same: 'id' } }, { id: 'right' }, memory)).toEqual([])
  })

  it('keeps names apart', () => {
    const memory = createMatchMemory()

    expect(match({ a: { $same: 'x' }, b: { $same: 'y' } }, { a: 1, b: 2 }, memory)).toEqual([])
  })
})

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
