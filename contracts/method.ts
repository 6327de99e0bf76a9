import { loadCompiled } from './compiled-data.ts'
import type { JsonObject } from './envelope.ts'
import type { GatewayProduct } from './model.ts'
import type { Source } from './rule.ts'

/** JSON Schema, draft 2020-12, with the words `x-unit`, `x-enum-labels`, `x-step`, `x-digits`, `x-optional`, `x-from-example` and `x-access`. */
export type JsonSchema = { readonly [keyword: string]: unknown }

/** The platform's nine domains: the names of the files in `contracts/methods/`. */
export const domains = [
  'device',
  'camera',
  'drc',
  'psdk',
  'wayline',
  'live',
  'file',
  'safety',
  'firmware',
] as const
export type Domain = (typeof domains)[number]

/** Versions of DJI's documentation in which something stands, by product: `{ dock2: ['1.11.3', '1.15'] }`. */
export type ProductVersions = Readonly<Partial<Record<GatewayProduct, readonly string[]>>>

/** A method: a value of `command_type`, and what its payload holds. */
export interface Method {
  readonly name: string
  readonly domain: Domain
  readonly title: string
  /** Whether the platform lists it; the others stand only in DJI's documentation. */
  readonly offered: boolean
  /** Of the payload: the platform's own page of the method was read, or its fields are inferred. */
  readonly evidence: Source
  /** How DJI carries it: a command with a `services_reply`, a message on `drc/down`, or a request of the device. */
  readonly transport: 'services' | 'drc' | 'requests'
  /** Unknown fields pass, except for a method without arguments (`none` in the source), which takes `{}` only. */
  readonly payload: JsonSchema
  /** A small valid payload. */
  readonly example: JsonObject
  /** Where DJI's documentation has other fields, types or ranges than the payload here. */
  readonly differs?: string
  readonly dji: DjiFacts
}

/** What DJI's documentation says of a method. */
export interface DjiFacts {
  readonly evidence: Source
  /** `command`: done when replied. `job`: events of the same method follow. `long-running`: events of another method follow. */
  readonly kind: 'command' | 'job' | 'long-running'
  readonly products: ProductVersions
  readonly deprecated?: boolean
  readonly precondition?: Precondition
  /**
   * Schema of `data` in the `services_reply` (in the source `result` for `{ result }` alone, `job` for `{ result, output: { status } }`).
   * Missing where DJI sends none, which is so for every method that does not travel on `services`.
   */
  readonly reply?: JsonSchema
  readonly reply_variants?: readonly { readonly for: readonly string[]; readonly reply: JsonSchema }[]
  /** Of methods that the platform does not list: payloads of the named products (`dock1@1.11.3`) that differ. */
  readonly payload_variants?: readonly { readonly for: readonly string[]; readonly payload: JsonSchema }[]
  readonly progress?: Progress
  /** Events that it influences without starting them. */
  readonly related_events?: readonly string[]
  /** What the device asks the cloud for when it gets the command. */
  readonly device_requests?: readonly string[]
  readonly typical_errors?: { readonly codes: readonly number[]; readonly evidence: Source }
}

/** The state in which a device takes the command. */
export interface Precondition {
  /** 0 idle, 2 remote debugging. */
  readonly dock_mode_code?: 0 | 2
  readonly drone_in_dock?: 0 | 1
  readonly authority?: 'payload_authority'
  readonly aircraft?: 'airborne'
  readonly evidence: Source
}

/** How a job tells its progress. */
export interface Progress {
  /** Methods of the events. */
  readonly events: readonly string[]
  /**
   * `steps`: status, percent and step_key. `percent`: status and percent. `status`: status only.
   * `devices`: one final event with a result per device. `own`: as the event's schema in `contracts/messages/` says.
   */
  readonly shape: 'steps' | 'percent' | 'status' | 'devices' | 'own'
  /** The values of `step_key` in order (documentation v1.15). */
  readonly steps?: readonly string[]
  /** Of the shape and the steps. */
  readonly evidence: Source
}

/** Every method: by domain, the platform's order, those that it does not list last in their domain. */
export function methods(): readonly Method[] {
  return loadCompiled<readonly Method[]>('methods')
}

/** The methods that the platform lists. */
export function offeredMethods(): readonly Method[] {
  return methods().filter(({ offered }) => offered)
}

/** The method of that name, offered or not, or `undefined`. */
export function findMethod(name: string): Method | undefined {
  index ??= new Map(methods().map((method) => [method.name, method]))
  return index.get(name)
}

let index: ReadonlyMap<string, Method> | undefined
