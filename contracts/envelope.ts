/** A JSON object as it travels; what its fields hold is the method's affair. */
export type JsonObject = { readonly [key: string]: unknown }

/** The outer fields of a message on any of the `thing` and `sys` topics, as far as they were there. */
export interface Envelope {
  readonly tid?: string
  readonly bid?: string
  readonly timestamp?: number
  readonly gateway?: string
  readonly method?: string
  readonly need_reply?: number
  readonly data?: unknown
  /** The whole message, with fields that the envelope does not name. */
  readonly raw: JsonObject
}

export type Decoded =
  | { readonly kind: 'envelope'; readonly envelope: Envelope }
  | { readonly kind: 'malformed'; readonly why: string }

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a payload as an envelope. Fields of a wrong type count as missing; only text that is not UTF-8, not JSON,
 * or not an object is malformed (CONTRACT: rule reply-malformed).
 */
export function decodeEnvelope(payload: Uint8Array): Decoded {
  let value: unknown
  try {
    value = JSON.parse(strictUtf8.decode(payload))
  } catch (error) {
    return { kind: 'malformed', why: error instanceof SyntaxError ? 'not JSON' : 'not UTF-8' }
  }
  if (!isJsonObject(value)) return { kind: 'malformed', why: 'not an object' }
  return { kind: 'envelope', envelope: envelopeOf(value) }
}

function envelopeOf(raw: JsonObject): Envelope {
  const envelope: { -readonly [Key in keyof Envelope]: Envelope[Key] } = { raw }
  for (const field of ['tid', 'bid', 'gateway', 'method'] as const) {
    const value = raw[field]
    if (typeof value === 'string') envelope[field] = value
  }
  for (const field of ['timestamp', 'need_reply'] as const) {
    const value = raw[field]
    if (typeof value === 'number') envelope[field] = value
  }
  if ('data' in raw) envelope.data = raw['data']
  return envelope
}

/** Writes a message as it goes on the wire. */
export function encodeEnvelope(message: JsonObject): Uint8Array {
  return Buffer.from(JSON.stringify(message))
}
