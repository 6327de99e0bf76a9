import type { DeviceAlias } from './rig.ts'

/** The devices of a rig by name; found by device id and serial number too, however many there are. */
export class DeviceDirectory extends Map<string, DeviceAlias> {
  readonly #byId = new Map<string, DeviceAlias>()
  readonly #bySerial = new Map<string, DeviceAlias>()

  find(device_id: string): DeviceAlias | undefined {
    return this.#byId.get(device_id)
  }

  bySerial(gateway_sn: string): DeviceAlias | undefined {
    return this.#bySerial.get(gateway_sn)
  }

  /** Id of the device with that serial number. */
  byGateway(gateway_sn: string): string | undefined {
    return this.#bySerial.get(gateway_sn)?.device_id
  }

  override set(name: string, device: DeviceAlias): this {
    this.#byId.set(device.device_id, device)
    this.#bySerial.set(device.gateway_sn, device)
    return super.set(name, device)
  }

  override delete(name: string): boolean {
    const device = this.get(name)
    if (device === undefined) return false
    this.#byId.delete(device.device_id)
    this.#bySerial.delete(device.gateway_sn)
    return super.delete(name)
  }
}
