import type { FastifyInstance, FastifyRequest } from 'fastify'
import { tenantOf } from './tenant.ts'

/** A call that was answered, as whoever watches the traffic is told of it: no headers and no bodies, since they hold secrets. */
export interface AnsweredCall {
  /** When it came, milliseconds since the epoch. */
  readonly at: number
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly status: number
  /** How long the answer took, in milliseconds. */
  readonly ms: number
  /** Who says to call; whether that is true the status tells. */
  readonly api_id?: string
  readonly command_id?: string
  readonly device_id?: string
  /** Of a refusal: its error code. */
  readonly code?: string
}

/** Told of every call; what it was is put together only when it is asked for. */
export type CallListener = (call: () => AnsweredCall) => void

/** Tells the gateway's owner of each call when it is answered. */
export function addCallHooks(app: FastifyInstance): void {
  const begun = new WeakMap<FastifyRequest, number>()
  const answers = new WeakMap<FastifyRequest, unknown>()
  app.addHook('onRequest', (request, _reply, done) => {
    begun.set(request, tenantOf(request).clock.now())
    done()
  })
  app.addHook('onSend', (request, _reply, payload, done) => {
    answers.set(request, payload)
    done(null, payload)
  })
  app.addHook('onResponse', (request, reply, done) => {
    const { clock, onCall } = tenantOf(request)
    const now = clock.now()
    onCall?.(() => {
      const at = begun.get(request) ?? now
      const { method, url: path } = request
      return {
        at,
        method,
        path,
        status: reply.statusCode,
        ms: now - at,
        ...wordsOf(request, answers.get(request)),
      }
    })
    done()
  })
}

const longestWord = 128

/** What the call was about, from its header, its body and its answer. */
function wordsOf(request: FastifyRequest, answer: unknown): Partial<AnsweredCall> {
  const said = request.body instanceof Uint8Array ? parsed(Buffer.from(request.body).toString()) : {}
  const answered = typeof answer === 'string' ? parsed(answer) : {}
  const words = {
    api_id: request.headers['x-api-id'],
    command_id: answered['command_id'],
    device_id: answered['device_id'] ?? said['device_id'],
    code: answered['code'],
  }
  return Object.fromEntries(
    Object.entries(words).filter(([, word]) => typeof word === 'string' && word.length <= longestWord),
  )
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
