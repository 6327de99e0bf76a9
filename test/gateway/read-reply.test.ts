import { describe, expect, it } from 'vitest'
import { readReply } from '../../src/gateway/read-reply.ts'

describe('readReply', () => {
  it('reads the names of the envelope and the result', () => {
    const reply = readReply(bytes({ tid: 't', bid: 'b', method: 'drone_close', data: { result: 0 } }))

    expect(reply).toEqual({
      kind: 'reply',
      tid: 't',
      bid: 'b',
      method: 'drone_close',
      data: { result: 0 },
      result: 0,
    })
  })

  it('reads a reply without names', () => {
    const reply = readReply(bytes({ tid: 5, data: { result: 1 } }))

    expect(reply).toMatchObject({ kind: 'reply', tid: undefined, bid: undefined, method: undefined })
  })

  it.each<[string, Uint8Array]>([
    ['text that is cut off', Buffer.from('{"tid":"t","data":{"result":')],
    ['an empty message', Buffer.from('')],
    ['bytes that are not UTF-8', Buffer.from([0xff, 0xfe, 0xfd])],
    ['a list', bytes([])],
    ['null', bytes(null)],
    ['a number', bytes(0)],
    ['no data', bytes({ tid: 't', result: 0 })],
    ['data that is null', bytes({ tid: 't', data: null })],
    ['data that is a list', bytes({ tid: 't', data: [{ result: 0 }] })],
    ['no result', bytes({ tid: 't', data: {} })],
    ['a result in a text', bytes({ tid: 't', data: { result: '0' } })],
    ['a result of null', bytes({ tid: 't', data: { result: null } })],
    ['a result of false', bytes({ tid: 't', data: { result: false } })],
    ['a fraction', bytes({ tid: 't', data: { result: 0.5 } })],
    ['a result beyond all numbers', Buffer.from('{"tid":"t","data":{"result":1e400}}')],
    ['a result inside output', bytes({ tid: 't', data: { output: { result: 0 } } })],
    ['nesting without end', Buffer.from(`{"data":{"result":0,"x":${'['.repeat(5000)}${']'.repeat(5000)}}}`)],
  ])('finds %s malformed', (_title, payload) => {
    expect(readReply(payload).kind).toBe('malformed')
  })
})

describe('what is malformed', () => {
  it.each<[string, unknown]>([
    ['no data', { tid: 't' }],
    ['no integer result', { data: { result: '0' } }],
    ['nested too deeply', { data: { result: 0, x: JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) } }],
  ])('is told: %s', (why, message) => {
    expect(readReply(bytes(message))).toEqual({ kind: 'malformed', why })
  })
})

function bytes(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value))
}
