import type { CreateReading } from './create-request.ts'
import { readCreateRequest } from './create-request.ts'
import type { JsonObject } from './envelope.ts'
import { isJsonObject } from './envelope.ts'
import type { HttpExchange } from './exchange.ts'
import type { Profile } from './profile.ts'

/** An HTTP exchange as the judge understands it. */
export interface HeardExchange {
  readonly exchange: HttpExchange
  readonly call:
    | { readonly kind: 'create'; readonly reading: CreateReading }
    | { readonly kind: 'read'; readonly command_id: string }
    | { readonly kind: 'other' }
  /** Missing when there was no answer. */
  readonly answer?: HeardAnswer
}

export interface HeardAnswer {
  readonly status: number
  readonly text: string
  /** The body when it is a JSON object, else empty. */
  readonly body: JsonObject
  /** `code` of the error envelope. */
  readonly code: string | undefined
}

/** Reads an exchange: which call it is, and what was answered. */
export function readExchange(exchange: HttpExchange, profile: Profile): HeardExchange {
  const { outcome } = exchange
  const call = callOf(exchange, profile)
  return outcome.kind === 'answered'
    ? { exchange, call, answer: readAnswer(outcome.response.status, outcome.response.body) }
    : { exchange, call }
}

export function isAccepted(answer: HeardAnswer | undefined): answer is HeardAnswer {
  return answer !== undefined && answer.status >= 200 && answer.status < 300
}

/** Whether the request may have been carried out or not: there was no answer, or a 5xx. */
export function isLost({ answer }: HeardExchange): boolean {
  return answer === undefined || answer.status >= 500
}

function readAnswer(status: number, text: string): HeardAnswer {
  const value = parse(text)
  const body = isJsonObject(value) ? value : {}
  return { status, text, body, code: typeof body['code'] === 'string' ? body['code'] : undefined }
}

function callOf({ request }: HttpExchange, profile: Profile): HeardExchange['call'] {
  const [path = ''] = request.path.split('?')
  const commands = `${profile.base_path}/downlink/commands`
  if (request.method === 'POST' && path === commands)
    return { kind: 'create', reading: readCreateRequest(request.body, profile) }
  if (request.method !== 'GET' || !path.startsWith(`${commands}/`)) return { kind: 'other' }
  const command_id = path.slice(commands.length + 1)
  return /^[\w-]+$/.test(command_id) ? { kind: 'read', command_id } : { kind: 'other' }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
