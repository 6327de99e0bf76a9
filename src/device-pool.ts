import type { DeviceAlias } from './scenario/index.ts'

/** A device that the gateway under test knows. */
export interface PooledDevice {
  readonly device_id: string
  readonly gateway_sn: string
  readonly password: string
}

/**
 * The devices of a gateway under test. A test leases what it needs, so that independent ones run side by side; the device
 * that was given back longest ago goes first, since a command of an earlier test may still be open on it.
 */
export class DevicePool {
  readonly #free: PooledDevice[]
  readonly #size: number
  readonly #waiting: (() => void)[] = []

  constructor(devices: readonly PooledDevice[]) {
    this.#free = [...devices]
    this.#size = devices.length
  }

  get size(): number {
    return this.#size
  }

  /** Takes one device for each name; waits until there are enough. */
  async lease(names: readonly string[]): Promise<ReadonlyMap<string, PooledDevice>> {
    while (this.#free.length < names.length) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    const taken = this.#free.splice(0, names.length)
    return new Map(
      names.flatMap((name, index) => (taken[index] === undefined ? [] : [[name, taken[index]] as const])),
    )
  }

  giveBack(devices: Iterable<PooledDevice>): void {
    this.#free.push(...devices)
    for (const wake of this.#waiting.splice(0)) wake()
  }
}

/** `device_id` → `{ gateway_sn }`, as `RIG_DEVICES` carries it. */
export function poolAsJson(devices: readonly Pick<DeviceAlias, 'device_id' | 'gateway_sn'>[]): string {
  return JSON.stringify(
    Object.fromEntries(devices.map(({ device_id, gateway_sn }) => [device_id, { gateway_sn }])),
  )
}
