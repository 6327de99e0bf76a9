import { createHash } from 'node:crypto'
import type { RequestToSign, SigningPlaceholder } from './signing.ts'
import { canonicalQuery, sha256Hex, signatureOf, splitTarget } from './signing.ts'

/** All that goes into a signature, open to be got wrong. */
export interface SigningRecipe {
  readonly lines: readonly string[]
  readonly values: Readonly<Record<SigningPlaceholder, string>>
  readonly join: string
  readonly end: string
  readonly key: string | Uint8Array
  readonly digest: (canonical: string, key: string | Uint8Array) => string
}

/** One thing that a signer gets wrong. */
export interface Slip {
  readonly place: SigningPlaceholder | 'lines' | 'key' | 'digest'
  readonly did: string
  readonly apply: (recipe: SigningRecipe) => SigningRecipe
}

/** Every known mistake with this request, as a change of the right recipe. */
export function signingSlips(request: RequestToSign): readonly Slip[] {
  return [
    ...methodSlips(request),
    ...targetSlips(request),
    ...timeSlips(request),
    ...bodySlips(request),
    ...keySlips(request.api_key),
    ...formSlips,
  ]
}

function value(place: SigningPlaceholder, did: string, text: string): Slip {
  return { place, did, apply: (recipe) => ({ ...recipe, values: { ...recipe.values, [place]: text } }) }
}

function methodSlips({ method }: RequestToSign): readonly Slip[] {
  return [
    value('METHOD', 'signed the method in lower case', method.toLowerCase()),
    ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((other) =>
      value('METHOD', `signed the method ${other}`, other),
    ),
  ]
}

function targetSlips({ target, api_id, nonce }: RequestToSign): readonly Slip[] {
  const { path, query } = splitTarget(target)
  return [
    value('path', 'signed the path decoded, not as it is sent', decoded(path)),
    value('path', 'encoded the path once more', encodeURI(path)),
    value('path', 'signed the path with its query', target),
    value('path', 'signed the path with a slash at its end', `${path}/`),
    value('path', 'signed the path without the slash at its end', path.replace(/\/$/, '')),
    value('path', 'signed the path without the slash at its start', path.slice(1)),
    value('path', 'signed the path without the base path', path.replace(/^\/api\/v1\/open/, '')),
    value('query', 'signed the query as it is sent, not sorted and encoded', query),
    value('query', 'signed the query unsorted', unsorted(query)),
    value('query', 'signed the query with its question mark', `?${canonicalQuery(query)}`),
    value('query', 'signed the query decoded', decoded(canonicalQuery(query))),
    value(
      'query',
      'signed the query with a plus sign for a space',
      canonicalQuery(query).replaceAll('%20', '+'),
    ),
    value('query', 'left the query out', ''),
    value('api id', 'signed the API ID with white space around it', `${api_id}\n`),
    value('api id', 'signed the API ID in lower case', api_id.toLowerCase()),
    value('nonce', 'signed the nonce in upper case', nonce.toUpperCase()),
    value('nonce', 'signed the nonce in lower case', nonce.toLowerCase()),
    value('nonce', 'signed the nonce without its hyphens', nonce.replaceAll('-', '')),
    value('nonce', 'signed an empty nonce', ''),
  ]
}

function timeSlips({ timestamp }: RequestToSign): readonly Slip[] {
  const seconds = Number(timestamp)
  if (!Number.isSafeInteger(seconds)) return []
  return [
    value('timestamp', 'signed milliseconds, not seconds', `${seconds}000`),
    value('timestamp', 'signed seconds, but sent milliseconds', String(Math.floor(seconds / 1000))),
    ...[-2, -1, 1, 2].map((off) =>
      value('timestamp', 'signed another second than the one sent', String(seconds + off)),
    ),
  ]
}

function bodySlips({ body }: RequestToSign): readonly Slip[] {
  const text = typeof body === 'string' ? body : Buffer.from(body).toString()
  const hash = sha256Hex(body)
  return [
    value('body sha256', 'signed the hash of an empty body', sha256Hex('')),
    value('body sha256', 'signed an empty line for the body', ''),
    value('body sha256', 'signed the body itself, not its hash', text),
    value('body sha256', 'wrote the hash of the body in upper case', hash.toUpperCase()),
    value(
      'body sha256',
      'wrote the hash of the body in base64',
      createHash('sha256').update(body).digest('base64'),
    ),
    value('body sha256', 'signed the body with a line break at its end', sha256Hex(`${text}\n`)),
    value('body sha256', 'signed the body without white space at its ends', sha256Hex(text.trim())),
    value('body sha256', 'signed an empty object as the body', sha256Hex('{}')),
    ...rewritten(text).map(([did, other]) => value('body sha256', did, sha256Hex(other))),
  ]
}

