import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { RequestToSign, SigningMistake } from '../../contracts/index.ts'
import { defaultHeaders, defaultSigning, explainSignature, signRequest } from '../../contracts/index.ts'

const request: RequestToSign = {
  method: 'POST',
  target: '/api/v1/open/device-requests/a%20b/reply/?b=2&a=x%20y',
  body: ' {"reply_code": 0, "list": [1, {"a": "é错"}]}\n',
  api_id: 'Client-1',
  api_key: ' a1B2 ',
  timestamp: 1_767_225_600,
  nonce: 'AB-cd',
}

/** The lines as a signer of the request has to write them. */
const right: readonly string[] = [
  'UTMOS-HMAC-SHA256',
  'POST',
  '/api/v1/open/device-requests/a%20b/reply/',
  'a=x%20y&b=2',
  'Client-1',
  '1767225600',
  'AB-cd',
  sha256(String(request.body)),
]

type Line = readonly [did: string, line: number, text: string]

const lines: readonly Line[] = [
  ['signed the method in lower case', 2, 'post'],
  ['signed the method GET', 2, 'GET'],
  ['signed the method PUT', 2, 'PUT'],
  ['signed the method PATCH', 2, 'PATCH'],
  ['signed the method DELETE', 2, 'DELETE'],
  ['signed the path decoded, not as it is sent', 3, '/api/v1/open/device-requests/a b/reply/'],
  ['encoded the path once more', 3, '/api/v1/open/device-requests/a%2520b/reply/'],
  ['signed the path with its query', 3, request.target],
  ['signed the path with a slash at its end', 3, '/api/v1/open/device-requests/a%20b/reply//'],
  ['signed the path without the slash at its end', 3, '/api/v1/open/device-requests/a%20b/reply'],
  ['signed the path without the slash at its start', 3, 'api/v1/open/device-requests/a%20b/reply/'],
  ['signed the path without the base path', 3, '/device-requests/a%20b/reply/'],
  ['signed the query as it is sent, not sorted and encoded', 4, 'b=2&a=x%20y'],
  ['signed the query with its question mark', 4, '?a=x%20y&b=2'],
  ['signed the query decoded', 4, 'a=x y&b=2'],
  ['signed the query with a plus sign for a space', 4, 'a=x+y&b=2'],
  ['left the query out', 4, ''],
  ['signed the API ID with white space around it', 5, 'Client-1\n'],
  ['signed the API ID in lower case', 5, 'client-1'],
  ['signed milliseconds, not seconds', 6, '1767225600000'],
  ['signed seconds, but sent milliseconds', 6, '1767225'],
  ['signed another second than the one sent', 6, '1767225598'],
  ['signed another second than the one sent', 6, '1767225599'],
  ['signed another second than the one sent', 6, '1767225601'],
  ['signed another second than the one sent', 6, '1767225602'],
  ['signed the nonce in upper case', 7, 'AB-CD'],
  ['signed the nonce in lower case', 7, 'ab-cd'],
  ['signed the nonce without its hyphens', 7, 'ABcd'],
  ['signed an empty nonce', 7, ''],
  ['signed the hash of an empty body', 8, sha256('')],
  ['signed an empty line for the body', 8, ''],
  ['signed the body itself, not its hash', 8, String(request.body)],
  ['wrote the hash of the body in upper case', 8, sha256(String(request.body)).toUpperCase()],
  [
    'wrote the hash of the body in base64',
    8,
    createHash('sha256').update(String(request.body)).digest('base64'),
  ],
  ['signed the body with a line break at its end', 8, sha256(`${String(request.body)}\n`)],
  [
    'signed the body without white space at its ends',
    8,
    sha256('{"reply_code": 0, "list": [1, {"a": "é错"}]}'),
  ],
  ['signed an empty object as the body', 8, sha256('{}')],
  [
    'signed the body without the white space that was sent',
    8,
    sha256('{"reply_code":0,"list":[1,{"a":"é错"}]}'),
  ],
  [
    'signed the body with white space that was not sent',
    8,
    sha256('{\n  "reply_code": 0,\n  "list": [\n    1,\n    {\n      "a": "é错"\n    }\n  ]\n}'),
  ],
  [
    'signed the body with white space that was not sent',
    8,
    sha256(
      '{\n    "reply_code": 0,\n    "list": [\n        1,\n        {\n            "a": "é错"\n        }\n    ]\n}',
    ),
  ],
  [
    'signed the body with escapes for what is not ASCII',
    8,
    sha256('{"reply_code":0,"list":[1,{"a":"\\u00e9\\u9519"}]}'),
  ],
  ['signed the body as a JSON string of itself', 8, sha256(JSON.stringify(request.body))],
]

const keys: readonly (readonly [did: string, key: string | Uint8Array])[] = [
  ['used the key with a line break at its end', ' a1B2 \n'],
  ['used the key with a carriage return and a line break at its end', ' a1B2 \r\n'],
  ['used the key with a space at its end', ' a1B2  '],
  ['used the key with a space at its start', '  a1B2 '],
  ['used the key with quotes around it', '" a1B2 "'],
  ['used the key in another case', ' a1b2 '],
  ['used the key in another case', ' A1B2 '],
  ['used the key without white space at its ends', 'a1B2'],
  ['decoded the key from base64', Buffer.from([0x6b, 0x50, 0x76])],
  ['encoded the key in base64', 'IGExQjIg'],
  ['hashed the key first', createHash('sha256').update(' a1B2 ').digest()],
  ['used an empty key', ''],
]

