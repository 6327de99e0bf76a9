import type { GatewayParts } from '../../gateway/index.ts'
import type { Change } from '../defect.ts'
import { ofTheme } from '../defect.ts'

/** Refusals that say too little, too much, or the wrong thing. */
export const errorDefects = ofTheme('errors', [
  {
    name: 'bad-json-is-an-internal-error',
    breaks: ['error-no-500', 'create-refuses-json'],
    sentence: 'Lets the exception of the JSON parser through.',
    parts: () => ({ parseBody: (raw) => JSON.parse(Buffer.from(raw).toString('utf8')) as unknown }),
  },
  {
    name: 'invalid-body-is-an-internal-error',
    breaks: ['error-no-500', 'create-refuses-types', 'create-refuses-payload'],
    sentence: 'Calls methods of texts on whatever the request holds.',
    parts: ({ validateCreate }) => ({
      validateCreate(body, context) {
        const { vendor } = body as { readonly vendor: string }
        return vendor.trim() === '' ? validateCreate({}, context) : validateCreate(body, context)
      },
    }),
  },
  {
    name: 'unknown-id-is-an-internal-error',
    breaks: ['error-no-500', 'query-unknown-id'],
    sentence: 'Reads a command that the store did not find.',
    parts: statusFor({ COMMAND_NOT_FOUND: 500 }),
  },
  {
    name: 'errors-in-html',
    breaks: ['error-envelope'],
    sentence: 'Leaves error pages to the framework.',
    parts: () => ({ errorBody: (code) => `<html><body><h1>${code}</h1></body></html>` }),
  },
  {
    name: 'errors-without-request-id',
    breaks: ['error-envelope'],
    sentence: 'Leaves the request id out of error answers.',
    parts: () => ({ errorBody: (code, message) => ({ code, message }) }),
  },
  {
    name: 'errors-without-message',
    breaks: ['error-envelope'],
    sentence: 'Gives a code and no message.',
    parts: () => ({ errorBody: (code, _message, request_id) => ({ code, request_id }) }),
  },
  {
    name: 'errors-nested',
    breaks: ['error-envelope'],
    sentence: 'Puts code and message into an object of their own.',
    parts: () => ({ errorBody: (code, message, request_id) => ({ error: { code, message }, request_id }) }),
  },
  {
    name: 'errors-with-numbers',
    breaks: ['error-envelope'],
    sentence: 'Gives the HTTP status as the code of an error.',
    parts: ({ errorStatus }) => ({
      errorBody: (code, message, request_id) => ({ code: errorStatus(code), message, request_id }),
    }),
  },
  {
    name: 'errors-with-stack-traces',
    breaks: ['error-no-stack-trace'],
    sentence: 'Answers with the stack trace of the exception.',
    parts: () => ({
      errorBody: (code, message, request_id) => ({
        code,
        message: `Error: ${message}\n    at create (/srv/app/dist/commands.js:120:11)\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`,
        request_id,
      }),
    }),
  },
  {
    name: 'errors-with-status-200',
    breaks: [
      'create-refuses-missing',
      'create-refuses-json',
      'sign-requires',
      'query-unknown-id',
      'create-refuses-vendor',
    ],
    sentence: 'Answers every refusal with 200 and an error code in the body.',
    parts: () => ({ errorStatus: () => 200 }),
  },
  {
    name: 'validation-answered-with-422',
    breaks: [
      'create-refuses-missing',
      'create-refuses-types',
      'create-refuses-payload',
      'create-refuses-timeout',
    ],
    sentence: 'Answers an invalid request with 422.',
    parts: statusFor({ VALIDATION_FAILED: 422 }),
  },
  {
    name: 'conflict-answered-with-400',
    breaks: ['create-conflict'],
    sentence: 'Answers a conflict of keys with 400.',
    parts: statusFor({ IDEMPOTENCY_CONFLICT: 400 }),
  },
  {
    name: 'signature-answered-with-403',
    breaks: ['sign-refuses', 'error-forbidden'],
    sentence: 'Answers a wrong signature with 403.',
    parts: statusFor({ SIGNATURE_INVALID: 403 }),
  },
  {
    name: 'replayed-nonce-answered-with-409',
    breaks: ['sign-nonce'],
    sentence: 'Answers a nonce that was used before with 409.',
    parts: statusFor({ NONCE_REPLAYED: 409 }),
  },
  {
    name: 'unknown-id-answered-with-400',
    breaks: ['query-unknown-id'],
    sentence: 'Answers an unknown command id with 400.',
    parts: statusFor({ COMMAND_NOT_FOUND: 400 }),
  },
  {
    name: 'unknown-id-with-the-general-code',
    breaks: ['query-unknown-id'],
    sentence: 'Answers an unknown command id with NOT_FOUND.',
    parts: ({ errorBody }) => ({
      errorBody: (code, message, request_id) =>
        errorBody(code === 'COMMAND_NOT_FOUND' ? 'NOT_FOUND' : code, message, request_id),
    }),
  },
  {
    name: 'large-body-answered-with-400',
    breaks: ['error-payload-too-large', 'sign-bad-keeps-nonce', 'create-checks-payload'],
    sentence: 'Answers a body beyond the limit with 400.',
    parts: statusFor({ PAYLOAD_TOO_LARGE: 400 }),
  },
  {
    name: 'media-type-answered-with-400',
    breaks: ['error-unsupported-media-type'],
    sentence: 'Answers a body that is not declared as JSON with 400.',
    parts: statusFor({ UNSUPPORTED_MEDIA_TYPE: 400 }),
  },
  {
    name: 'request-id-of-the-caller-ignored',
    breaks: ['error-request-id-echo'],
    sentence: 'Always makes up a request id of its own.',
    parts: ({ requestId }) => ({ requestId: (_given, newId) => requestId(undefined, newId) }),
  },
])

type Status = GatewayParts['errorStatus']

/** Other statuses for some codes. */
function statusFor(statuses: Readonly<Partial<Record<Parameters<Status>[0], number>>>): Change {
  return ({ errorStatus }) => ({ errorStatus: (code) => statuses[code] ?? errorStatus(code) })
}
