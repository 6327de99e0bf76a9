import type { JsonObject } from '../../contracts/index.ts'
import { encodeEnvelope, formatTopic } from '../../contracts/index.ts'
import type { Command } from './command.ts'
import type { Link } from './seams.ts'

/** A message on its way to a dock. */
export interface OutgoingMessage {
  readonly topic: string
  readonly message: JsonObject
  readonly qos: 0 | 1 | 2
  readonly retain: boolean
}

/** The `services` message of a command; `now` in milliseconds. Resent, it differs in its timestamp only. */
export function serviceMessage(command: Command, now: number): OutgoingMessage {
  const { gateway_sn, tid, bid, request } = command
  return {
    topic: formatTopic('services', gateway_sn), // rule: mqtt-services
    message: {
      tid, // rule: one-publish
      bid,
      timestamp: now, // rule: mqtt-envelope
      gateway: gateway_sn,
      method: request.command_type, // rule: method-reaches-dock
      data: request.payload, // rule: mqtt-payload
    },
    qos: 1, // rule: mqtt-qos-1
    retain: false, // rule: mqtt-not-retained
  }
}

/** Hands a message to the link; resolves when the broker has acknowledged it. */
export async function publishMessage(link: Link, outgoing: OutgoingMessage): Promise<void> {
  const { topic, message, qos, retain } = outgoing
  await link.publish(topic, encodeEnvelope(message), { qos, retain })
}
