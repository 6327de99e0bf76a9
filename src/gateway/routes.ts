import type { FastifyInstance } from 'fastify'
import { addCommandRoutes } from './command-routes.ts'
import { addDeviceRequestRoutes } from './device-request-routes.ts'
import { ApiError } from './errors.ts'
import { tenantOf } from './tenant.ts'

/** Adds every route of the gateway; whose gateway it is, each request says. */
export function addRoutes(app: FastifyInstance, base_path: string): void {
  addCommandRoutes(app, base_path)
  addDeviceRequestRoutes(app, base_path)
  app.get(`${base_path}/openapi.json`, (request) => {
    const { openapi } = tenantOf(request)
    if (openapi === undefined) throw new ApiError('NOT_FOUND', 'There is nothing here.')
    return openapi()
  })
  app.get('/healthz', (request) => ({ status: 'ok', broker: tenantOf(request).link.state }))
}
