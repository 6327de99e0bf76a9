import type { GatewayActivity } from './seams.ts'

/** Ties asynchronous work to the gateway's life. */
export interface Lifeline {
  readonly ended: boolean
  /** Runs work and reports it as activity. After the end nothing is begun, and what was under way never comes back. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>
  readonly end: () => void
}

/** A killed process does not see the answers of its last calls: neither does whoever awaits `run` after `end`. */
export function createLifeline(activity: GatewayActivity): Lifeline {
  let ended = false
  const never = <T>(): Promise<T> => new Promise(() => undefined)
  return {
    get ended() {
      return ended
    },
    async run(work) {
      if (ended) return never()
      try {
        const value = await activity.track(work())
        return ended ? await never() : value
      } catch (error) {
        if (ended) return never()
        throw error
      }
    },
    end() {
      ended = true
    },
  }
}
