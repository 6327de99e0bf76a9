/** Every error code that an answer may carry, with its HTTP status (CONTRACT: section 6; the last ones are choices). */
export const errorStatuses = {
  INVALID_REQUEST_BODY: 400,
  VALIDATION_FAILED: 400,
  UNSUPPORTED_VENDOR: 400,
  UNSUPPORTED_COMMAND: 400,
  UNAUTHORIZED: 401,
  SIGNATURE_INVALID: 401,
  TIMESTAMP_EXPIRED: 401,
  NONCE_REPLAYED: 401,
  FORBIDDEN: 403,
  COMMAND_NOT_FOUND: 404,
  DEVICE_NOT_FOUND: 404,
  DEVICE_REQUEST_NOT_FOUND: 404,
  NOT_FOUND: 404,
  REQUEST_TIMEOUT: 408,
  IDEMPOTENCY_CONFLICT: 409,
  DEVICE_REQUEST_ANSWERED: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RATE_LIMITED: 429,
  HEADERS_TOO_LARGE: 431,
  INTERNAL_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
} as const
export type ErrorCode = keyof typeof errorStatuses

/** A refusal that the caller is told of: code and sentence go into the answer as they are. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ErrorCode
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, message: string, retryAfterSeconds?: number) {
    super(message)
    this.code = code
    this.retryAfterSeconds = retryAfterSeconds
  }

  get status(): number {
    return errorStatuses[this.code]
  }
}

/** The body of every 4xx and 5xx. */
export interface ErrorBody {
  readonly code: string
  readonly message: string
  readonly request_id: string
}

/** The HTTP status of an error answer. */
export function errorStatus(code: ErrorCode): number {
  return errorStatuses[code]
}

/** Writes the body of an error answer. */
export function errorBody(code: ErrorCode, message: string, request_id: string): ErrorBody {
  return { code, message, request_id } // rule: error-envelope, error-no-stack-trace
}
