import type { FastifyInstance } from 'fastify'
import type { SigningSpec } from '../../contracts/index.ts'
import { canonicalString, defaultSigning } from '../../contracts/index.ts'
import type { Authenticate } from './authenticate.ts'
import { createAuthenticate } from './authenticate.ts'
import { createFrontDoor } from './front-door.ts'
import { platformFilters } from './inbound.ts'
import type { Lifeline } from './lifeline.ts'
import { createLifeline } from './lifeline.ts'
import type { GatewayOptions } from './options.ts'
import type { GatewayParts } from './parts.ts'
import { defaultParts } from './parts.ts'
import { createPlatform } from './platform.ts'
import { createRateLimiter } from './rate-limit.ts'
import type { GatewayActivity, Link } from './seams.ts'

/** A running gateway. The HTTP app is ready; whoever owns it lets it listen. */
export interface Gateway {
  readonly app: FastifyInstance
  /** Answers what is under way, says goodbye to the broker and takes all timers back. */
  close(): Promise<void>
  /** Drops everything at once, as a crash does; the link is cut by its owner. */
  kill(): void
}

/**
 * Builds a gateway, subscribes it to its docks and takes up the commands that the store holds. Throws CONFIG_INVALID for
 * signing lines that cannot be filled, and what the link throws when the broker refuses the subscription.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  checkSigning(options.signing ?? defaultSigning)
  const { link, doors, activity = unwatched } = options
  const parts: GatewayParts = { ...defaultParts, ...options.parts }
  const lifeline = createLifeline(activity)
  const look = {
    base_path: options.base_path ?? '/api/v1/open',
    limits: options.limits ?? {},
    logger: options.logger ?? false,
  }
  const door = doors?.take(look) ?? createFrontDoor(look)
  const { app } = door
  const platform = await createPlatform({ ...options, parts, lifeline, log: app.log })
  const authenticate = authenticateFor(options, parts, lifeline)
  const { commands, requests } = platform
  const { clock, newId, openapi, onCall } = options
  door.admit({ clock, newId, parts, activity, authenticate, commands, requests, link, openapi, onCall })
  link.onMessage((message) => {
    if (lifeline.ended) return
    activity.bump()
    platform.hear(message)
  })
  link.onState((state) => {
    if (!lifeline.ended) platform.linkChanged(state)
  })
  await subscribe(link, lifeline)
  await platform.resume()
  await app.ready()
  return {
    app,
    async close() {
      // Who still waits for an answer gets it from the gateway that was asked.
      if (doors !== undefined && door.calls === 0) doors.give(look, door)
      else await app.close()
      platform.stop()
      lifeline.end()
      await link.close()
    },
    kill() {
      lifeline.end()
      platform.stop()
      door.dropCalls()
      void app.close()
    },
  }
}

function authenticateFor(options: GatewayOptions, parts: GatewayParts, lifeline: Lifeline): Authenticate {
  const { limits = {}, signing: spec = defaultSigning } = options
  const nonces = parts.createNonceMemory({
    windowSeconds: spec.window_seconds,
    max: limits.nonces ?? 200_000,
  })
  return createAuthenticate({
    ...options,
    spec,
    parts,
    lifeline,
    nonces,
    tooFast: createRateLimiter(limits.rate),
  })
}

const unwatched: GatewayActivity = { bump: () => undefined, track: (work) => work }

/** Fills the lines once, so that a wrong placeholder shows at the start and not with the first call. */
function checkSigning(spec: SigningSpec): void {
  canonicalString(
    { method: 'GET', path: '/', query: '', body: '', api_id: '', timestamp: '0', nonce: '' },
    spec,
  )
}

/** While the link is down the filters are remembered by it; only a refusal by the broker is an error. */
async function subscribe(link: Link, lifeline: Lifeline): Promise<void> {
  try {
    await lifeline.run(() => link.subscribe(platformFilters, 1))
  } catch (error) {
    if (link.state === 'online') throw error
  }
}
