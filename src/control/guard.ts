import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { isLoopback } from '../gateway-url.ts'
import { ControlError } from './control-error.ts'

/** Who may call the control API. */
export interface GuardOptions {
  /** Address that it listens on. */
  readonly host: string
  /** Demanded of every call when it is given. */
  readonly token: string | undefined
}

/**
 * Lets in who may call: not the page of another site in a browser of this machine, not a name that was pointed at it, and with a
 * token only who knows it. Throws ControlError.
 */
export function guard({ host, token }: GuardOptions, headers: IncomingHttpHeaders): void {
  requireKnownHost(host, headers.host)
  requireSameSite(headers)
  if (token !== undefined) requireToken(token, headers.authorization)
}

/** A page may point a name of its own at this machine; its calls carry that name. */
function requireKnownHost(host: string, called: string | undefined): void {
  const name = nameOf(called)
  if (name !== undefined && (isLoopback(name) || name === host)) return
  // Whoever listens on all addresses does not know its names; there a token is demanded.
  if (!isLoopback(host)) return
  throw new ControlError(
    'HOST_UNKNOWN',
    `Cannot take a call for "${called ?? ''}": this is not its name. Call it as 127.0.0.1 or localhost.`,
  )
}

function requireSameSite({ origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders): void {
  const isForeign = origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)
  const isCrossSite = site !== undefined && site !== 'same-origin' && site !== 'none'
  if (!isForeign && !isCrossSite) return
  throw new ControlError(
    'CROSS_SITE',
    `Cannot take a call from the page of another site ("${origin ?? 'unknown'}"). Call it from a program, or from its own page.`,
  )
}

function requireToken(token: string, authorization: string | undefined): void {
  const [, given = ''] = /^Bearer (.+)$/i.exec(authorization ?? '') ?? []
  if (timingSafeEqual(digest(given), digest(token))) return
  throw new ControlError(
    'UNAUTHORIZED',
    'Cannot take a call without the token. Send it as "Authorization: Bearer TOKEN".',
  )
}

/** Texts of one length, so that comparing them takes one time. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function nameOf(host: string | undefined): string | undefined {
  if (host === undefined || !URL.canParse(`http://${host}`)) return undefined
  return new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '')
}
