import type { JsonObject } from './envelope.ts'
import { isJsonObject } from './envelope.ts'
import { findMethod } from './method.ts'
import { checkPayload } from './payload-schema.ts'
import type { Profile } from './profile.ts'

/** One thing that is wrong with a create request, and how it is to be refused. */
export interface Fault {
  readonly rule: string
  /** The HTTP status that refuses it. */
  readonly status: number
  /** Codes that may say so; none where the contract names none. */
  readonly codes: readonly string[]
  /** JSON pointers within the payload that the message must name (rule: create-checks-payload). */
  readonly pointers?: readonly string[]
}

/** The body of a create, as far as it can be read. */
export interface CreateReading {
  readonly body: JsonObject | undefined
  readonly faults: readonly Fault[]
  /** Something about it that the contract does not decide: it may be accepted or refused. */
  readonly doubt?: string
}

/** What the body of a create request deserves; the device's existence is not looked at. */
export function readCreateRequest(text: string, profile: Profile): CreateReading {
  if (isTooDeep(text)) return { body: undefined, faults: [], doubt: 'deeply nested' }
  const value = parse(text)
  if (value === undefined) return notJson(text)
  if (!isJsonObject(value)) return { body: undefined, faults: [notAnObject] }
  const faults = [
    ...requiredFields.flatMap((field) => fieldFaults(value, field)),
    ...payloadFaults(value),
    ...timeoutFaults(value['timeout_seconds']),
    ...vendorFaults(value['vendor']),
    ...unknownFieldFaults(value),
    ...methodFaults(value),
  ]
  const doubt = doubtOf(value, text, profile)
  return { body: value, faults, ...(doubt === undefined ? {} : { doubt }) }
}

const requiredFields = ['vendor', 'device_id', 'command_type', 'idempotency_key'] as const
const knownFields = new Set<string>([...requiredFields, 'payload', 'timeout_seconds'])
/** Vendors that the platform may well know beside DJI: naming one is no invention. */
const realVendors = new Set(['dji', 'px4', 'ardupilot', 'autel', 'parrot', 'skydio', 'mavlink', 'xag'])

function invalid(rule: string, ...more: readonly string[]): Fault {
  return { rule, status: 400, codes: ['VALIDATION_FAILED', ...more] }
}

const notAnObject: Fault = invalid('create-refuses-missing', 'INVALID_REQUEST_BODY')

/** A missing body may be told from one that is no JSON. */
function notJson(text: string): CreateReading {
  if (text.startsWith('\uFEFF')) return { body: undefined, faults: [], doubt: 'a byte order mark' }
  const empty = text.trim() === '' ? ['VALIDATION_FAILED'] : []
  const codes = ['INVALID_REQUEST_BODY', ...empty]
  return { body: undefined, faults: [{ rule: 'create-refuses-json', status: 400, codes }] }
}

function fieldFaults(body: JsonObject, field: string): readonly Fault[] {
  const value = body[field]
  if (value === undefined) return [invalid('create-refuses-missing')]
  if (value === '') return [invalid('create-refuses-empty')]
  return typeof value === 'string' ? [] : [invalid('create-refuses-types')]
}

function payloadFaults(body: JsonObject): readonly Fault[] {
  if (body['payload'] === undefined) return [invalid('create-refuses-missing')]
  return isJsonObject(body['payload']) ? [] : [invalid('create-refuses-payload')]
}

function timeoutFaults(value: unknown): readonly Fault[] {
  if (typeof value === 'string') return [invalid('create-refuses-timeout')]
  if (typeof value !== 'number') return []
  return Number.isInteger(value) && value >= 0 && value <= 300 ? [] : [invalid('create-refuses-timeout')]
}

function vendorFaults(value: unknown): readonly Fault[] {
  if (typeof value !== 'string' || value === '' || realVendors.has(value.trim().toLowerCase())) return []
  return [{ rule: 'create-refuses-vendor', status: 400, codes: ['UNSUPPORTED_VENDOR', 'VALIDATION_FAILED'] }]
}

function unknownFieldFaults(body: JsonObject): readonly Fault[] {
  const isKnown = Object.keys(body).every((key) => knownFields.has(key))
  return isKnown ? [] : [{ rule: 'create-refuses-unknown-fields', status: 400, codes: [] }]
}

function methodFaults(body: JsonObject): readonly Fault[] {
  const name = body['command_type']
  if (typeof name !== 'string' || name === '') return []
  const method = findMethod(name)
  if (method?.offered === false)
    return [{ rule: 'method-not-offered-refused', status: 400, codes: ['UNSUPPORTED_COMMAND'] }]
  if (method === undefined) {
    const isNear = findMethod(name.trim().toLowerCase()) !== undefined
    const codes = ['UNSUPPORTED_COMMAND', 'VALIDATION_FAILED']
    return isNear ? [] : [{ rule: 'create-refuses-command', status: 400, codes }]
  }
  if (!isJsonObject(body['payload'])) return []
  const problems = checkPayload(method, body['payload'])
  if (problems.length === 0) return []
  return [{ ...invalid('create-checks-payload'), pointers: problems.map(({ pointer }) => pointer) }]
}

/** What the contract leaves open, so that no gateway is accused for either answer. */
function doubtOf(body: JsonObject, text: string, profile: Profile): string | undefined {
  const { vendor, command_type, idempotency_key: key, timeout_seconds: timeout } = body
  if (typeof vendor === 'string' && vendor !== 'dji' && vendorFaults(vendor).length === 0)
    return 'a vendor that may be real'
  if (typeof key === 'string' && !/^[\x21-\x7e]{0,64}$/.test(key)) return 'an unusual idempotency key'
  if (timeout !== undefined && typeof timeout !== 'number' && typeof timeout !== 'string')
    return 'a timeout of an odd type'
  if (typeof timeout === 'number' && !/"timeout_seconds"\s*:\s*-?[\d.]+\s*[,}]/.test(text))
    return 'a timeout in an odd notation'
  if (/[:[,]\s*-?\d{16,}|\d[eE][+-]?\d{2,}/.test(text)) return 'a number that JSON readers may change'
  if (typeof command_type === 'string' && !isOffered(command_type, profile))
    return 'a method that is not offered'
  return undefined
}

function isOffered(name: string, profile: Profile): boolean {
  const method = findMethod(name)
  if (method === undefined) return findMethod(name.trim().toLowerCase()) === undefined
  return !method.offered || profile.methods === 'all' || profile.methods.includes(name)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Counts brackets without minding strings: too careful at worst. */
function isTooDeep(text: string): boolean {
  if (text.length < 128) return false
  let level = 0
  for (const char of text) {
    if (char === '{' || char === '[') level += 1
    if (char === '}' || char === ']') level -= 1
    if (level > 32) return true
  }
  return false
}
