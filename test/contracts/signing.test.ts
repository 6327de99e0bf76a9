import type { Arbitrary } from 'fast-check'
import {
  array,
  assert,
  constant,
  constantFrom,
  property,
  record,
  shuffledSubarray,
  string,
  tuple,
} from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RequestToSign, SignedParts } from '../../contracts/index.ts'
import {
  canonicalQuery,
  canonicalString,
  defaultHeaders,
  defaultSigning,
  sha256Hex,
  signatureOf,
  signRequest,
} from '../../contracts/index.ts'

describe('canonicalString', () => {
  it('writes the eight lines of the default scheme', () => {
    const canonical = canonicalString(
      someParts({ method: 'post', query: 'b=2&a=1', body: '{}' }),
      defaultSigning,
    )

    expect(canonical.split('\n')).toEqual([
      'UTMOS-HMAC-SHA256',
      'POST',
      '/api/v1/open/downlink/commands',
      'a=1&b=2',
      'client-1',
      '1767225600',
      'nonce-1',
      '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
    ])
  })

  it('leaves an empty line where there is no query, and hashes the empty string where there is no body', () => {
    const lines = canonicalString(someParts({ query: '', body: '' }), defaultSigning).split('\n')

    expect(lines[3]).toBe('')
    expect(lines[7]).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })

  it('follows the lines that the configuration names', () => {
    const canonical = canonicalString(someParts(), { lines: ['v2:{nonce}:{api id}', '{path}'] })

    expect(canonical).toBe('v2:nonce-1:client-1\n/api/v1/open/downlink/commands')
  })

  it('refuses a line that names an unknown part', () => {
    const sign = (): string => canonicalString(someParts(), { lines: ['{body md5}'] })

    expect(sign).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message:
          'Cannot sign a request: a line of the canonical string names "{body md5}". ' +
          'Use only {METHOD} {path} {query} {api id} {timestamp} {nonce} {body sha256}.',
      }),
    )
  })

  it('does not fill a placeholder that a value brings along', () => {
    const canonical = canonicalString(someParts({ nonce: '{path}' }), { lines: ['{nonce}'] })

    expect(canonical).toBe('{path}')
  })

  it('differs whenever a part differs', () => {
    assert(
      property(anyParts, anyParts, (one, other) => {
        const same = canonicalString(one, defaultSigning) === canonicalString(other, defaultSigning)
        expect(same).toBe(isSameWhenSigned(one, other))
      }),
    )
  })
})

describe('canonicalQuery', () => {
  it.each([
    ['sorts by name, then value', 'b=1&a=2&a=1', 'a=1&a=2&b=1'],
    ['sorts what is encoded, byte by byte', 'é=1&z=1&Z=1', '%C3%A9=1&Z=1&z=1'],
    ['encodes as RFC 3986 says', "a=!'()*~ /", 'a=%21%27%28%29%2A~%20%2F'],
    ['reads a plus sign as a space', 'a=b+c', 'a=b%20c'],
    ['keeps an encoded plus sign', 'a=b%2Bc', 'a=b%2Bc'],
    ['writes hexadecimal digits in upper case', 'a=%c3%a9', 'a=%C3%A9'],
    ['gives a pair without equals sign an empty value', 'flag', 'flag='],
    ['keeps further equals signs in the value', 'a=b=c', 'a=b%3Dc'],
    ['skips empty pairs', '&a=1&&', 'a=1'],
    ['keeps a pair without a name', '=b', '=b'],
    ['writes hexadecimal letters of signs in upper case', 'a=*', 'a=%2A'],
    ['takes text that cannot be decoded for itself', 'a=%zz', 'a=%25zz'],
  ])('%s', (_title, query, canonical) => {
    const written = canonicalQuery(query)

    expect(written).toBe(canonical)
  })

  it('does not depend on the order of the pairs, nor on how they are encoded', () => {
    const pair = tuple(string({ unit: 'binary' }), string({ unit: 'binary' }))
    const twoOrders = array(pair, { maxLength: 6 }).chain((pairs) =>
      tuple(constant(pairs), shuffledSubarray(pairs, { minLength: pairs.length })),
    )
    assert(
      property(twoOrders, ([pairs, shuffled]) => {
        const encoded = pairs.map(
          ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
        )
        const asForm = new URLSearchParams(shuffled).toString()
        expect(canonicalQuery(asForm)).toBe(canonicalQuery(encoded.join('&')))
      }),
    )
  })

  it('changes nothing when it is applied again, whatever the text', () => {
    assert(
      property(string({ unit: 'binary' }), (query) => {
        const once = canonicalQuery(query)
        expect(canonicalQuery(once)).toBe(once)
      }),
    )
  })
})

