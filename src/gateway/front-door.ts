import type { ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { createApp } from './app.ts'
import { addRoutes } from './routes.ts'
import type { GatewayLimits } from './seams.ts'
import { addCallHooks } from './tell-calls.ts'
import type { Tenant } from './tenant.ts'

export interface FrontDoorOptions {
  readonly base_path: string
  readonly limits: GatewayLimits
  readonly logger: FastifyBaseLogger | false
}

/** The HTTP side of a gateway: an app with its routes, and who is behind it. */
export interface FrontDoor {
  readonly app: FastifyInstance
  /** Calls that are under way. */
  readonly calls: number
  /** From now on calls are for this gateway. */
  admit(tenant: Tenant): void
  /** Breaks off the calls under way without an answer. */
  dropCalls(): void
}

/** Builds an app with every route. Nobody may call it before a gateway has moved in. */
export function createFrontDoor({ base_path, limits, logger }: FrontDoorOptions): FrontDoor {
  let tenant: Tenant | undefined
  const app = createApp({
    limits,
    logger,
    tenant() {
      if (tenant === undefined) throw new Error('Bug: a call before a gateway has moved in')
      return tenant
    },
  })
  const calls = trackCalls(app)
  addCallHooks(app)
  addRoutes(app, base_path)
  return {
    app,
    get calls() {
      return calls.size
    },
    admit(next) {
      tenant = next
    },
    dropCalls() {
      for (const call of calls) call.destroy()
    },
  }
}

/** The calls under way. */
function trackCalls(app: FastifyInstance): ReadonlySet<ServerResponse> {
  const calls = new Set<ServerResponse>()
  app.addHook('onRequest', (_request, reply, done) => {
    calls.add(reply.raw)
    reply.raw.once('close', () => calls.delete(reply.raw))
    done()
  })
  app.addHook('onResponse', (_request, reply, done) => {
    calls.delete(reply.raw)
    done()
  })
  return calls
}

/**
 * Front doors that are used again: compiling the routes takes longer than many a test. Only for gateways that never
 * listen, and only those that left in good order give theirs back.
 */
export class FrontDoors {
  readonly #idle = new Map<string, FrontDoor[]>()

  /** A door that nobody uses, or a new one. */
  take(options: FrontDoorOptions): FrontDoor {
    return this.#idle.get(keyOf(options))?.pop() ?? createFrontDoor(options)
  }

  give(options: FrontDoorOptions, door: FrontDoor): void {
    const key = keyOf(options)
    this.#idle.set(key, [...(this.#idle.get(key) ?? []), door])
  }
}

function keyOf({ base_path, limits }: FrontDoorOptions): string {
  return JSON.stringify([base_path, limits])
}
