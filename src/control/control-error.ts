import type { HarnessErrorCode } from '../../contracts/index.ts'
import { HarnessError } from '../../contracts/index.ts'
import type { Problem } from '../scenario/index.ts'

/** What the control API refuses, beside the operator's mistakes that the library knows. */
const statuses = {
  BODY_INVALID: 400,
  QUERY_INVALID: 400,
  UNAUTHORIZED: 401,
  CROSS_SITE: 403,
  HOST_UNKNOWN: 403,
  NOT_FOUND: 404,
  SCRIPT_UNKNOWN: 404,
  TOO_MANY_READERS: 429,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  INTERNAL_ERROR: 500,
} as const
type ControlCode = keyof typeof statuses
/** Status of a refusal. */
export type ControlStatus = (typeof statuses)[ControlCode]

/** A refusal of the control API, with the places in the body that are wrong. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
  readonly code: ControlCode
  readonly problems: readonly Problem[]

  constructor(code: ControlCode, message: string, problems: readonly Problem[] = []) {
    super(message)
    this.code = code
    this.problems = problems
  }
}

/** An answer to what went wrong: status, and the one envelope that all errors have. */
export interface ErrorAnswer {
  readonly status: number
  readonly body: {
    readonly code: ControlCode | HarnessErrorCode
    readonly message: string
    readonly problems?: readonly ShownProblem[]
  }
}

/** Where a body is wrong; lines and columns count from 1. */
export type ShownProblem = Pick<Problem, 'line' | 'column' | 'message' | 'expected' | 'suggestion'>

/** Says what went wrong; of a mistake of ours, nothing that the caller could use. */
export function answerTo(error: unknown): ErrorAnswer {
  if (error instanceof ControlError) return refusal(error)
  if (error instanceof HarnessError) {
    return { status: statusOf(error.code), body: { code: error.code, message: error.message } }
  }
  const { code } = error as { readonly code?: unknown }
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refusal(
        new ControlError('PAYLOAD_TOO_LARGE', 'Cannot read the body: it has more than 1 MiB. Send less.'),
      )
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refusal(
        new ControlError(
          'UNSUPPORTED_MEDIA_TYPE',
          'Cannot read the body: its media type is unknown. Declare it as application/json or application/yaml.',
        ),
      )
    default:
      return isClientError(error)
        ? refusal(new ControlError('BODY_INVALID', 'Cannot read the request: it is broken. Check it.'))
        : refusal(new ControlError('INTERNAL_ERROR', 'Dockrig failed; what it knows stands in its terminal.'))
  }
}

/** A dock that the broker does not let in is nobody's mistake who calls. */
function statusOf(code: HarnessErrorCode): number {
  if (code === 'DEVICE_UNKNOWN') return 404
  return code.startsWith('BROKER_') ? 503 : 400
}

/** What each status may be the answer to. */
export function codesOf(status: ControlStatus | 503): readonly string[] {
  const own = Object.entries(statuses).flatMap(([code, its]) => (its === status ? [code] : []))
  return [...own, ...(libraryCodes[status] ?? [])]
}

/** Codes of the library that callers meet. */
const libraryCodes: Readonly<Record<number, readonly string[]>> = {
  400: ['OPTION_INVALID'],
  404: ['DEVICE_UNKNOWN'],
  503: ['BROKER_UNREACHABLE', 'BROKER_REFUSED'],
}

function refusal({ code, message, problems }: ControlError): ErrorAnswer {
  const shown = problems.map(({ line, column, message: what, expected, suggestion }) => ({
    line,
    column,
    message: what,
    ...(expected === undefined ? {} : { expected }),
    ...(suggestion === undefined ? {} : { suggestion }),
  }))
  return {
    status: statuses[code],
    body: { code, message, ...(shown.length === 0 ? {} : { problems: shown }) },
  }
}

function isClientError(error: unknown): boolean {
  const { statusCode } = error as { readonly statusCode?: unknown }
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500
}
