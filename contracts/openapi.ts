import type { JsonObject } from './envelope.ts'
import type { HttpError } from './http-error.ts'
import type { Method } from './method.ts'
import { openApiSchemas } from './openapi-schemas.ts'

/** What the document is made of. */
export interface OpenApiParts {
  /** Version of the package. */
  readonly version: string
  readonly methods: readonly Method[]
  readonly errors: readonly HttpError[]
}

/** Builds the OpenAPI 3.1 document of the HTTP API. Pure: the same parts give the same document. */
export function buildOpenApi({ version, methods, errors }: OpenApiParts): JsonObject {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Command gateway for DJI docks',
      version,
      description:
        'Create commands for devices behind DJI docks, read what became of them, and answer what docks ask.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: 'http://127.0.0.1:8080/api/v1/open' }],
    security: [{ apiId: [], timestamp: [], nonce: [], signature: [] }],
    tags: [
      { name: 'commands', description: 'Commands to devices' },
      { name: 'device-requests', description: 'What devices ask, and the answers' },
    ],
    paths: { ...commandPaths, ...deviceRequestPaths },
    components: {
      securitySchemes,
      parameters,
      headers: {
        RequestId: {
          description: 'Repeats the request’s X-Request-Id, or names a fresh one.',
          schema: { type: 'string' },
        },
      },
      responses: errorResponses(errors),
      schemas: openApiSchemas(methods, errors),
    },
  }
}

const commandPaths: JsonObject = {
  '/downlink/commands': {
    post: {
      operationId: 'createCommand',
      tags: ['commands'],
      summary: 'Create a command',
      description:
        'The same request with the same idempotency_key returns the same command and sends the device nothing more; another request with that key is refused.',
      parameters: [ref('parameters', 'RequestId')],
      requestBody: { required: true, content: json(ref('schemas', 'CreateCommand')) },
      responses: {
        200: answer('A replay: the command of the first request.', 'AcceptedCommand'),
        202: answer('Accepted.', 'AcceptedCommand'),
        ...refusals(400, 401, 403, 404, 409, 413, 415, 429, 500),
      },
    },
  },
  '/downlink/commands/{command_id}': {
    get: {
      operationId: 'readCommand',
      tags: ['commands'],
      summary: 'Read a command',
      parameters: [ref('parameters', 'CommandId'), ref('parameters', 'RequestId')],
      responses: { 200: answer('The command.', 'Command'), ...refusals(401, 403, 404, 429, 500) },
    },
  },
}

const deviceRequestPaths: JsonObject = {
  '/device-requests': {
    get: {
      operationId: 'listDeviceRequests',
      tags: ['device-requests'],
      summary: 'List what devices asked',
      parameters: ['Vendor', 'DeviceId', 'RequestType', 'RequestId'].map((name) => ref('parameters', name)),
      responses: {
        200: answer('The requests, newest first.', 'DeviceRequestList'),
        ...refusals(400, 401, 403, 429, 500),
      },
    },
  },
  '/device-requests/{id}': {
    get: {
      operationId: 'readDeviceRequest',
      tags: ['device-requests'],
      summary: 'Read a device request',
      parameters: [ref('parameters', 'Id'), ref('parameters', 'RequestId')],
      responses: { 200: answer('The request.', 'DeviceRequest'), ...refusals(401, 403, 404, 429, 500) },
    },
  },
  '/device-requests/{id}/reply': {
    post: {
      operationId: 'replyToDeviceRequest',
      tags: ['device-requests'],
      summary: 'Answer a device request',
      description: 'Publishes on requests_reply, with the tid, bid and method of the request.',
      parameters: [ref('parameters', 'Id'), ref('parameters', 'RequestId')],
      requestBody: { required: true, content: json(ref('schemas', 'DeviceRequestReply')) },
      responses: {
        202: answer('Accepted, and published.', 'DeviceRequest'),
        ...refusals(400, 401, 403, 404, 409, 413, 415, 429, 500),
      },
    },
  },
}

const securitySchemes: JsonObject = {
  apiId: header('X-Api-Id', 'Who calls.'),
  timestamp: header('X-Api-Timestamp', 'Unix time in seconds; accepted within 300 s.'),
  nonce: header('X-Api-Nonce', 'Used once per API ID in the window.'),
  signature: header(
    'X-Api-Signature',
    'HMAC-SHA256 with the API key, 64 lowercase hexadecimal digits, over the lines scheme, method, path, query, API ID, timestamp, nonce and hash of the body.',
  ),
}

const parameters: JsonObject = {
  RequestId: {
    name: 'X-Request-Id',
    in: 'header',
    description: 'Comes back in the answer.',
    schema: { type: 'string' },
  },
  CommandId: { name: 'command_id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
  Id: { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
  DeviceId: {
    name: 'device_id',
    in: 'query',
    description: 'Only requests of this device.',
    schema: { type: 'string' },
  },
  Vendor: {
    name: 'vendor',
    in: 'query',
    description: 'Only requests of this vendor.',
    schema: { type: 'string' },
  },
  RequestType: {
    name: 'request_type',
    in: 'query',
    description: 'Only requests of this method.',
    schema: { type: 'string' },
  },
}

/** A reference into `components`. */
function ref(kind: string, name: string): JsonObject {
  return { $ref: `#/components/${kind}/${name}` }
}

function json(schema: JsonObject): JsonObject {
  return { 'application/json': { schema } }
}

function answer(description: string, schema: string): JsonObject {
  return {
    description,
    headers: { 'X-Request-Id': ref('headers', 'RequestId') },
    content: json(ref('schemas', schema)),
  }
}

function refusals(...statuses: readonly number[]): JsonObject {
  return Object.fromEntries(statuses.map((status) => [status, ref('responses', `Error${status}`)]))
}

function header(name: string, description: string): JsonObject {
  return { type: 'apiKey', in: 'header', name, description }
}

function errorResponses(errors: readonly HttpError[]): JsonObject {
  const statuses = [...new Set(errors.map(({ status }) => status))]
  return Object.fromEntries(
    statuses.map((status) => [
      `Error${status}`,
      errorResponse(errors.filter((error) => error.status === status)),
    ]),
  )
}

function errorResponse(errors: readonly HttpError[]): JsonObject {
  const codes = errors.map(({ code }) => code)
  const schema = { allOf: [ref('schemas', 'Error'), { properties: { code: { enum: codes } } }] }
  return {
    description: errors.map(({ code, when }) => `\`${code}\`: ${when}.`).join(' '),
    headers: { 'X-Request-Id': ref('headers', 'RequestId') },
    content: json(schema),
  }
}
