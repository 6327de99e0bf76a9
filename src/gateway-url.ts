import { HarnessError } from '../contracts/index.ts'

export interface GatewayPlace {
  readonly url: string
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly basePath: string
}

/** Whether a host is this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host)
}

/** A host as a URL carries it: IPv6 addresses stand in brackets. */
export function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/**
 * Reads the address of a gateway; its path is the base path (default `/api/v1/open`). Throws OPTION_INVALID, and
 * REMOTE_REFUSED for another machine unless that is allowed: a real dock may be behind it.
 */
export function parseGatewayUrl(url: string, allowRemote: boolean, basePath = '/api/v1/open'): GatewayPlace {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) {
    throw new HarnessError(
      'OPTION_INVALID',
      `Cannot use "${url}" as a gateway: it is no http or https address. Write it as http://127.0.0.1:8080.`,
    )
  }
  const host = parsed.hostname.replace(/^\[|\]$/g, '')
  if (!allowRemote && !isLoopback(host)) {
    throw new HarnessError(
      'REMOTE_REFUSED',
      `Cannot call the gateway at "${host}": it is another machine, and a real dock may be behind it. Add --allow-remote when that is what you want.`,
    )
  }
  const secure = parsed.protocol === 'https:'
  const own = parsed.pathname.replace(/\/$/, '')
  return {
    url,
    host,
    secure,
    port: Number(parsed.port || (secure ? 443 : 80)),
    basePath: own === '' ? basePath : own,
  }
}