const wholes: readonly (readonly [did: string, place: SigningMistake['place'], signature: string])[] = [
  ['put a line break after the signature', 'digest', `${hmac(right.join('\n'))}\n`],
  ['joined the lines with \\r\\n', 'lines', hmac(right.join('\r\n'))],
  ['joined the lines without line breaks', 'lines', hmac(right.join(''))],
  ['joined the lines with a literal \\n', 'lines', hmac(right.join('\\n'))],
  ['put a line break after the last line', 'lines', hmac(`${right.join('\n')}\n`)],
  ['left out the first line, which names the scheme', 'lines', hmac(right.slice(1).join('\n'))],
  [
    'put the nonce before the timestamp',
    'lines',
    hmac([...right.slice(0, 5), 'AB-cd', '1767225600', ...right.slice(7)].join('\n')),
  ],
  ['wrote the signature in upper case', 'digest', hmac(right.join('\n')).toUpperCase()],
  [
    'wrote the signature in base64',
    'digest',
    createHmac('sha256', ' a1B2 ').update(right.join('\n')).digest('base64'),
  ],
  ['put "sha256=" before the signature', 'digest', `sha256=${hmac(right.join('\n'))}`],
  ['hashed the key and the lines instead of using HMAC', 'digest', sha256(` a1B2 ${right.join('\n')}`)],
  ['hashed the lines without a key', 'digest', sha256(right.join('\n'))],
]

describe('a signer', () => {
  it('signs the lines that these mistakes are made with', () => {
    expect(hmac(right.join('\n'))).toBe(signed(request))
  })

  it.each(lines)('is told that it %s (line %i: %j)', (did, place, text) => {
    const wrong = right.map((line, index) => (index + 1 === place ? text : line)).join('\n')

    expect(mistakes(hmac(wrong))).toEqual([{ place, did }])
  })

  it.each(keys)('is told that it %s: %j', (did, key) => {
    expect(mistakes(hmac(right.join('\n'), key))).toEqual([{ place: 'key', did }])
  })

  it.each(wholes)('is told that it %s', (did, place, signature) => {
    expect(mistakes(signature)).toEqual([{ place, did }])
  })

  it.each<[string, Partial<RequestToSign>, Partial<RequestToSign>]>([
    ['signed the method POST', { method: 'get' }, { method: 'POST' }],
    ['signed the query unsorted', { target: '/x?b=a+c&&a' }, { target: '/x?a&b=a+c' }],
    ['decoded the key from hexadecimal digits', { api_key: '6b6579' }, { api_key: 'key' }],
    [
      'signed the body with white space that was not sent',
      { body: '{"a":[{"b":1},2]}' },
      { body: '{"a": [{"b": 1}, 2]}' },
    ],
    ['signed the body with a line break at its end', { body: 'plain' }, { body: 'plain\n' }],
    ['signed the body without white space at its ends', { body: Buffer.from(' plain ') }, { body: 'plain' }],
  ])('is told that it %s, of another request', (did, sent, asSigned) => {
    const given = did.endsWith('unsorted') ? unsortedOf(request) : signed({ ...request, ...asSigned })

    expect(mistakes(given, { ...request, ...sent })).toMatchObject([{ did }])
  })

  it('is told that it left out the empty line of a missing query', () => {
    const [path = ''] = request.target.split('?')
    const given = hmac(right.filter((_line, index) => index !== 3).join('\n'))

    expect(mistakes(given, { ...request, target: path })).toEqual([
      { place: 'lines', did: 'left out the empty line of a missing query' },
    ])
  })

  it('is told of two mistakes when it left out the query with its line', () => {
    const given = hmac(right.filter((_line, index) => index !== 3).join('\n'))

    expect(mistakes(given)).toEqual([
      { place: 4, did: 'left the query out' },
      { place: 'lines', did: 'left out the empty line of a missing query' },
    ])
  })

  it('is told nothing of seconds when the timestamp is no number', () => {
    const odd = { ...request, timestamp: 'now' }

    expect(mistakes(signed({ ...odd, timestamp: 'NaN000' }), odd)).toBe('unexplained')
  })
})

function mistakes(given: string, sent = request): readonly SigningMistake[] | string {
  const explanation = explainSignature(given, sent, defaultSigning)
  return explanation.kind === 'explained' ? explanation.mistakes : explanation.kind
}

function signed(what: RequestToSign): string {
  return signRequest(what, defaultSigning, defaultHeaders)['X-Api-Signature'] ?? ''
}

/** Pairs in the order in which they were sent, each encoded as it should be. */
function unsortedOf(what: RequestToSign): string {
  const wrong = right.map((line, index) => {
    if (index === 2) return '/x'
    return index === 3 ? 'b=a%20c&a=' : line
  })
  return hmac(wrong.join('\n'), what.api_key)
}

function hmac(text: string, key: string | Uint8Array = request.api_key): string {
  return createHmac('sha256', key).update(text).digest('hex')
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
