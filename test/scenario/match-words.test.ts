import { describe, expect, it } from 'vitest'
import { createMatchMemory, match } from '../../src/scenario/index.ts'

const reasons = (expected: unknown, actual: unknown): readonly string[] =>
  match(expected, actual, createMatchMemory()).map(({ path, reason }) => `${path}: ${reason}`)

describe('a value in words', () => {
  it.each<[unknown, string]>([
    [undefined, 'nothing'],
    [null, 'null'],
    ['a "b"', 'the string "a \\"b\\""'],
    [-0, 'the number -0'],
    [0.5, 'the number 0.5'],
    [true, 'true'],
    [[1, 'a', null, { b: [] }], 'the list [1,"a",null,{"b":[]}]'],
    [{ a: 1, b: { c: 'd' } }, 'the object {"a":1,"b":{"c":"d"}}'],
    [() => 1, 'a function'],
    [5n, 'a bigint'],
    [{ a: undefined, b: 5n, c: () => 1 }, 'the object {"a":null,"b":bigint,"c":function}'],
    [[[[[[[[[[1]]]]]]]]], 'the list [[[[[[[[…]]]]]]]]'],
    [
      { a: { a: { a: { a: { a: { a: { a: { a: { a: 1 } } } } } } } } },
      'the object {"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":…}}}}}}}}',
    ],
    ['x'.repeat(118), `the string "${'x'.repeat(118)}"`],
    ['x'.repeat(119), `the string "${'x'.repeat(119)}…`],
    [Array.from({ length: 500 }, () => 1), `the list [${'1,'.repeat(59)}1…`],
    [{ a: 'x'.repeat(121), b: 1 }, `the object {"a":"${'x'.repeat(114)}…`],
  ])('is written as due, case %#', (value, words) => {
    const [difference] = match('another', value, createMatchMemory())

    expect(difference?.reason).toBe(`${words}, expected the string "another"`)
  })

  it('reads no more of a long list than it shows', () => {
    const list = Array.from({ length: 500 }, (_, index) => ({ index }))
    let read = 0
    const watched = list.map((item) => ({
      get index() {
        read += 1
        return item.index
      },
    }))

    match('another', watched, createMatchMemory())

    expect(read).toBeLessThan(20)
  })
})

describe('numbers and gaps', () => {
  it.each([
    [0, -0],
    [-0, 0],
    [Number.NaN, Number.NaN],
  ])('takes %d for %d', (expected, actual) => {
    expect(match(expected, actual, createMatchMemory())).toEqual([])
  })

  it('finds a gap in a list absent', () => {
    expect(reasons([{ $absent: true }], [undefined])).toEqual([])
    expect(reasons(['a'], [undefined])).toEqual(['0: nothing, expected the string "a"'])
  })
})

describe('a difference', () => {
  it('shows what is missing as undefined, on either side', () => {
    const found = match({ a: 1, b: { $exactly: {} } }, { b: { c: 2 } }, createMatchMemory())

    expect(found).toEqual([
      { path: 'a', expected: 1, actual: undefined, reason: 'nothing, expected the number 1' },
      { path: 'b.c', expected: undefined, actual: 2, reason: 'the number 2, expected no such key' },
    ])
  })

  it('counts a single item in the singular', () => {
    expect(reasons([], [1])).toEqual([': 1 item, expected 0'])
    expect(reasons([1, 2, 3], [1, 2])).toEqual([': 2 items, expected 3'])
    expect(reasons([1], 'text')).toEqual([': the string "text", expected the list [1]'])
  })
})
