import type { Activity } from './activity.ts'

/** Turns of the event loop over which nothing may happen; trials gave equal event streams for two and more. */
export const quietTurns = 3

/**
 * Resolves when nothing is under way in the rig: no tracked work is pending and the activity counter stands still over
 * `turns` turns of the event loop. All determinism of virtual time rests on this function.
 */
export async function untilQuiet(activity: Activity, turns: number = quietTurns): Promise<void> {
  let seen = activity.count
  for (let still = 0; still < turns;) {
    await turn()
    const busy = activity.pending > 0 || activity.count !== seen
    seen = activity.count
    still = busy ? 0 : still + 1
  }
}

/** One whole turn of the event loop: input, timers and callbacks that were ready have run. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
