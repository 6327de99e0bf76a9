import { longestTimerMs } from './clock.ts'

/**
 * How long the MQTT library waits, by wall time, for clients that are silent, slow to connect or slow to read. In virtual time it
 * never gives up: what it ended would depend on how busy the machine is.
 */
export function patienceOf(time: 'virtual' | 'real' | undefined): {
  readonly heartbeatInterval: number
  readonly drainTimeout: number
  readonly connectTimeout?: number
} {
  return time === 'virtual'
    ? { heartbeatInterval, drainTimeout: 0, connectTimeout: longestTimerMs }
    : { heartbeatInterval, drainTimeout: 5_000 }
}

/** A heartbeat cannot be switched off: the longest that fits, since the library sets timers of four times this. */
const heartbeatInterval = Math.floor(longestTimerMs / 4)
