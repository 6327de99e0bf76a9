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
  return {
    call: ({ method, path, headers, body }) =>
      new Promise((resolve) => {
        const fail = (error: Error): void => resolve({ kind: 'unanswered', why: reasonOf(error) })
        try {
          const length = body === undefined ? {} : { 'content-length': String(body.byteLength) }
          const call = open(
            {
              agent,
              host: place.host,
              port: place.port,
              method,
              path,
              headers: { ...headers, ...length },
              timeout: place.timeoutMs ?? 30_000,
            },
            (answer) => read(answer, resolve, fail),
          )
          call.once('error', fail)
          call.once('timeout', () => call.destroy(new Error('no answer in time')))
          call.end(body)
        } catch (error) {
          fail(error instanceof Error ? error : new Error(String(error)))
        }
      }),
    close: () => agent.destroy(),
  }
}

function read(
  answer: IncomingMessage,
  resolve: (outcome: HttpOutcome) => void,
  fail: (error: Error) => void,
): void {
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