/** The ways in which libraries write the same JSON once more. */
function rewritten(text: string): readonly (readonly [string, string])[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return []
  }
  const ascii = (json: string): string =>
    json.replaceAll(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const compact = JSON.stringify(parsed)
  const spaced = JSON.stringify(parsed, null, 1).replaceAll(/\n\s*/g, ' ')
  return [
    ['signed the body without the white space that was sent', compact],
    ['signed the body with white space that was not sent', JSON.stringify(parsed, null, 2)],
    ['signed the body with white space that was not sent', JSON.stringify(parsed, null, 4)],
    ['signed the body with white space that was not sent', spaced.replaceAll(/([{[]) | ([}\]])/g, '$1$2')],
    ['signed the body with escapes for what is not ASCII', ascii(compact)],
    ['signed the body as a JSON string of itself', JSON.stringify(text)],
  ]
}

function keySlips(api_key: string): readonly Slip[] {
  const key = (did: string, other: string | Uint8Array): Slip => ({
    place: 'key',
    did,
    apply: (recipe) => ({ ...recipe, key: other }),
  })
  return [
    key('used the key with a line break at its end', `${api_key}\n`),
    key('used the key with a carriage return and a line break at its end', `${api_key}\r\n`),
    key('used the key with a space at its end', `${api_key} `),
    key('used the key with a space at its start', ` ${api_key}`),
    key('used the key with quotes around it', `"${api_key}"`),
    key('used the key in another case', api_key.toLowerCase()),
    key('used the key in another case', api_key.toUpperCase()),
    key('used the key without white space at its ends', api_key.trim()),
    // Before the decodings: what is no hexadecimal text decodes to nothing, but a key that is not set is likelier.
    key('used an empty key', ''),
    key('decoded the key from hexadecimal digits', Buffer.from(api_key, 'hex')),
    key('decoded the key from base64', Buffer.from(api_key, 'base64')),
    key('encoded the key in base64', Buffer.from(api_key).toString('base64')),
    key('hashed the key first', createHash('sha256').update(api_key).digest()),
  ]
}

const formSlips: readonly Slip[] = [
  { place: 'digest', did: 'put a line break after the signature', apply: digesting((hex) => `${hex}\n`) },
  { place: 'lines', did: 'joined the lines with \\r\\n', apply: (recipe) => ({ ...recipe, join: '\r\n' }) },
  {
    place: 'lines',
    did: 'joined the lines without line breaks',
    apply: (recipe) => ({ ...recipe, join: '' }),
  },
  {
    place: 'lines',
    did: 'joined the lines with a literal \\n',
    apply: (recipe) => ({ ...recipe, join: '\\n' }),
  },
  {
    place: 'lines',
    did: 'put a line break after the last line',
    apply: (recipe) => ({ ...recipe, end: '\n' }),
  },
  {
    place: 'lines',
    did: 'left out the first line, which names the scheme',
    apply: (recipe) => ({ ...recipe, lines: recipe.lines.slice(1) }),
  },
  {
    place: 'lines',
    did: 'left out the empty line of a missing query',
    apply: (recipe) =>
      recipe.values.query === ''
        ? { ...recipe, lines: recipe.lines.filter((line) => line !== '{query}') }
        : recipe,
  },
  { place: 'lines', did: 'put the nonce before the timestamp', apply: swapNonceAndTime },
  { place: 'digest', did: 'wrote the signature in upper case', apply: digesting((hex) => hex.toUpperCase()) },
  {
    place: 'digest',
    did: 'wrote the signature in base64',
    apply: digesting((hex) => Buffer.from(hex, 'hex').toString('base64')),
  },
  { place: 'digest', did: 'put "sha256=" before the signature', apply: digesting((hex) => `sha256=${hex}`) },
  {
    place: 'digest',
    did: 'hashed the key and the lines instead of using HMAC',
    apply: (recipe) => ({
      ...recipe,
      digest: (canonical, key) => sha256Hex(Buffer.concat([Buffer.from(key), Buffer.from(canonical)])),
    }),
  },
  {
    place: 'digest',
    did: 'hashed the lines without a key',
    apply: (recipe) => ({ ...recipe, digest: (canonical) => sha256Hex(canonical) }),
  },
]

function digesting(write: (hex: string) => string): Slip['apply'] {
  return (recipe) => ({ ...recipe, digest: (canonical, key) => write(signatureOf(canonical, key)) })
}

function swapNonceAndTime(recipe: SigningRecipe): SigningRecipe {
  const swap: Readonly<Record<string, string>> = { '{nonce}': '{timestamp}', '{timestamp}': '{nonce}' }
  return { ...recipe, lines: recipe.lines.map((line) => swap[line] ?? line) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The pairs in the order in which they were sent, each encoded as it should be. */
function unsorted(query: string): string {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map(canonicalQuery)
    .join('&')
}
