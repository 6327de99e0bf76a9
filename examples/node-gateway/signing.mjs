import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

const WINDOW_SECONDS = 300

/**
 * Makes the check of a request's signature.
 *
 * Order: headers and credential, time stamp, signature, nonce. (rule: sign-bad-keeps-nonce is a `may`; here the
 * cheap test of the clock comes before the hashing, and only a rightly signed request uses up its nonce.)
 *
 * @param {{ apiId: string, apiKey: string }} credential
 * @returns {(request: { method: string, target: string, headers: object, body: Buffer }) => string | undefined}
 *   the code of the refusal (HTTP 401), or undefined
 */
export function createVerifier({ apiId, apiKey }) {
  const expiryOfNonce = new Map()

  return ({ method, target, headers, body }) => {
    const id = headers['x-api-id']
    const timestamp = headers['x-api-timestamp']
    const nonce = headers['x-api-nonce']
    const signature = headers['x-api-signature']
    if (!id || !timestamp || !nonce || !signature || id !== apiId) return 'UNAUTHORIZED'

    const now = Date.now() / 1000
    if (!/^\d{1,15}$/.test(timestamp) || Math.abs(now - Number(timestamp)) > WINDOW_SECONDS) {
      return 'TIMESTAMP_EXPIRED'
    }

    const canonical = canonicalString({ method, target, id, timestamp, nonce, body })
    // rule: sign-hex-case (may). Uppercase hexadecimal means the same bytes, so it is let through.
    if (!sameText(createHmac('sha256', apiKey).update(canonical).digest('hex'), signature.toLowerCase())) {
      return 'SIGNATURE_INVALID'
    }

    for (const [old, expiry] of expiryOfNonce) if (expiry < now) expiryOfNonce.delete(old)
    if (expiryOfNonce.has(nonce)) return 'NONCE_REPLAYED'
    expiryOfNonce.set(nonce, Number(timestamp) + WINDOW_SECONDS)
    return undefined
  }
}

function canonicalString({ method, target, id, timestamp, nonce, body }) {
  const [path, query = ''] = splitOnce(target, '?')
  const bodyHash = createHash('sha256').update(body).digest('hex')
  return ['UTMOS-HMAC-SHA256', method, path, canonicalQuery(query), id, timestamp, nonce, bodyHash].join('\n')
}

function canonicalQuery(query) {
  if (query === '') return ''
  const pairs = query.split('&').map((pair) => splitOnce(pair, '=').map(recode))
  return pairs
    .map(([name, value = '']) => [name, value])
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** Whatever way the client escaped it, RFC 3986's way: everything but A-Z a-z 0-9 - . _ ~ as %XX. */
function recode(text) {
  let plain
  try {
    plain = decodeURIComponent(text)
  } catch {
    return text
  }
  return encodeURIComponent(plain).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function splitOnce(text, separator) {
  const at = text.indexOf(separator)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

function compare(a, b) {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function sameText(expected, given) {
  const a = Buffer.from(expected)
  const b = Buffer.from(given)
  return a.length === b.length && timingSafeEqual(a, b)
}
