import { describe, expect, it } from 'vitest'
import { createMatchMemory, match } from '../../src/scenario/index.ts'

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

  it('says what the value was before', () => {
    const memory = createMatchMemory()
    match({ a: { $same: 'id' }, b: { $distinct: 'tid' } }, { a: 1, b: 2 }, memory)

    const reasonOf = (expected: unknown, actual: unknown): string | undefined =>
      match(expected, actual, memory)[0]?.reason

    expect(reasonOf({ $same: 'id' }, 2)).toBe('the number 2, expected the same as before (id): the number 1')
    expect(reasonOf({ $distinct: 'tid' }, 2)).toBe(
      'the number 2, expected a value that was not there before (tid)',
    )
  })

  it.each<[string, unknown, unknown]>([
    ['$not', { $not: { a: { $same: 'id' }, b: 1 } }, { a: 'wrong', b: 2 }],
    ['$oneOf', { $oneOf: [{ a: { $same: 'id' }, b: 1 }, { b: 2 }] }, { a: 'wrong', b: 2 }],
    [
      '$contains',
      { $contains: { a: { $same: 'id' }, b: 1 } },
      [
        { a: 'wrong', b: 2 },
        { a: 'right', b: 1 },
      ],
    ],
    [
      '$holds',
      { $holds: { a: { $same: 'id' }, b: 1 } },
      { x: { a: 'wrong', b: 2 }, y: { a: 'right', b: 1 } },
    ],
  ])('remembers nothing of what %s has passed over', (_, expected, actual) => {
    const memory = createMatchMemory()

    expect(match(expected, actual, memory)).toEqual([])
    expect(match({ $same: 'id' }, 'right', memory)).toEqual([])
  })

  it.each<[string, unknown, unknown]>([
    ['$oneOf', { $oneOf: [{ a: { $same: 'id' } }] }, { a: 1 }],
    ['$contains', { $contains: { a: { $same: 'id' } } }, [{ a: 1 }]],
    ['a list', [{ $same: 'id' }], [1]],
    ['an object', { a: { b: { $same: 'id' } } }, { a: { b: 1 } }],
  ])('remembers what %s has taken', (_, expected, actual) => {
    const memory = createMatchMemory()
    match(expected, actual, memory)

    expect(match({ $same: 'id' }, 2, memory)).toHaveLength(1)
  })

  it('remembers no new value of a match that differs', () => {
    const memory = createMatchMemory()
    match({ $distinct: 'tid' }, 'a', memory)
    match({ id: { $distinct: 'tid' }, x: 1 }, { id: 'b', x: 2 }, memory)

    expect(match({ $distinct: 'tid' }, 'b', memory)).toEqual([])
    expect(match({ $distinct: 'tid' }, 'a', memory)).toHaveLength(1)
  })

  it('tells apart lists in another order, and texts from what they look like', () => {
    const memory = createMatchMemory()
    match({ a: { $same: 'list' }, b: { $same: 'text' } }, { a: [1, 2], b: '[1,2]' }, memory)

    expect(match({ $same: 'list' }, [2, 1], memory)).toHaveLength(1)
    expect(match({ $same: 'text' }, [1, 2], memory)).toHaveLength(1)
  })

  it('takes objects with null for new ones when they differ elsewhere', () => {
    const memory = createMatchMemory()
    match({ $distinct: 'x' }, { a: null, b: 1 }, memory)

    expect(match({ $distinct: 'x' }, { a: null, b: 2 }, memory)).toEqual([])
    expect(match({ $distinct: 'x' }, { b: 1, a: null }, memory)).toHaveLength(1)
  })

  it('remembers within $exactly', () => {
    const memory = createMatchMemory()
    match({ $exactly: { a: { $same: 'id' } } }, { a: 1 }, memory)

    expect(match({ $same: 'id' }, 2, memory)).toHaveLength(1)
  })

  it('keeps names apart', () => {
    const memory = createMatchMemory()

    expect(match({ a: { $same: 'x' }, b: { $same: 'y' } }, { a: 1, b: 2 }, memory)).toEqual([])
  })
})
