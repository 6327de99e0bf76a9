/** One way in which the HTTP API refuses a request (CONTRACT: section 6). */
export interface HttpError {
  readonly status: number
  readonly code: string
  readonly when: string
}

/** Every code of the error envelope, by HTTP status. */
export const httpErrors: readonly HttpError[] = [
  { status: 400, code: 'INVALID_REQUEST_BODY', when: 'the body is not JSON' },
  {
    status: 400,
    code: 'VALIDATION_FAILED',
    when: 'a field is missing, of a wrong type, out of range, or unknown',
  },
  { status: 400, code: 'UNSUPPORTED_VENDOR', when: 'no such vendor' },
  { status: 400, code: 'UNSUPPORTED_COMMAND', when: 'no such command_type' },
  { status: 401, code: 'UNAUTHORIZED', when: 'a signing header is missing, or the API ID is unknown' },
  { status: 401, code: 'SIGNATURE_INVALID', when: 'the signature does not fit the request' },
  { status: 401, code: 'TIMESTAMP_EXPIRED', when: 'the timestamp is outside the window' },
  { status: 401, code: 'NONCE_REPLAYED', when: 'the nonce was used before' },
  { status: 403, code: 'FORBIDDEN', when: 'the credential lacks the scope' },
  { status: 404, code: 'COMMAND_NOT_FOUND', when: 'no such command' },
  { status: 404, code: 'DEVICE_NOT_FOUND', when: 'no such device' },
  { status: 404, code: 'DEVICE_REQUEST_NOT_FOUND', when: 'no such device request' },
  { status: 404, code: 'NOT_FOUND', when: 'there is nothing at this path' },
  { status: 408, code: 'REQUEST_TIMEOUT', when: 'the request did not arrive in time' },
  { status: 409, code: 'IDEMPOTENCY_CONFLICT', when: 'the key was used for another request' },
  {
    status: 409,
    code: 'DEVICE_REQUEST_ANSWERED',
    when: 'the device request was answered before',
  },
  { status: 413, code: 'PAYLOAD_TOO_LARGE', when: 'the body is too large' },
  { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', when: 'the body is not declared as JSON' },
  { status: 429, code: 'RATE_LIMITED', when: 'too many requests' },
  { status: 431, code: 'HEADERS_TOO_LARGE', when: 'the headers are too large' },
  { status: 500, code: 'INTERNAL_ERROR', when: 'the gateway failed' },
  { status: 503, code: 'SERVICE_UNAVAILABLE', when: 'the broker is away' },
]
