import { remember } from './capped.ts'
import type { HttpExchange } from './exchange.ts'
import { oncePer } from './once-per.ts'
import type { Profile, SigningHeaders } from './profile.ts'

/**
 * What a correct gateway thinks of a request's signing headers. `unsure`: the contract, or what the judge can see,
 * leaves it open. `spared`: sealed well with a nonce that so far only refused signatures have carried.
 */
export type Seal =
  'good' | 'spared' | 'unsigned' | 'tampered' | 'uppercase' | 'expired' | 'replayed' | 'unsure'

interface NonceUse {
  readonly seqSent: number
  readonly seqDone: number
  readonly doneAt: number
  readonly kind: 'accepted' | 'refusedSignature' | 'other'
}

/** The nonces that the judge has heard, by API ID. Knows no key: it takes the harness's word for signatures. */
export interface NonceLog {
  /** `seq` at which the gateway was last stopped: whether it remembers older nonces is not decided. */
  stoppedAt: number
  readonly uses: Map<string, readonly NonceUse[]>
}

/** The signing headers of a request, as far as they are there. */
export const signingHeaders = oncePer(
  ({ request }: HttpExchange, { headers: names }: Profile): Partial<Record<keyof SigningHeaders, string>> => {
    const found: Partial<Record<keyof SigningHeaders, string>> = {}
    for (const part of parts) {
      const value = request.headers[names[part].toLowerCase()]
      if (value !== undefined) found[part] = value
    }
    return found
  },
)

const parts = ['api_id', 'timestamp', 'nonce', 'signature', 'request_id'] as const

/** Judges the seal by the harness's fact, the headers, the time and the nonces heard before. */
export function sealOf(exchange: HttpExchange, profile: Profile, nonces: NonceLog): Seal {
  const { signing } = exchange.request
  const { api_id, timestamp, nonce, signature } = signingHeaders(exchange, profile)
  const isComplete = [api_id, timestamp, nonce, signature].every((header) => header !== undefined)
  if (signing.kind === 'unsigned' || !isComplete) return isComplete ? 'unsure' : 'unsigned'
  if (signing.kind === 'tampered')
    return /^(?=.*[A-F])[0-9A-F]{64}$/.test(signature ?? '') ? 'uppercase' : 'tampered'
  if (api_id !== signing.api_id || nonce === '' || !/^[0-9a-f]{64}$/.test(signature ?? '')) return 'unsure'
  const clock = clockOf(timestamp ?? '', exchange, profile)
  if (clock !== 'inside') return clock === 'outside' ? 'expired' : 'unsure'
  return nonceOf(exchange, usesOf(exchange, profile, nonces), { profile, stoppedAt: nonces.stoppedAt })
}

/** The other requests with the same API ID and nonce that began before this one had ended. */
export function usesOf(exchange: HttpExchange, profile: Profile, nonces: NonceLog): readonly NonceUse[] {
  const { api_id = '', nonce = '' } = signingHeaders(exchange, profile)
  const uses = nonces.uses.get(nonceKey(api_id, nonce)) ?? []
  return uses.filter(({ seqSent, seqDone }) => seqDone !== exchange.seqDone && seqSent < exchange.seqDone)
}

/** Remembers the nonce of an answered request. */
export function recordNonce(exchange: HttpExchange, profile: Profile, nonces: NonceLog): void {
  const { api_id = '', nonce } = signingHeaders(exchange, profile)
  if (nonce === undefined) return
  const { outcome, seqSent, seqDone, doneAt, request } = exchange
  const status = outcome.kind === 'answered' ? outcome.response.status : 0
  const isRefusedSignature = request.signing.kind === 'tampered' && status === 401
  const isTaken = request.signing.kind === 'valid' && status >= 200 && status < 300
  const refused = isRefusedSignature ? ('refusedSignature' as const) : ('other' as const)
  const use: NonceUse = { seqSent, seqDone, doneAt, kind: isTaken ? 'accepted' : refused }
  const key = nonceKey(api_id, nonce)
  remember(nonces.uses, key, [...(nonces.uses.get(key) ?? []), use], 100_000)
}

/** No header holds a line break, so that no two pairs are one key. */
function nonceKey(api_id: string, nonce: string): string {
  return `${api_id}\n${nonce}`
}

/** The contract tests 60 s and 600 s for a window of 300 s; what lies between is nobody's business. */
function clockOf(text: string, { sentAt }: HttpExchange, profile: Profile): 'inside' | 'outside' | 'unsure' {
  if (!/^\d{1,15}$/.test(text)) return 'unsure'
  const { window_seconds } = profile.signing
  const difference = Math.abs(Number(text) - sentAt / 1000)
  if (difference <= Math.max(2, window_seconds / 5) + 1) return 'inside'
  return difference >= window_seconds * 2 - 1 ? 'outside' : 'unsure'
}

interface Memory {
  readonly profile: Profile
  readonly stoppedAt: number
}

function nonceOf(exchange: HttpExchange, uses: readonly NonceUse[], { profile, stoppedAt }: Memory): Seal {
  if (uses.length === 0) return 'good'
  const window_ms = profile.signing.window_seconds * 1000
  const isBefore = ({ seqDone }: NonceUse): boolean => seqDone < exchange.seqSent
  if (uses.some(({ seqDone }) => seqDone < stoppedAt)) return 'unsure'
  const taken = uses.find((use) => use.kind === 'accepted' && isBefore(use))
  if (taken !== undefined) return exchange.sentAt - taken.doneAt < window_ms / 2 ? 'replayed' : 'unsure'
  return uses.every((use) => use.kind === 'refusedSignature' && isBefore(use)) ? 'spared' : 'unsure'
}
