import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { RequestToSign } from '../../contracts/index.ts'
import {
  canonicalString,
  defaultHeaders,
  defaultSigning,
  explainSignature,
  sha256Hex,
  signatureOf,
  signRequest,
} from '../../contracts/index.ts'

const request: RequestToSign = {
  method: 'POST',
  target: '/api/v1/open/device-requests/a%20b/reply?b=2&a=x%20y',
  body: '{"reply_code": 0, "reply_message": "错误"}',
  api_id: 'client-1',
  api_key: 'key-1',
  timestamp: 1_767_225_600,
  nonce: 'AB-cd',
}

describe('explainSignature', () => {
  it('says that a right signature matches', () => {
    const explanation = explainSignature(signed(request), request, defaultSigning)

    expect(explanation).toEqual({ kind: 'matches', remarks: [] })
  })

  it.each<[string, string, number | string, RegExp]>([
    ['the method in lower case', lines({ 1: 'post' }), 2, /lower case/],
    ['another method', signed({ ...request, method: 'GET' }), 2, /GET/],
    ['a path that is not encoded', lines({ 2: '/api/v1/open/device-requests/a b/reply' }), 3, /decoded/],
    ['a path without the base path', lines({ 2: '/device-requests/a%20b/reply' }), 3, /base path/],
    ['a query that is not sorted', lines({ 3: 'b=2&a=x%20y' }), 4, /not sorted/],
    ['a query that is left out', lines({ 3: '' }), 4, /left the query out/],
    ['milliseconds', lines({ 5: '1767225600000' }), 6, /milliseconds/],
    ['a nonce in another case', lines({ 6: 'ab-cd' }), 7, /lower case/],
    ['the hash of an empty body', lines({ 7: sha256Hex('') }), 8, /empty body/],
    [
      'the hash of a compact body',
      lines({ 7: sha256Hex('{"reply_code":0,"reply_message":"错误"}') }),
      8,
      /white space/,
    ],
    ['the body itself', lines({ 7: String(request.body) }), 8, /not its hash/],
    ['a hash in upper case', lines({ 7: sha256Hex(request.body).toUpperCase() }), 8, /upper case/],
    ['a key with a line break', signed({ ...request, api_key: 'key-1\n' }), 'key', /line break/],
    [
      'a key that is hashed first',
      signatureOf(canonical(), createHash('sha256').update('key-1').digest()),
      'key',
      /hashed/,
    ],
    ['a signature in upper case', signed(request).toUpperCase(), 'digest', /upper case/],
    ['a signature in base64', Buffer.from(signed(request), 'hex').toString('base64'), 'digest', /base64/],
    [
      'lines without the scheme',
      signatureOf(canonical().split('\n').slice(1).join('\n'), 'key-1'),
      'lines',
      /first line/,
    ],
    ['a line break at the end', signatureOf(`${canonical()}\n`, 'key-1'), 'lines', /last line/],
    ['a hash without HMAC', sha256Hex(`key-1${canonical()}`), 'digest', /instead of using HMAC/],
  ])('recognises %s', (_title, given, place, did) => {
    const explanation = explainSignature(given, request, defaultSigning)

    expect(explanation).toMatchObject({
      kind: 'explained',
      mistakes: [{ place, did: expect.stringMatching(did) }],
    })
  })

  it('recognises two mistakes at once', () => {
    const given = lines({ 1: 'post', 7: sha256Hex('') })

    const explanation = explainSignature(given, request, defaultSigning)

    expect(explanation).toMatchObject({ kind: 'explained', mistakes: [{ place: 2 }, { place: 8 }] })
  })

  it('shows what should have been signed when nothing known explains the signature', () => {
    const given = signed({ ...request, api_key: 'another key' })

    const explanation = explainSignature(given, request, defaultSigning)

    expect(explanation).toMatchObject({
      kind: 'unexplained',
      expected: signed(request),
      canonical: canonical(),
    })
  })

  it('does not take two mistakes in one place for an explanation', () => {
    const given = signatureOf(`${canonical().replaceAll('\n', '\r\n')}\n`, 'key-1')

    expect(explainSignature(given, request, defaultSigning).kind).toBe('unexplained')
  })

  it.each<[string, Partial<RequestToSign>, readonly string[]]>([
    [
      'a timestamp in milliseconds',
      { timestamp: 1_767_225_600_000 },
      ['The timestamp is in milliseconds; the header carries seconds.'],
    ],
    ['a timestamp of 14 digits', { timestamp: '17672256000000' }, []],
    [
      'a timestamp that is a date',
      { timestamp: '2026-01-01' },
      ['The timestamp is not a whole number of seconds.'],
    ],
    [
      'a word before 13 digits',
      { timestamp: 't1767225600000' },
      ['The timestamp is not a whole number of seconds.'],
    ],
    [
      'a word after 13 digits',
      { timestamp: '1767225600000t' },
      ['The timestamp is not a whole number of seconds.'],
    ],
    ['no nonce', { nonce: '' }, ['The nonce is empty.']],
    ['a space before the key', { api_key: ' key-1' }, ['The key has white space at its ends.']],
    ['a line break after the key', { api_key: 'key-1\n' }, ['The key has white space at its ends.']],
  ])('remarks on %s that is signed as it is', (_title, change, remarks) => {
    const odd = { ...request, ...change }

    expect(explainSignature(signed(odd), odd, defaultSigning)).toEqual({ kind: 'matches', remarks })
  })

  it.each([
    ['an upper-case one', (right: string) => right.toUpperCase()],
    ['a short one', (right: string) => right.slice(1)],
    ['one with a digit more', (right: string) => `${right}0`],
    ['one with a digit before it', (right: string) => `0${right}`],
  ])('remarks on %s that it is no signature', (_title, change) => {
    const { remarks } = explainSignature(change(signed(request)), request, defaultSigning)

    expect(remarks).toEqual(['The signature is not 64 lowercase hexadecimal digits.'])
  })

  it('counts the lines of the configured scheme', () => {
    const spec = { ...defaultSigning, lines: ['v2:{nonce}:{api id}', '{METHOD}'] }
    const given = signatureOf('v2:AB-cd:client-1\npost', 'key-1')

    expect(explainSignature(given, request, spec)).toMatchObject({ mistakes: [{ place: 2 }] })
  })
})

function signed(what: RequestToSign): string {
  return signRequest(what, defaultSigning, defaultHeaders)['X-Api-Signature'] ?? ''
}

function canonical(): string {
  const [path = '', query = ''] = request.target.split('?')
  return canonicalString({ ...request, timestamp: String(request.timestamp), path, query }, defaultSigning)
}

/** The signature of the canonical string with some of its lines, counted from 0, replaced. */
function lines(replaced: Readonly<Record<number, string>>): string {
  const changed = canonical()
    .split('\n')
    .map((line, index) => replaced[index] ?? line)
  return signatureOf(changed.join('\n'), 'key-1')
}
