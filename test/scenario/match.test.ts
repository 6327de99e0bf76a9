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
  [{ $type: 'number' }, [1, 1.5], ['1', undefined]],
  [{ $type: 'string' }, ['', 'a'], [1, null, []]],
  [{ $type: 'boolean' }, [true, false], ['true', 0]],
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
  [
    { $format: 'date-time' },
    ['2024-12-31T23:59:59+23:59', '2024-04-30T00:00:00-23:59'],
    [
      '2024-13-01T00:00:00Z',
      '2024-00-01T00:00:00Z',
      '2024-01-00T00:00:00Z',
      '2024-04-31T00:00:00Z',
      '2024-01-01T00:60:00Z',
      '2024-01-01T00:00:61Z',
      '2024-01-01T00:00:00+24:00',
      '2024-01-01T00:00:00+00:60',
      '2024-01-01T00:00:00.Z',
      'x2024-01-01T00:00:00Z',
      '2024-01-01T00:00:00Zx',
      '2024-01-01T00:00:00z+',
      5,
    ],
  ],
  [
    { $format: 'utc-date-time' },
    ['2024-01-01T00:00:00-00:00', '2024-01-01t00:00:00z'],
    ['', '2024-01-01T00:00:00-01:00'],
  ],
  [
    { $format: 'uuid' },
    ['0f8fad5b-d9cb-469f-a165-70867728950e'],
    ['x0f8fad5b-d9cb-469f-a165-70867728950e', '0f8fad5b-d9cb-469f-a165-70867728950ex'],
  ],
  [{ $format: 'hex64' }, ['0'.repeat(64)], ['a'.repeat(65), `x${'a'.repeat(64)}`, `${'a'.repeat(64)}x`]],
  [{ $regex: '^a+$' }, ['aa'], ['ba', 1, undefined]],
  [{ $regex: '^\\p{L}$' }, ['é'], ['5', 'p{L}']],
  [{ $regex: '5' }, ['5'], [5]],
  [{ $oneOf: [1, { $type: 'string' }] }, [1, 'x'], [2, undefined]],
  [{ $not: 1 }, [2, undefined], [1]],
  [{ $gt: 1 }, [2], [1, '2', null]],
  [{ $gt: '1' }, [], [2, '2']],
  [{ $gte: 1 }, [1], [0]],
  [{ $lt: 1 }, [0], [1]],
  [{ $lte: 1 }, [1], [2]],
  [{ $contains: 'b' }, ['abc', ['a', 'b']], ['ac', ['a'], { b: 1 }]],
  [{ $contains: { a: 1 } }, [[{ a: 1, b: 2 }]], [[{ a: 2 }], 'a']],
  [{ $length: 2 }, ['ab', [1, 2], { a: 1, b: 2 }], ['a', [], 2, null]],
  [{ $length: { $gte: 1 } }, ['a'], ['']],
  [{ $exactly: { a: { $any: true } } }, [{ a: 1 }], [{ a: 1, b: 2 }]],
  [{ $literal: { a: 1 } }, [{ a: 1, b: 2 }], [{ a: 2 }]],
  [{ $format: 'uuid' }, [], [['0f8fad5b-d9cb-469f-a165-70867728950e']]],
  [{ $regex: '(' }, [], ['a(']],
  [{ $exactly: { a: { b: 1 } } }, [{ a: { b: 1 } }], [{ a: { b: 1, c: 2 } }, { a: { b: 1 }, d: 1 }]],
  [{ $holds: { a: 1 } }, [{ a: 1 }, { x: [{ a: 1, b: 2 }] }], [{ a: 2 }, []]],
  [{ $holds: 'deep' }, [{ x: { y: ['deep'] } }, [null, 'deep'], 'deep'], [{ deep: 1 }, null, undefined]],
  [{ $literal: { $any: true } }, [{ $any: true }], [1, {}]],
  [{ $literal: { a: { $type: 'string' } } }, [{ a: { $type: 'string' } }], [{ a: 'text' }]],
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

  it.each<[object, string]>([
    [{ $absent: true }, 'nothing, null, "" or {}'],
    [{ $missing: true }, 'no such key'],
    [{ $type: 'string' }, 'a value of type string'],
    [{ $format: 'uuid' }, 'a UUID (8-4-4-4-12 hexadecimal digits)'],
    [{ $format: 'date-time' }, 'an RFC 3339 date-time'],
    [{ $format: 'utc-date-time' }, 'an RFC 3339 date-time in UTC'],
    [{ $format: 'hex64' }, '64 lower-case hexadecimal digits'],
    [{ $format: 'roman' }, 'a format that is known, not roman'],
    [{ $regex: '^a+$' }, 'a text with /^a+$/ in it'],
    [{ $regex: '(' }, 'a text with /(/ in it'],
    [{ $oneOf: ['A', 'B'] }, 'one of "A", "B"'],
    [{ $oneOf: 5 }, 'one of '],
    [{ $not: 5 }, 'anything but the number 5'],
    [{ $not: { $type: 'number' } }, 'anything but {"$type":"number"}'],
    [{ $gt: 5 }, 'a number more than 5'],
    [{ $gte: 400 }, 'a number at least 400'],
    [{ $lt: 5 }, 'a number less than 5'],
    [{ $lte: 4 }, 'a number at most 4'],
    [{ $contains: 'b' }, 'a text or list with the string "b" in it'],
    [{ $length: 2 }, 'a text, list or object with a length'],
    [{ $holds: { a: 1 } }, 'a value that holds the object {"a":1} at some depth'],
  ])('says in words what %j wants', (matcher, expected) => {
    expect(reasons(matcher, 5)).toEqual([`: the number 5, expected ${expected}`])
  })

  it.each<[object, unknown, string]>([
    [{ $present: true }, null, 'null, expected something other than null, "" or {}'],
    [{ $contains: 'b' }, 'ac', 'the string "ac", expected a text with the string "b" in it'],
    [{ $contains: 5 }, '5', 'the string "5", expected a text with the number 5 in it'],
    [{ $same: 'id' }, undefined, 'nothing, expected the value named id'],
    [{ $distinct: 'id' }, undefined, 'nothing, expected a new value (id)'],
    [{ $gt: '1' }, 2, 'the number 2, expected a number more than 1'],
  ])('says in words what %j wants of %j', (matcher, actual, reason) => {
    expect(match(matcher, actual, createMatchMemory())[0]?.reason).toBe(reason)
  })

  it('names the length that differs', () => {
    expect(reasons({ $length: 2 }, [])).toEqual(['length: the number 0, expected the number 2'])
    expect(reasons({ a: { $length: 2 } }, { a: '' })).toEqual([
      'a.length: the number 0, expected the number 2',
    ])
  })

  it.each([
    ['two keys', { $any: true, $type: 'string' }],
    ['a key that is no matcher', { $some: 1 }],
  ])('takes an object with %s for a plain value', (_, value) => {
    expect(reasons(value, value)).toEqual([])
    expect(reasons(value, 'text')).toHaveLength(1)
  })

  it('finds what is held behind a key that holds nothing', () => {
    expect(reasons({ $holds: 1 }, { a: 1, b: undefined })).toEqual([])
  })

  it('names the place of a difference within', () => {
    const differences = reasons({ body: { $exactly: { a: [1] } } }, { body: { a: [2], b: 0 } })

    expect(differences).toEqual([
      'body.a.0: the number 2, expected the number 1',
      'body.b: the number 0, expected no such key',
    ])
  })
})
