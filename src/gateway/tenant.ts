import type { FastifyRequest } from 'fastify'
import type { Authenticate } from './authenticate.ts'
import type { CommandDesk } from './command-desk.ts'
import type { GatewayParts } from './parts.ts'
import type { RequestDesk } from './request-desk.ts'
import type { Clock, GatewayActivity, Link } from './seams.ts'
import type { CallListener } from './tell-calls.ts'

/** What the routes of an app serve: the pieces of one gateway. */
export interface Tenant {
  readonly clock: Clock
  readonly newId: () => string
  readonly parts: GatewayParts
  readonly activity: GatewayActivity
  readonly authenticate: Authenticate
  readonly commands: CommandDesk
  readonly requests: RequestDesk
  readonly link: Link
  readonly openapi: (() => object) | undefined
  readonly onCall: CallListener | undefined
}

/** Name of the request's decoration, for the app that declares it. */
export const tenantDecoration = 'tenant'

/** Every request keeps the gateway that it came to, also when another one moves in meanwhile. */
export function tenantOf(request: FastifyRequest): Tenant {
  return request.getDecorator<Tenant>(tenantDecoration)
}

/** Ties a request to the gateway that serves it. */
export function welcome(request: FastifyRequest, tenant: Tenant): void {
  request.setDecorator(tenantDecoration, tenant)
}
