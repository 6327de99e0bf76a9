import type { JsonObject } from '../../contracts/index.ts'

/** A reply in the words of the HTTP API. */
export interface MappedReply {
  readonly outcome: 'succeeded' | 'failed'
  readonly response_code: string
  /** Missing when the dock said nothing. */
  readonly response_message?: string
  readonly vendor_response: JsonObject
}

/** Maps the `data` of a `services_reply` whose `result` is an integer (CONTRACT: section 4). */
export function mapReply(data: JsonObject, result: number): MappedReply {
  const message = responseMessage(data)
  return {
    outcome: outcomeOf(result),
    response_code: responseCode(data, result),
    ...(message === undefined ? {} : { response_message: message }),
    vendor_response: data, // rule: reply-vendor-response, reply-vendor-preserves, reply-vendor-exact
  }
}

/** What decides is the result alone, whatever the code says. */
export function outcomeOf(result: number): 'succeeded' | 'failed' {
  return result === 0 ? 'succeeded' : 'failed' // rule: reply-zero-succeeds, reply-nonzero-fails
}

/** The code that the dock gave, else its result; always a string. */
export function responseCode(data: JsonObject, result: number): string {
  const code = data['code']
  if (typeof code === 'string') return code // rule: reply-code-prefers-code, reply-code-null-absent
  if (typeof code === 'number') return String(code) // rule: reply-code-string
  return String(result) // rule: reply-code-falls-to-result
}

/** The first of `message`, `msg` and `description` that is a string; an empty one is given too. */
export function responseMessage(data: JsonObject): string | undefined {
  // rule: reply-message-order, reply-message-message, reply-message-msg, reply-message-description, reply-message-one-of
  for (const name of ['message', 'msg', 'description']) {
    const text = data[name]
    if (typeof text === 'string') return text
  }
  return undefined
}