describe('signRequest', () => {
  it('gives the four headers, with a signature of 64 lowercase hexadecimal digits', () => {
    const headers = signRequest(aRequest(), defaultSigning, defaultHeaders)

    expect(headers).toMatchObject({
      'X-Api-Id': 'client-1',
      'X-Api-Timestamp': '1767225600',
      'X-Api-Nonce': 'nonce-1',
    })
    expect(headers['X-Api-Signature']).toMatch(/^[0-9a-f]{64}$/)
  })

  it.each([
    ['with a query', '/a?x=1?y', '/a', 'x=1?y'],
    ['without a query', '/a', '/a', ''],
    ['with nothing but a query', '?x=1', '', 'x=1'],
  ])('splits a target %s at its first question mark', (_title, target, path, query) => {
    const headers = signRequest(aRequest({ target }), defaultSigning, defaultHeaders)

    const canonical = canonicalString(someParts({ path, query }), defaultSigning)
    expect(headers['X-Api-Signature']).toBe(signatureOf(canonical, 'key-1'))
  })

  it('signs text and its UTF-8 bytes alike', () => {
    const text = signRequest(aRequest({ body: '{"名":"错误"}' }), defaultSigning, defaultHeaders)
    const bytes = signRequest(
      aRequest({ body: Buffer.from('{"名":"错误"}') }),
      defaultSigning,
      defaultHeaders,
    )

    expect(text).toEqual(bytes)
  })

  it('is HMAC-SHA256 of the canonical string', () => {
    const signature = signatureOf('what do ya want for nothing?', 'Jefe')

    expect(signature).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
  })
})

function someParts(parts: Partial<SignedParts> = {}): SignedParts {
  return {
    method: 'POST',
    path: '/api/v1/open/downlink/commands',
    query: '',
    body: '{}',
    api_id: 'client-1',
    timestamp: '1767225600',
    nonce: 'nonce-1',
    ...parts,
  }
}

function aRequest(request: Partial<RequestToSign> = {}): RequestToSign {
  return {
    method: 'POST',
    target: '/api/v1/open/downlink/commands',
    body: '{}',
    api_id: 'client-1',
    api_key: 'key-1',
    timestamp: 1_767_225_600,
    nonce: 'nonce-1',
    ...request,
  }
}

// Headers and request lines hold no line breaks; with few letters, equal parts are likely.
const word = string({ unit: constantFrom('a', 'b', '%20', '+', '='), maxLength: 3 })
const anyParts: Arbitrary<SignedParts> = record({
  method: constantFrom('GET', 'POST'),
  path: word,
  query: word,
  body: word,
  api_id: word,
  timestamp: word,
  nonce: word,
})

function isSameWhenSigned(one: SignedParts, other: SignedParts): boolean {
  const names = ['method', 'path', 'api_id', 'timestamp', 'nonce'] as const
  return (
    names.every((name) => one[name] === other[name]) &&
    canonicalQuery(one.query) === canonicalQuery(other.query) &&
    sha256Hex(one.body) === sha256Hex(other.body)
  )
}
