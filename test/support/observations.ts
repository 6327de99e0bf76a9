import type { HttpExchange, JsonObject, Observation, Sender, SigningFact } from '../../contracts/index.ts'
import { defaultHeaders, formatTopic } from '../../contracts/index.ts'

/** The dock and the device that builders speak of when nobody says otherwise. */
export const sn = 'DOCK1'
export const start = Date.parse('2026-01-01T00:00:00.000Z')
export const devices = new Map([
  ['drone-001', { gateway_sn: sn }],
  ['drone-002', { gateway_sn: 'DOCK2' }],
])

/** The n-th id with the shape of a UUID. */
export function uuid(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
}

/** A point in the rig's order; instants are in milliseconds since `start`. */
export interface Point {
  readonly seq: number
  readonly ms: number
}

const asPlatform: Sender = { kind: 'platform' }
const asDock: Sender = { kind: 'dock', gateway_sn: sn }

export interface FrameParts {
  readonly topic?: string
  readonly sender?: Sender | 'unknown'
  readonly qos?: 0 | 1
  readonly retain?: boolean
  readonly refused?: string
  /** Instead of the envelope. */
  readonly raw?: string
  /** Over the envelope's fields; `undefined` leaves one out. */
  readonly envelope?: JsonObject
}

/** A valid `services` message of the n-th command. */
export function aService({ seq, ms }: Point, n = 1, parts: FrameParts = {}): Observation {
  const envelope = {
    tid: `tid-${n}`,
    bid: `bid-${n}`,
    timestamp: start + ms,
    method: 'drone_close',
    data: {},
  }
  return frame({ seq, ms }, envelope, { topic: formatTopic('services', sn), sender: asPlatform, ...parts })
}

/** A valid `services_reply` to the n-th command. */
export function aReply(
  { seq, ms }: Point,
  n = 1,
  data: unknown = { result: 0 },
  parts: FrameParts = {},
): Observation {
  const envelope = {
    tid: `tid-${n}`,
    bid: `bid-${n}`,
    timestamp: start + ms,
    gateway: sn,
    method: 'drone_close',
    data,
  }
  return frame({ seq, ms }, envelope, { topic: formatTopic('services_reply', sn), sender: asDock, ...parts })
}

/** Any message; by default an event of the dock. */
export function aFrame({ seq, ms }: Point, parts: FrameParts = {}): Observation {
  const envelope = {
    tid: `event-${seq}`,
    bid: 'bid-1',
    timestamp: start + ms,
    gateway: sn,
    method: 'drone_close',
    data: { result: 0, output: { status: 'in_progress', progress: { percent: 20 } } },
  }
  return frame({ seq, ms }, envelope, { topic: formatTopic('events', sn), sender: asDock, ...parts })
}

function frame({ seq, ms }: Point, envelope: JsonObject, parts: FrameParts): Observation {
  const { topic = '', sender, qos = 1, retain = false, refused, raw } = parts
  const text = raw ?? JSON.stringify({ ...envelope, ...parts.envelope })
  return {
    kind: 'frame',
    frame: {
      seq,
      at: start + ms,
      topic,
      qos,
      retain,
      payload: Buffer.from(text),
      ...(sender === undefined || sender === 'unknown' ? {} : { sender }),
      ...(refused === undefined ? {} : { refused }),
    },
  }
}

export interface ExchangeParts {
  /** `seq` and instant of the answer; by default right after the request. */
  readonly done?: Point
  readonly status?: number
  readonly body?: JsonObject
  /** The answer's text instead of a body. */
  readonly text?: string
  readonly request?: JsonObject
  /** The request's text instead of a body. */
  readonly requestText?: string
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly signing?: SigningFact
  readonly api_id?: string
  readonly path?: string
  readonly method?: string
  readonly unanswered?: string
}

const base = '/api/v1/open'

