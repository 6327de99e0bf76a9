import { assert, dictionary, integer, jsonValue, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../contracts/index.ts'
import { mapReply } from '../../src/gateway/map-reply.ts'

describe('the response code', () => {
  it.each<[string, JsonObject, string]>([
    ['is the code', { result: 1, code: 'E1' }, 'E1'],
    ['is the result without a code', { result: 314000 }, '314000'],
    ['is a string for a result of 0', { result: 0 }, '0'],
    ['is a string for a negative result', { result: -1 }, '-1'],
    ['takes the number 0 as present', { result: 7, code: 0 }, '0'],
    ['takes the text 0 as present', { result: 7, code: '0' }, '0'],
    ['takes an empty text as present', { result: 7, code: '' }, ''],
    ['keeps leading zeros', { result: 7, code: '007' }, '007'],
    ['writes a numeric code in digits', { result: 7, code: 314000 }, '314000'],
    ['keeps fractions', { result: 7, code: 1.5 }, '1.5'],
    ['takes null as absent', { result: 7, code: null }, '7'],
    ['takes a boolean as absent', { result: 7, code: false }, '7'],
    ['takes an object as absent', { result: 7, code: { value: 'E1' } }, '7'],
    ['takes a list as absent', { result: 7, code: ['E1'] }, '7'],
    ['does not look into output', { result: 7, output: { code: 'E1' } }, '7'],
  ])('%s', (_title, data, code) => {
    expect(mapReply(data, data['result'] as number).response_code).toBe(code)
  })
})

describe('the response message', () => {
  it.each<[string, JsonObject, string | undefined]>([
    ['is message', { message: 'A' }, 'A'],
    ['is msg', { msg: 'B' }, 'B'],
    ['is description', { description: 'C' }, 'C'],
    ['prefers message', { description: 'C', msg: 'B', message: 'A' }, 'A'],
    ['prefers msg to description', { description: 'C', msg: 'B' }, 'B'],
    ['takes an empty text as given', { message: '', msg: 'B' }, ''],
    ['takes null as not given', { message: null, msg: 'B' }, 'B'],
    ['takes what is no text as not given', { message: 5, msg: {}, description: 'C' }, 'C'],
    ['is unknown when none is given', {}, undefined],
    ['does not look into output', { output: { message: 'A' } }, undefined],
  ])('%s', (_title, data, message) => {
    expect(mapReply({ result: 1, ...data }, 1).response_message).toBe(message)
  })
})

describe('the outcome', () => {
  it.each([1, -1, 256, 65_536, 4_294_967_296, 314_000, Number.MAX_SAFE_INTEGER])(
    'is failed for %d',
    (result) => {
      expect(mapReply({ result, code: '0' }, result).outcome).toBe('failed')
    },
  )

  it.each([
    { code: '314000' },
    { code: 314000 },
    { output: { status: 'failed' } },
    { output: { status: 'in_progress' } },
  ])('is succeeded for a result of 0 beside %j', (extra) => {
    expect(mapReply({ result: 0, ...extra }, 0).outcome).toBe('succeeded')
  })
})

describe('mapReply', () => {
  it('keeps the data whole, whatever is in it', () => {
    assert(
      property(dictionary(string(), jsonValue()), integer(), (extra, result) => {
        const data = { ...(extra as JsonObject), result }

        const mapped = mapReply(data, result)

        expect(mapped.vendor_response).toEqual(data)
        expect(typeof mapped.response_code).toBe('string')
        expect(mapped.outcome).toBe(result === 0 ? 'succeeded' : 'failed')
      }),
    )
  })
})
