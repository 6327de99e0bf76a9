import type { FastifyRequest } from 'fastify'
import type { SigningSpec } from '../../contracts/index.ts'
import { defaultHeaders } from '../../contracts/index.ts'
import { ApiError } from './errors.ts'
import type { Lifeline } from './lifeline.ts'
import type { NonceMemory } from './nonce-memory.ts'
import type { GatewayParts } from './parts.ts'
import type { RateLimiter } from './rate-limit.ts'
import type { Clock, Credential, Scope } from './seams.ts'

export interface AuthenticateOptions {
  readonly clock: Clock
  readonly spec: SigningSpec
  readonly credentials: readonly Credential[]
  readonly nonces: NonceMemory
  readonly tooFast: RateLimiter
  readonly lifeline: Lifeline
  readonly parts: GatewayParts
}

/** Who calls. `anybody` reads without a signature, where the configuration says so. */
export type Caller = { readonly kind: 'credential'; readonly api_id: string } | { readonly kind: 'anybody' }

/** Finds out who calls; throws ApiError when nobody does, or one who may not. */
export type Authenticate = (request: FastifyRequest, scope: Scope) => Promise<Caller>

export function createAuthenticate(options: AuthenticateOptions): Authenticate {
  const { clock, spec, nonces, tooFast, lifeline, parts } = options
  const credentials = new Map(options.credentials.map((credential) => [credential.api_id, credential]))
  return async (request, scope) => {
    if (spec.reads === 'open' && request.method === 'GET') return { kind: 'anybody' } // rule: sign-reads
    const context = { spec, credentials, nonces, now: clock.now(), checks: parts }
    const verdict = await lifeline.run(() => parts.verifySignature(incomingCall(request), context))
    if (verdict.kind === 'refused') throw new ApiError(verdict.code, verdict.message)
    const { credential } = verdict
    // rule: error-forbidden
    if (!parts.isAllowed(credential, scope))
      throw new ApiError('FORBIDDEN', `The credential has no scope ${scope}.`)
    const wait = tooFast(credential.api_id, clock.now())
    if (wait !== undefined) throw new ApiError('RATE_LIMITED', 'Too many calls.', wait) // rule: error-rate-limited
    return { kind: 'credential', api_id: credential.api_id }
  }
}

function incomingCall(request: FastifyRequest): Parameters<GatewayParts['verifySignature']>[0] {
  return {
    method: request.method,
    target: request.raw.url ?? '',
    body: rawBody(request),
    api_id: header(request, defaultHeaders.api_id),
    timestamp: header(request, defaultHeaders.timestamp),
    nonce: header(request, defaultHeaders.nonce),
    signature: header(request, defaultHeaders.signature),
  }
}

/** The bytes of the body; none when there was none. */
export function rawBody(request: FastifyRequest): Uint8Array {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name.toLowerCase()]
  return typeof value === 'string' && value !== '' ? value : undefined
}
