import type { RateLimit } from './seams.ts'

/** Counts the calls of each API ID; returns the seconds to wait when there are too many, else `undefined`. */
export type RateLimiter = (api_id: string, now: number) => number | undefined

/** A bucket for each API ID that refills evenly; without a limit nothing is ever too much. */
export function createRateLimiter(limit: RateLimit | undefined): RateLimiter {
  if (limit === undefined) return () => undefined
  const msPerCall = (limit.seconds * 1000) / limit.calls
  /** When each bucket will be full again, in milliseconds. */
  const fullAt = new Map<string, number>()
  return (api_id, now) => {
    const full = Math.max(now, fullAt.get(api_id) ?? now) + msPerCall
    const waitMs = full - now - limit.seconds * 1000
    if (waitMs > 0) return Math.ceil(waitMs / 1000) // rule: error-rate-limited
    fullAt.set(api_id, full)
    return undefined
  }
}
