/** Where in a file the operator has to look; lines and columns count from 1. */
export interface SourcePosition {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** The closed set of what an operator can get wrong; `docs/errors.md` has a row for each. */
export const harnessErrorCodes = [
  'SCENARIO_INVALID',
  'SCENARIO_NOT_FOUND',
  'CONFIG_INVALID',
  'OPTION_INVALID',
  'FILE_UNREADABLE',
  'FILE_UNWRITABLE',
  'PORT_IN_USE',
  'BROKER_UNREACHABLE',
  'BROKER_REFUSED',
  'MQTT_VERSION',
  'GATEWAY_UNREACHABLE',
  'GATEWAY_BROKEN',
  'GATEWAY_NOT_READY',
  'DEVICE_UNKNOWN',
  'METHOD_UNKNOWN',
  'RULE_UNKNOWN',
  'REPORTER_UNKNOWN',
  'TEMPLATE_INVALID',
  'CAPABILITY_MISSING',
  'REMOTE_REFUSED',
  'SCRIPT_INVALID',
] as const

export type HarnessErrorCode = (typeof harnessErrorCodes)[number]

export interface HarnessErrorDetails {
  readonly hint?: string
  readonly position?: SourcePosition
  readonly cause?: unknown
}

/**
 * The operator's mistake: a bad file, an unreachable broker, an impossible option. Never a finding, never a bug.
 * The message has the form *Cannot ⟨do what⟩: ⟨what is wrong, the value in quotes⟩. ⟨What to do⟩.*
 */
export class HarnessError extends Error {
  override readonly name = 'HarnessError'
  readonly code: HarnessErrorCode
  readonly hint: string | undefined
  readonly position: SourcePosition | undefined

  constructor(code: HarnessErrorCode, message: string, details: HarnessErrorDetails = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause })
    this.code = code
    this.hint = details.hint
    this.position = details.position
  }
}

/** Marks a place that no value may reach. Throws a plain Error: reaching it is a bug of ours. */
export function unreachable(value: never): never {
  throw new Error(`Bug: reached the unreachable with ${JSON.stringify(value)}`)
}
