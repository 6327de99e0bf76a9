#!/usr/bin/env node
/**
 * A command gateway in plain Node: HTTP in front, DJI docks behind an MQTT broker.
 *
 * It keeps what the contract promises (must and should) and, where the contract leaves a choice (may), it often chooses
 * otherwise than Dockrig's own gateway; each such place names its rule.
 */
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { connectBroker } from './broker.mjs'
import { Commands } from './commands.mjs'
import { isObject, parseJson } from './reply.mjs'
import { createVerifier } from './signing.mjs'

const COMMANDS_PATH = '/api/v1/open/downlink/commands'
const MAX_BODY_BYTES = 1024 * 1024

const settings = readSettings(process.env)
const verify = createVerifier(settings)
const broker = connectBroker(settings, {
  onReady: ready,
  onReply: (sn, payload) => commands.receive(sn, payload),
})
const commands = new Commands(settings.devices, (...publish) => broker.send(...publish))
const server = createServer((request, response) => {
  handle(request).then(
    (answer) => reply(response, answer),
    (error) => {
      console.error(error)
      reply(response, refusal(500, 'INTERNAL_ERROR', 'internal error'))
    },
  )
})
// Clients keep connections; closing idle ones early would meet their next request half way.
server.keepAliveTimeout = 65_000
server.on('clientError', answerUnparsable)
process.once('SIGTERM', stop)
process.once('SIGINT', stop)

function ready() {
  // HTTP opens only now, so that no command is accepted whose reply nobody would hear.
  if (!server.listening) server.listen(settings.httpPort, '127.0.0.1')
  commands.flush()
}

function stop() {
  server.close()
  server.closeAllConnections()
  broker.close(() => process.exit(0))
}

async function handle(request) {
  const body = await readBody(request)
  if (body === undefined) return refusal(413, 'PAYLOAD_TOO_LARGE', 'too large')

  const { method, url: target, headers } = request
  const path = target.split('?', 1)[0]
  const id = path.startsWith(`${COMMANDS_PATH}/`) ? path.slice(COMMANDS_PATH.length + 1) : undefined
  if (path !== COMMANDS_PATH && id === undefined) return refusal(404, 'NOT_FOUND', 'no such path')

  // rule: sign-reads (may). A command is read by whoever knows its id, signed or not.
  if (method === 'GET' && id !== undefined) return query(id)

  const code = verify({ method, target, headers, body })
  if (code) return refusal(401, code, 'no')
  if (id !== undefined || method !== 'POST') return refusal(405, 'METHOD_NOT_ALLOWED', 'no such method')
  return create(body)
}

function create(rawBody) {
  let body
  try {
    body = parseJson(rawBody)
  } catch {
    return refusal(400, 'INVALID_REQUEST_BODY', 'not JSON')
  }
  const fault = findFault(body)
  // rules: create-refuses-vendor, create-refuses-command. One code for everything that is wrong with the fields.
  if (fault) return refusal(400, 'VALIDATION_FAILED', fault)

  const { command, conflict } = commands.create(body, rawBody)
  if (conflict) return refusal(409, 'IDEMPOTENCY_CONFLICT', 'key in use')
  // rule: create-replay-200 (may). A replay is answered as the first request was, status code included.
  return {
    status: 202,
    body: {
      command_id: command.id,
      status: 'ACCEPTED',
      accepted_at: inSeconds(command.acceptedAt),
      request_id: randomUUID(),
      served_by: 'node-gateway',
    },
  }
}

/** rules: create-refuses-unknown-fields, create-checks-payload, create-refuses-empty (may): not looked at. */
function findFault(body) {
  if (!isObject(body)) return 'object'
  const texts = ['vendor', 'device_id', 'command_type', 'idempotency_key']
  const wrong = texts.find((name) => typeof body[name] !== 'string')
  if (wrong) return wrong
  if (body.vendor !== 'dji') return 'vendor'
  if (body.command_type !== 'drone_close') return 'command_type'
  if (!isObject(body.payload)) return 'payload'
  // rule: create-timeout-zero (may). The API reference begins at 1.
  const { timeout_seconds: timeout = 30 } = body
  if (!Number.isInteger(timeout) || timeout < 1 || timeout > 300) return 'timeout_seconds'
  return undefined
}

function query(id) {
  const command = commands.find(id)
  if (!command) return refusal(404, 'COMMAND_NOT_FOUND', 'no such command')
  // What is not known yet is null (rules: query-response-fields, query-timestamps).
  return {
    status: 200,
    body: {
      command_id: command.id,
      status: command.status,
      vendor: command.request.vendor,
      device_id: command.request.device_id,
      command_type: command.request.command_type,
      response_code: command.reply?.code ?? null,
      response_message: command.reply?.message ?? null,
      vendor_response: command.reply?.vendorResponse ?? null,
      accepted_at: inSeconds(command.acceptedAt),
      delivered_at: inSeconds(command.deliveredAt),
      response_received_at: inSeconds(command.repliedAt),
      completed_at: inSeconds(command.completedAt),
      failure_code: null,
      failure_reason: null,
      served_by: 'node-gateway',
    },
  }
}

/** rule: create-accepted-at-utc. Whole seconds, offset written out. */
function inSeconds(ms) {
  return ms === undefined ? null : `${new Date(ms).toISOString().slice(0, 19)}+00:00`
}

function refusal(status, code, message) {
  // X-Request-Id is not echoed (may): the id in the answer is always our own.
  return { status, body: { code, message, request_id: randomUUID() } }
}

function reply(response, { status, body }) {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}

/** What Node's HTTP parser refuses gets the same envelope as any other refusal. */
function answerUnparsable(error, socket) {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const text = JSON.stringify(refusal(400, 'INVALID_REQUEST', 'not HTTP').body)
  socket.end(
    'HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-type: application/json\r\n' +
      `content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  )
}

/** @returns {Promise<Buffer | undefined>} undefined when too large; it is read to its end, so that the answer is heard */
async function readBody(request) {
  const chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size <= MAX_BODY_BYTES) chunks.push(chunk)
    else chunks.length = 0
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks)
}

function readSettings(env) {
  const missing = ['RIG_MQTT_URL', 'RIG_HTTP_PORT', 'RIG_API_ID', 'RIG_API_KEY', 'RIG_DEVICES'].filter(
    (name) => !env[name],
  )
  if (missing.length > 0) {
    console.error(`Cannot start: ${missing.join(', ')} not set. README.md says what they are.`)
    process.exit(2)
  }
  let devices
  try {
    devices = Object.entries(JSON.parse(env.RIG_DEVICES)).map(([id, { gateway_sn: sn }]) => [id, sn])
  } catch {
    console.error('Cannot start: RIG_DEVICES is not JSON of the form { "device id": { "gateway_sn": "…" } }.')
    process.exit(2)
  }
  return {
    mqttUrl: env.RIG_MQTT_URL,
    username: env.RIG_MQTT_USERNAME,
    password: env.RIG_MQTT_PASSWORD,
    httpPort: Number(env.RIG_HTTP_PORT),
    apiId: env.RIG_API_ID,
    apiKey: env.RIG_API_KEY,
    devices: new Map(devices),
  }
}
