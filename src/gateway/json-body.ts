import { ApiError } from './errors.ts'

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Reads a request's raw body as JSON. Throws INVALID_REQUEST_BODY for what is not UTF-8 or not JSON. */
export function parseBody(raw: Uint8Array): unknown {
  try {
    return JSON.parse(strictUtf8.decode(raw)) as unknown
  } catch (error) {
    const why = error instanceof SyntaxError ? 'JSON' : 'UTF-8'
    throw new ApiError('INVALID_REQUEST_BODY', `The body is not ${why}.`) // rule: create-refuses-json
  }
}
