import type { DownFamily, Envelope, JsonObject } from '../../contracts/index.ts'
import { formatTopic } from '../../contracts/index.ts'
import type { OutgoingMessage } from './service-message.ts'

/** The message of a dock that is answered, and where. */
export interface ToAnswer {
  readonly gateway_sn: string
  readonly envelope: Envelope
  /** Milliseconds since the Unix epoch. */
  readonly now: number
}

/** The `events_reply`, for an event that asks for one. */
export function acknowledgeEvent(event: ToAnswer): OutgoingMessage | undefined {
  if (event.envelope.need_reply !== 1) return undefined
  return answerTo(event, 'events_reply', { result: 0 }) // rule: mqtt-acknowledges-events
}

/** The `status_reply`. */
export function acknowledgeStatus(status: ToAnswer): OutgoingMessage | undefined {
  return answerTo(status, 'status_reply', { result: 0 }) // rule: mqtt-acknowledges-events
}

/** An answer with the `tid`, `bid` and `method` of what it answers; none for a message without a `tid`. */
export function answerTo(
  { gateway_sn, envelope, now }: ToAnswer,
  family: DownFamily,
  data: JsonObject,
): OutgoingMessage | undefined {
  const { tid, bid, method } = envelope
  if (tid === undefined) return undefined
  const names = { tid, ...(bid === undefined ? {} : { bid }), ...(method === undefined ? {} : { method }) }
  return {
    topic: formatTopic(family, gateway_sn),
    message: { ...names, timestamp: now, gateway: gateway_sn, data },
    qos: 1,
    retain: false,
  }
}
