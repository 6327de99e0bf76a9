import { createHash, createHmac } from 'node:crypto'
import { HarnessError } from './harness-error.ts'
import type { SigningHeaders, SigningSpec } from './profile.ts'

/** A request as it is signed. `path` and `query` are as they travel: percent-encoded, `query` without its question mark. */
export interface SignedParts {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly body: Uint8Array | string
  readonly api_id: string
  /** Unix seconds, in digits, as the header carries it. */
  readonly timestamp: string
  readonly nonce: string
}

/** What `signRequest` takes: a target as it stands in the request line, and the credential. */
export interface RequestToSign {
  readonly method: string
  /** Path with its query, base path included: `/api/v1/open/downlink/commands?x=1`. */
  readonly target: string
  readonly body: Uint8Array | string
  readonly api_id: string
  readonly api_key: string
  /** Unix seconds. */
  readonly timestamp: number | string
  readonly nonce: string
}

/** What the lines of a canonical string may name. */
export const signingPlaceholders = [
  'METHOD',
  'path',
  'query',
  'api id',
  'timestamp',
  'nonce',
  'body sha256',
] as const
export type SigningPlaceholder = (typeof signingPlaceholders)[number]

/** The headers that sign a request (CONTRACT: section 5). Throws CONFIG_INVALID for a line that names an unknown part. */
export function signRequest(
  request: RequestToSign,
  spec: SigningSpec,
  headers: SigningHeaders,
): Readonly<Record<string, string>> {
  const parts = {
    ...splitTarget(request.target),
    method: request.method,
    body: request.body,
    api_id: request.api_id,
    timestamp: String(request.timestamp),
    nonce: request.nonce,
  }
  return {
    [headers.api_id]: parts.api_id,
    [headers.timestamp]: parts.timestamp,
    [headers.nonce]: parts.nonce,
    [headers.signature]: signatureOf(canonicalString(parts, spec), request.api_key),
  }
}

/** Splits what stands in a request line into path and query. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const mark = target.indexOf('?')
  if (mark < 0) return { path: target, query: '' }
  return { path: target.slice(0, mark), query: target.slice(mark + 1) }
}

/** The text that is signed: the spec's lines, filled and joined. Throws CONFIG_INVALID for an unknown placeholder. */
export function canonicalString(parts: SignedParts, spec: Pick<SigningSpec, 'lines'>): string {
  return fillLines(spec.lines, {
    METHOD: parts.method.toUpperCase(),
    path: parts.path,
    query: canonicalQuery(parts.query),
    'api id': parts.api_id,
    timestamp: parts.timestamp,
    nonce: parts.nonce,
    'body sha256': sha256Hex(parts.body),
  }).join('\n')
}

/** Fills the templates in one pass, so that a value which looks like a placeholder stays what it is. */
export function fillLines(
  lines: readonly string[],
  values: Readonly<Record<SigningPlaceholder, string>>,
): readonly string[] {
  return lines.map((line) => {
    const name = line.slice(1, -1)
    // Most lines are one placeholder, and every call is signed once and checked once.
    if (line === `{${name}}` && Object.hasOwn(values, name)) return values[name as SigningPlaceholder]
    return line.replaceAll(/\{([^{}]*)\}/g, (_whole, inner: string) => valueOf(inner, values))
  })
}

/** HMAC-SHA256 of the canonical string under the key's UTF-8 bytes: 64 lowercase hexadecimal digits. */
export function signatureOf(canonical: string, api_key: string | Uint8Array): string {
  return createHmac('sha256', api_key).update(canonical).digest('hex')
}

/**
 * The query's pairs sorted by name, then value, encoded as RFC 3986 says and joined by `&`. A plus sign is a space, as servers read it;
 * a pair without an equals sign has an empty value; text that cannot be decoded stands for itself.
 */
export function canonicalQuery(query: string): string {
  if (query === '') return ''
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map(encodedPair)
    .sort(([nameA, valueA], [nameB, valueB]) => compareText(nameA, nameB) || compareText(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** Lowercase hexadecimal SHA-256 of bytes, or of a text's UTF-8 bytes. */
export function sha256Hex(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex')
}

function valueOf(name: string, values: Readonly<Record<SigningPlaceholder, string>>): string {
  if (Object.hasOwn(values, name)) return values[name as SigningPlaceholder]
  const known = signingPlaceholders.map((placeholder) => `{${placeholder}}`).join(' ')
  throw new HarnessError(
    'CONFIG_INVALID',
    `Cannot sign a request: a line of the canonical string names "{${name}}". Use only ${known}.`,
  )
}

function encodedPair(pair: string): readonly [string, string] {
  const equals = pair.indexOf('=')
  if (equals < 0) return [reencode(pair), '']
  return [reencode(pair.slice(0, equals)), reencode(pair.slice(equals + 1))]
}

function reencode(text: string): string {
  return encodeRfc3986(decode(text.replaceAll('+', ' ')))
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** `encodeURIComponent` leaves five characters alone that RFC 3986 reserves; a lone surrogate has no UTF-8 form. */
function encodeRfc3986(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString()).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
