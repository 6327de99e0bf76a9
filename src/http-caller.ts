import type { IncomingMessage } from 'node:http'
import { Agent, request as httpRequest } from 'node:http'
import { Agent as TlsAgent, request as httpsRequest } from 'node:https'
import type { HttpOutcome } from '../contracts/index.ts'
import type { WireRequest } from './scenario/index.ts'

/** Where a gateway answers. */
export interface HttpPlace {
  readonly host: string
  readonly port: number
  readonly secure?: boolean
  /** How long an answer may take, in milliseconds of real time. Default 30,000. */
  readonly timeoutMs?: number
}

/** Calls a gateway over real HTTP with connections that are kept alive. Trouble is an outcome, never thrown. */
export function httpCaller(place: HttpPlace): {
  call(request: WireRequest): Promise<HttpOutcome>
  close(): void
} {
  const secure = place.secure === true
  // noDelay: a small request must not wait for the acknowledgement of the one before.
  const agent = secure
    ? new TlsAgent({ keepAlive: true, noDelay: true })
    : new Agent({ keepAlive: true, noDelay: true })
  const open = secure ? httpsRequest : httpRequest
  const send = (request: WireRequest): Promise<Reply> =>
    new Promise((resolve) => {
      const { method, path, headers, body } = request
      const length = body === undefined ? {} : { 'content-length': String(body.byteLength) }
      const { host, port, timeoutMs: timeout = 30_000 } = place
      try {
        const call = open({ agent, host, port, method, path, headers: { ...headers, ...length }, timeout })
        const fail = (error: NodeJS.ErrnoException): void =>
          resolve({
            outcome: { kind: 'unanswered', why: reasonOf(error) },
            isStale: call.reusedSocket && error.code === 'ECONNRESET',
          })
        call.once('response', (answer) => read(answer, (outcome) => resolve({ outcome, isStale: false })))
        call.once('error', fail)
        call.once('timeout', () => call.destroy(new Error('no answer in time')))
        call.end(body)
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        resolve({ outcome: { kind: 'unanswered', why }, isStale: false })
      }
    })
  return {
    async call(request) {
      for (;;) {
        const { outcome, isStale } = await send(request)
        // A server may close an idle connection just when it is used again: no answer of the gateway's, so ask anew.
        if (!isStale) return outcome
      }
    },
    close: () => agent.destroy(),
  }
}

interface Reply {
  readonly outcome: HttpOutcome
  readonly isStale: boolean
}

function read(answer: IncomingMessage, resolve: (outcome: HttpOutcome) => void): void {
  const fail = (error: Error): void => resolve({ kind: 'unanswered', why: reasonOf(error) })
  const chunks: Buffer[] = []
  answer.on('data', (chunk: Buffer) => chunks.push(chunk))
  answer.once('error', fail)
  answer.once('aborted', () => fail(new Error('the connection was closed in the middle of the answer')))
  answer.once('end', () => {
    const headers = Object.fromEntries(
      Object.entries(answer.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : (value ?? ''),
      ]),
    )
    resolve({
      kind: 'answered',
      response: { status: answer.statusCode ?? 0, headers, body: Buffer.concat(chunks).toString('utf8') },
    })
  })
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was closed without an answer',
  ENOTFOUND: 'the host is not known',
  ETIMEDOUT: 'the host does not answer',
}

function reasonOf(error: NodeJS.ErrnoException): string {
  return reasons[error.code ?? ''] ?? error.message
}
