import { timingSafeEqual } from 'node:crypto'
import type { SignedParts, SigningSpec } from '../../contracts/index.ts'
import { signatureOf, splitTarget } from '../../contracts/index.ts'
import type { ErrorCode } from './errors.ts'
import type { NonceMemory } from './nonce-memory.ts'
import type { Credential } from './seams.ts'

/** A request as the verification sees it; headers that are missing or empty are `undefined`. */
export interface IncomingCall {
  readonly method: string
  /** What stood in the request line. */
  readonly target: string
  readonly body: Uint8Array
  readonly api_id: string | undefined
  readonly timestamp: string | undefined
  readonly nonce: string | undefined
  readonly signature: string | undefined
}

/** What a call is verified against. */
export interface SigningContext {
  readonly spec: SigningSpec
  readonly credentials: ReadonlyMap<string, Credential>
  readonly nonces: NonceMemory
  /** Milliseconds since the Unix epoch. */
  readonly now: number
  /** The comparisons, replaceable one by one. */
  readonly checks: SigningChecks
}

export interface SigningChecks {
  readonly canonical: (parts: SignedParts, spec: SigningSpec) => string
  readonly sameSignature: (given: string, expected: string) => boolean
  readonly isInWindow: (timestamp: string, now: number, windowSeconds: number) => boolean
}

export type SigningVerdict =
  | { readonly kind: 'accepted'; readonly credential: Credential }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly message: string }

/**
 * Verifies a call in the order headers and credential, signature, timestamp, nonce, so that only a call that is authentic
 * uses its nonce up (rule: sign-bad-keeps-nonce).
 */
export async function verifySignature(call: IncomingCall, context: SigningContext): Promise<SigningVerdict> {
  const { api_id, timestamp, nonce, signature } = call
  if (api_id === undefined || timestamp === undefined || nonce === undefined || signature === undefined) {
    return refused('UNAUTHORIZED', 'The signing headers are missing or incomplete.') // rule: sign-requires
  }
  const credential = context.credentials.get(api_id)
  if (credential === undefined) return refused('UNAUTHORIZED', 'The API ID is unknown.') // rule: sign-requires
  const parts = {
    ...splitTarget(call.target),
    method: call.method,
    body: call.body,
    api_id,
    timestamp,
    nonce,
  }
  const expected = signatureOf(context.checks.canonical(parts, context.spec), credential.api_key)
  if (!context.checks.sameSignature(signature, expected)) {
    return refused('SIGNATURE_INVALID', 'The signature does not match the request.') // rule: sign-refuses
  }
  const window = context.spec.window_seconds
  if (!context.checks.isInWindow(timestamp, context.now, window)) {
    return refused('TIMESTAMP_EXPIRED', `The timestamp is not within ${window} s of the server's time.`)
  }
  const seconds = { timestamp: Number(timestamp), now: Math.floor(context.now / 1000) }
  const used = await context.nonces.use({ api_id, nonce, ...seconds })
  if (used === 'replayed') return refused('NONCE_REPLAYED', 'The nonce was used before.') // rule: sign-nonce
  if (used === 'forgotten') {
    return refused('TIMESTAMP_EXPIRED', 'Too many requests have come since that timestamp; sign it anew.')
  }
  return { kind: 'accepted', credential } // rule: sign-accepts
}

/** Compares in constant time; anything but 64 lowercase hexadecimal digits is no signature. */
export function sameSignature(given: string, expected: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(given)) return false // rule: sign-hex-case
  return timingSafeEqual(Buffer.from(given, 'hex'), Buffer.from(expected, 'hex'))
}

/** Whether a timestamp is a whole number of Unix seconds near the given time (ms). */
export function isInWindow(timestamp: string, now: number, windowSeconds: number): boolean {
  // rule: sign-window
  return /^\d{1,12}$/.test(timestamp) && Math.abs(Number(timestamp) * 1000 - now) <= windowSeconds * 1000
}

function refused(code: ErrorCode, message: string): SigningVerdict {
  return { kind: 'refused', code, message }
}
