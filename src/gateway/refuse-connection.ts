import type { Socket } from 'node:net'
import { errorBody } from './errors.ts'
import type { ErrorCode } from './errors.ts'

/** Answers bytes that never became a request (broken HTTP, too many headers, too slow) and closes the connection. */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Socket, request_id: string): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const { line, code, message } = refusalOf(error.code)
  const body = JSON.stringify(errorBody(code, message, request_id)) // rule: error-envelope
  socket.end(
    [
      `HTTP/1.1 ${line}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Request-Id: ${request_id}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}

function refusalOf(cause: string | undefined): {
  readonly line: string
  readonly code: ErrorCode
  readonly message: string
} {
  switch (cause) {
    case 'HPE_HEADER_OVERFLOW':
      return {
        line: '431 Request Header Fields Too Large',
        code: 'HEADERS_TOO_LARGE',
        message: 'The headers are too large.',
      }
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return {
        line: '408 Request Timeout',
        code: 'REQUEST_TIMEOUT',
        message: 'The request took too long to arrive.',
      }
    default:
      return { line: '400 Bad Request', code: 'VALIDATION_FAILED', message: 'The request is not HTTP.' }
  }
}