/** A valid create of the n-th command, answered with 202. */
export function aCreate({ seq, ms }: Point, n = 1, parts: ExchangeParts = {}): Observation {
  const request = {
    vendor: 'dji',
    device_id: 'drone-001',
    command_type: 'drone_close',
    idempotency_key: `key-${n}`,
    payload: {},
    timeout_seconds: 30,
    ...parts.request,
  }
  const { requestText = JSON.stringify(request), status = 202 } = parts
  const body = status < 300 ? acceptance(n, ms) : refusal('VALIDATION_FAILED')
  return exchange({ seq, ms }, { ...parts, status, requestText, body: { ...body, ...parts.body } }, 'POST')
}

/** A read of the n-th command. */
export function aRead(
  { seq, ms }: Point,
  n = 1,
  shown: JsonObject = {},
  parts: ExchangeParts = {},
): Observation {
  const body = {
    command_id: uuid(n),
    status: 'ACCEPTED',
    vendor: 'dji',
    device_id: 'drone-001',
    command_type: 'drone_close',
    accepted_at: time(1),
    updated_at: time(1),
    ...timesOf(shown['status']),
    ...shown,
  }
  const path = `${base}/downlink/commands/${uuid(n)}`
  const { status = 200 } = parts
  return exchange(
    { seq, ms },
    { path, ...parts, status, body: parts.body ?? (status === 200 ? body : refusal('COMMAND_NOT_FOUND')) },
    'GET',
  )
}

/** The fields of a command that a reply with that result decided. */
export function decided(result = 0, more: JsonObject = {}): JsonObject {
  const status = result === 0 ? 'SUCCEEDED' : 'FAILED'
  return { status, response_code: String(result), vendor_response: { result }, ...more }
}

export function refusal(code: string): JsonObject {
  return { code, message: 'Refused.', request_id: 'r-1' }
}

function acceptance(n: number, ms: number): JsonObject {
  return { command_id: uuid(n), status: 'ACCEPTED', accepted_at: time(ms), request_id: `r-${n}` }
}

/** The instant as the gateway writes it. */
export function time(ms: number): string {
  return new Date(start + ms).toISOString()
}

function timesOf(status: unknown): JsonObject {
  const end = { completed_at: time(2) }
  if (status === 'DELIVERED') return { delivered_at: time(2) }
  if (status === 'SUCCEEDED') return { ...end, response_received_at: time(2) }
  if (status === 'FAILED')
    return { ...end, response_received_at: time(2), failure_code: '1', failure_reason: 'It failed.' }
  return status === 'TIMED_OUT' ? end : {}
}

function exchange({ seq, ms }: Point, parts: ExchangeParts, method: string): Observation {
  const { api_id = 'api-1', signing = { kind: 'valid' as const, api_id }, requestText = '', done } = parts
  const headers = {
    'content-type': 'application/json',
    [defaultHeaders.api_id.toLowerCase()]: api_id,
    [defaultHeaders.timestamp.toLowerCase()]: String(Math.floor((start + ms) / 1_000)),
    [defaultHeaders.nonce.toLowerCase()]: `nonce-${seq}`,
    [defaultHeaders.signature.toLowerCase()]: 'ab'.repeat(32),
    ...parts.headers,
  }
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const sent: HttpExchange = {
    seqSent: seq,
    sentAt: start + ms,
    seqDone: done?.seq ?? seq + 1,
    doneAt: start + (done?.ms ?? ms),
    request: {
      method: parts.method ?? method,
      path: parts.path ?? `${base}/downlink/commands`,
      body: requestText,
      signing,
      headers: Object.fromEntries(given),
    },
    outcome:
      parts.unanswered === undefined
        ? {
            kind: 'answered',
            response: {
              status: parts.status ?? 200,
              headers: {},
              body: parts.text ?? JSON.stringify(parts.body),
            },
          }
        : { kind: 'unanswered', why: parts.unanswered },
  }
  return { kind: 'http', exchange: sent }
}

export function aDock({ seq, ms }: Point, link: 'up' | 'down' = 'up', gateway_sn = sn): Observation {
  return { kind: 'dock', seq, at: start + ms, gateway_sn, link }
}

export function aGateway({ seq, ms }: Point, is: 'ready' | 'stopped'): Observation {
  return { kind: 'gateway', seq, at: start + ms, is }
}

export function aBroker({ seq, ms }: Point, is: 'up' | 'down' | 'faulty'): Observation {
  return { kind: 'broker', seq, at: start + ms, is }
}
