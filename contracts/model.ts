import { loadCompiled } from './compiled-data.ts'
import type { Source } from './rule.ts'

/** Products as DJI's documentation groups them; docks and remote controllers. */
export const gatewayProducts = ['dock1', 'dock2', 'dock3', 'rc', 'rc-pro', 'rc-plus-2'] as const
export type GatewayProduct = (typeof gatewayProducts)[number]

/** Groups of aircraft that share one table of properties. */
export const aircraftProducts = ['m30', 'm3d', 'm4d'] as const
export type Product = GatewayProduct | (typeof aircraftProducts)[number]

/** A type of device: its numbers in `update_topo`, and what belongs to it. */
export interface Model {
  /** The short name that scenarios and options use: `dock2`, `m3td`. */
  readonly id: string
  readonly name: string
  readonly role: 'dock' | 'aircraft' | 'remote-controller'
  /** `domain-type-sub_type`, as in `device_model_key`. */
  readonly key: string
  /** A number here and in `key`; `update_topo` writes it as a string. */
  readonly domain: number
  readonly type: number
  readonly sub_type: number
  /** Whose file in `contracts/properties/` describes its osd and state. */
  readonly properties: Product
  /** On a dock: ids of the aircraft that fit into it. */
  readonly aircraft?: readonly string[]
  readonly payloads: readonly PayloadDevice[]
  /** Of the numbers. */
  readonly evidence: Source
}

/** A camera on a device. */
export interface PayloadDevice {
  /** `type-subtype-gimbal index`. */
  readonly index: string
  readonly name: string
  readonly evidence: Source
}

/** Every model, docks first. */
export function models(): readonly Model[] {
  return loadCompiled<readonly Model[]>('models')
}

/** The model of that id (`dock2`) or key (`3-2-0`), or `undefined`. */
export function findModel(idOrKey: string): Model | undefined {
  return models().find(({ id, key }) => id === idOrKey || key === idOrKey)
}
