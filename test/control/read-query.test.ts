import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { readQuery } from '../../src/control/read-query.ts'

const schema = Type.Object({
  word: Type.Optional(Type.String()),
  flag: Type.Optional(Type.Boolean()),
  number: Type.Optional(Type.Integer({ maximum: 99, default: 5 })),
  list: Type.Optional(Type.Array(Type.Enum(['red', 'green']))),
})

describe('readQuery', () => {
  it('reads words, numbers, truth and lists', () => {
    const query = { word: 'a', flag: 'false', number: '7', list: ['red,green', 'red'] }

    expect(readQuery(schema, query)).toEqual({
      word: 'a',
      flag: false,
      number: 7,
      list: ['red', 'green', 'red'],
    })
  })

  it('gives the default of what is missing', () => {
    expect(readQuery(schema, {})).toEqual({ number: 5 })
  })

  it.each([
    [{ wrod: 'a' }, "unknown parameter 'wrod', did you mean 'word'? Choose of word, flag, number, list."],
    [{ word: ['a', 'b'] }, 'it stands there twice. Give it once.'],
    [{ flag: 'yes' }, 'it is neither. Write true or false.'],
    [{ number: '100' }, 'it is no whole number. Write one from 0 to 99.'],
    [{ number: '-1' }, 'it is no whole number. Write one from 0 to 99.'],
    [{ list: 'red,gren' }, "there is none, did you mean 'green'? Choose of red, green."],
  ])('refuses %j', (query, message) => {
    expect(() => readQuery(schema, query)).toThrow(message)
  })
})
