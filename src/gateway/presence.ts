import { unreachable } from '../../contracts/index.ts'

/**
 * What is known of a dock's line. `silent`: it was on line, and nothing has been heard of it for too long or since the
 * gateway started. `unsure`: it was on line when the gateway lost its own link.
 */
export const presences = ['offline', 'online', 'silent', 'unsure'] as const
export type Presence = (typeof presences)[number]

export type PresenceEvent =
  /** Its `update_topo`. */
  | 'announced'
  /** Any other message of its own. */
  | 'heard'
  /** Its last will. */
  | 'left'
  /** Nothing for 60 s from a dock that sends telemetry. */
  | 'quiet'
  /** The gateway's own link broke. */
  | 'linkLost'
  /** The gateway's link is back and the docks have had time to come back too. */
  | 'settled'
  /** The gateway was started again. */
  | 'restarted'

/** How long a dock that sends telemetry may be silent, in milliseconds. */
export const longestSilenceMs = 60_000
/** How long docks have to come back by themselves after the gateway's link does, in milliseconds. */
export const settleMs = 2_000

/** One step of a dock's presence (CONTRACT: section 3, on line): from its `update_topo` until its will, or silence. */
export function nextPresence(presence: Presence, event: PresenceEvent): Presence {
  switch (event) {
    case 'announced':
      return 'online'
    case 'left':
      return 'offline'
    case 'heard':
      // Telemetry alone is no announcement: a dock that said goodbye has to come back properly.
      return presence === 'offline' ? 'offline' : 'online'
    case 'quiet':
    case 'restarted':
      return presence === 'offline' ? 'offline' : 'silent'
    case 'linkLost':
      return presence === 'online' ? 'unsure' : presence
    case 'settled':
      return presence === 'unsure' ? 'online' : presence
    default:
      return unreachable(event)
  }
}
