import type { JsonObject } from './envelope.ts'
import type { HttpError } from './http-error.ts'
import type { Method } from './method.ts'

/** The component schemas of the HTTP API, with one for the payload of each offered method that takes arguments. */
export function openApiSchemas(methods: readonly Method[], errors: readonly HttpError[]): JsonObject {
  const offered = methods.filter((method) => method.offered)
  return {
    CreateCommand: createCommand(offered),
    AcceptedCommand: acceptedCommand,
    Status: status,
    Command: command,
    Error: error(errors),
    DeviceRequestStatus: { type: 'string', enum: ['PENDING', 'ANSWERED'] },
    DeviceRequest: deviceRequest,
    DeviceRequestList: object({ items: { type: 'array', items: schema('DeviceRequest') } }),
    DeviceRequestReply: deviceRequestReply,
    NoArguments: {
      type: 'object',
      description: 'The method takes no arguments.',
      additionalProperties: false,
    },
    ...Object.fromEntries(
      offered.filter(takesArguments).map((method) => [`payload_${method.name}`, payloadOf(method)]),
    ),
  }
}

function createCommand(offered: readonly Method[]): JsonObject {
  return {
    type: 'object',
    required: ['vendor', 'device_id', 'command_type', 'idempotency_key', 'payload'],
    properties: {
      vendor: { type: 'string', enum: ['dji'] },
      device_id: { type: 'string', minLength: 1, examples: ['drone-001'] },
      command_type: {
        type: 'string',
        enum: offered.map(({ name }) => name),
        description: 'A method of the catalogue.',
      },
      idempotency_key: { type: 'string', minLength: 1, examples: ['close-0001'] },
      timeout_seconds: { type: 'integer', minimum: 0, maximum: 300, default: 30 },
      payload: { type: 'object', description: 'What the method takes; `{}` when it takes nothing.' },
    },
    additionalProperties: false,
    allOf: offered.map((method) => ({
      if: { properties: { command_type: { const: method.name } } },
      // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's own word
      then: {
        properties: { payload: schema(takesArguments(method) ? `payload_${method.name}` : 'NoArguments') },
      },
    })),
  }
}

/** A method without arguments takes the empty object only. */
function takesArguments({ payload }: Method): boolean {
  return payload['additionalProperties'] !== false
}

function payloadOf({ payload, title, example }: Method): JsonObject {
  return { title, ...payload, examples: [example] }
}

const instant = { type: 'string', format: 'date-time' }

const acceptedCommand: JsonObject = {
  type: 'object',
  required: ['command_id', 'status', 'accepted_at'],
  properties: {
    command_id: { type: 'string', format: 'uuid' },
    status: { type: 'string', const: 'ACCEPTED' },
    accepted_at: instant,
    request_id: { type: 'string' },
  },
}

const status: JsonObject = {
  type: 'string',
  enum: ['ACCEPTED', 'DELIVERED', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'UNMATCHED_RESPONSE'],
}

const command: JsonObject = {
  type: 'object',
  required: ['command_id', 'status', 'vendor', 'device_id', 'command_type'],
  properties: {
    command_id: { type: 'string', format: 'uuid' },
    status: schema('Status'),
    vendor: { type: 'string' },
    device_id: { type: 'string' },
    command_type: { type: 'string' },
    response_code: { type: 'string', description: 'The reply’s code when it has one, else its result.' },
    response_message: { type: 'string' },
    vendor_response: { type: 'object', description: 'The reply’s data as the device sent it.' },
    accepted_at: instant,
    delivered_at: instant,
    completed_at: instant,
    response_received_at: instant,
    updated_at: instant,
    failure_code: { type: 'string' },
    failure_reason: { type: 'string' },
  },
}

const deviceRequest: JsonObject = {
  type: 'object',
  required: ['id', 'status', 'vendor', 'device_id', 'gateway_sn', 'request_type', 'payload', 'received_at'],
  properties: {
    id: { type: 'string' },
    status: schema('DeviceRequestStatus'),
    vendor: { type: 'string' },
    device_id: { type: 'string' },
    gateway_sn: { type: 'string' },
    request_type: {
      type: 'string',
      description: 'Method of the request.',
      examples: ['flighttask_resource_get'],
    },
    payload: { description: 'Data of the request.' },
    received_at: instant,
    answered_at: instant,
    reply: { type: 'object', description: 'Data of the requests_reply.' },
  },
}

const deviceRequestReply: JsonObject = {
  type: 'object',
  required: ['reply_code'],
  properties: {
    reply_code: { type: 'integer', description: '0, or an error code.' },
    reply_message: { type: 'string' },
    payload: { type: 'object' },
  },
}

function error(errors: readonly HttpError[]): JsonObject {
  return object({
    code: { type: 'string', examples: [...new Set(errors.map(({ code }) => code))] },
    message: { type: 'string' },
    request_id: { type: 'string' },
  })
}

/** An object whose fields are all required. */
function object(properties: JsonObject): JsonObject {
  return { type: 'object', required: Object.keys(properties), properties }
}

function schema(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` }
}
