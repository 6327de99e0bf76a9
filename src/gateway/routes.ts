import type { FastifyInstance } from 'fastify'
import { defaultSigning } from '../../contracts/index.ts'
import { createAuthenticate } from './authenticate.ts'
import { addCommandRoutes } from './command-routes.ts'
import { addDeviceRequestRoutes } from './device-request-routes.ts'
import type { Lifeline } from './lifeline.ts'
import type { GatewayOptions } from './options.ts'
import type { GatewayParts } from './parts.ts'
import type { Platform } from './platform.ts'
import { createRateLimiter } from './rate-limit.ts'

export interface RoutesOptions extends Omit<GatewayOptions, 'parts'> {
  readonly parts: GatewayParts
  readonly lifeline: Lifeline
  readonly platform: Platform
}

/** Adds every route of the gateway. */
export function addRoutes(app: FastifyInstance, options: RoutesOptions): void {
  const { parts, limits = {}, platform, link, openapi } = options
  const spec = options.signing ?? defaultSigning
  const base_path = options.base_path ?? '/api/v1/open'
  const nonces = parts.createNonceMemory({
    windowSeconds: spec.window_seconds,
    max: limits.nonces ?? 200_000,
  })
  const authenticate = createAuthenticate({
    ...options,
    spec,
    nonces,
    tooFast: createRateLimiter(limits.rate),
  })
  const { commands, requests } = platform
  addCommandRoutes(app, { base_path, authenticate, commands, parts })
  addDeviceRequestRoutes(app, { base_path, authenticate, requests, parts })
  if (openapi !== undefined) app.get(`${base_path}/openapi.json`, () => openapi())
  app.get('/healthz', () => ({ status: 'ok', broker: link.state }))
}
