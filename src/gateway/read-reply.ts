import type { JsonObject } from '../../contracts/index.ts'
import { decodeEnvelope, isJsonObject } from '../../contracts/index.ts'
import { isTooDeep } from './json-fitness.ts'

/** A message on `services_reply`, read; the names of the envelope are missing where the dock left them out. */
export type ReadReply =
  | {
      readonly kind: 'reply'
      readonly tid: string | undefined
      readonly bid: string | undefined
      readonly method: string | undefined
      readonly data: JsonObject
      readonly result: number
    }
  | { readonly kind: 'malformed'; readonly why: string }

/** Reads a reply's bytes. Everything that cannot be judged is malformed and changes nothing. */
export function readReply(payload: Uint8Array): ReadReply {
  const decoded = decodeEnvelope(payload)
  if (decoded.kind === 'malformed') return decoded // rule: reply-malformed
  const { tid, bid, method, data } = decoded.envelope
  if (!isJsonObject(data)) return { kind: 'malformed', why: 'no data' } // rule: reply-malformed
  const result = data['result']
  if (typeof result !== 'number' || !Number.isInteger(result)) {
    return { kind: 'malformed', why: 'no integer result' } // rule: reply-without-result
  }
  // A query would fail on it later, when it is written out again (rule: error-no-500).
  if (isTooDeep(data)) return { kind: 'malformed', why: 'nested too deeply' }
  return { kind: 'reply', tid, bid, method, data, result }
}
