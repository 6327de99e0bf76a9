import type { CommandRequest } from './command.ts'
import { isCreateRequest, shapeProblems } from './create-request.ts'
import type { ErrorCode } from './errors.ts'
import { isTooDeep, unsafeNumber } from './json-fitness.ts'
import type { Catalogue, DeviceDirectory } from './seams.ts'

/** Where a create request is looked up. */
export interface CreateContext {
  readonly catalogue: Catalogue
  readonly devices: DeviceDirectory
}

export type CreateVerdict =
  | { readonly kind: 'valid'; readonly request: CommandRequest; readonly gateway_sn: string }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly message: string }

/** Seconds that a command has when its request names none. */
export const defaultTimeoutSeconds = 30

/** Checks a parsed body: shape, vendor, method, payload, device, in this order. */
export function validateCreate(body: unknown, context: CreateContext): CreateVerdict {
  const problems = bodyProblems(body)
  if (problems.length > 0 || !isCreateRequest(body)) return refused('VALIDATION_FAILED', sentence(problems))
  const { vendor, command_type, device_id, payload } = body
  // rule: create-refuses-vendor
  if (vendor !== 'dji')
    return refused('UNSUPPORTED_VENDOR', `Vendor "${shown(vendor)}" is not supported; use "dji".`)
  // rule: create-refuses-command, method-not-offered-refused
  if (context.catalogue.find(command_type)?.offered !== true) {
    return refused('UNSUPPORTED_COMMAND', `Command "${shown(command_type)}" is not offered.`)
  }
  const faults = context.catalogue
    .check(command_type, payload)
    .map(({ pointer, expected, found }) => `/payload${pointer}: expected ${expected}, found ${found}`)
  if (faults.length > 0) return refused('VALIDATION_FAILED', sentence(faults)) // rule: create-checks-payload
  const device = context.devices.find(device_id)
  // rule: create-refuses-device
  if (device === undefined) return refused('DEVICE_NOT_FOUND', `No device has the id "${shown(device_id)}".`)
  // rule: create-default-timeout, create-accepts-timeout-range, create-timeout-zero
  const request = { ...body, timeout_seconds: body.timeout_seconds ?? defaultTimeoutSeconds }
  return { kind: 'valid', request, gateway_sn: device.gateway_sn }
}

/** Depth first: the other checks may recurse. A number that would be changed on its way is no valid payload (rule: mqtt-payload). */
function bodyProblems(body: unknown): readonly string[] {
  if (isTooDeep(body)) return ['the body is nested too deeply'] // rule: error-no-500
  const problems = shapeProblems(body)
  if (problems.length > 0) return problems
  const pointer = unsafeNumber(body)
  return pointer === undefined ? [] : [`${pointer} is a number that cannot be passed on exactly`]
}

function refused(code: ErrorCode, message: string): CreateVerdict {
  return { kind: 'refused', code, message }
}

function sentence(problems: readonly string[]): string {
  const listed = problems.slice(0, 20).join('; ')
  return `${listed}${problems.length > 20 ? `; and ${problems.length - 20} more` : ''}.`
}

function shown(value: string): string {
  return value.length > 64 ? `${value.slice(0, 64)}…` : value
}
