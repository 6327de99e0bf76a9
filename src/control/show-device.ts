import type { DockGlance } from '../../simulator/index.ts'
import type { RigDeviceHandle } from '../library-device.ts'

/** A device as the control API shows it. */
export interface ShownDevice extends DockGlance {
  readonly device_id: string
  readonly gateway_sn: string
  readonly model: string
  readonly tags: readonly string[]
  readonly online: boolean
  /** Ids of the scripts that it follows; the first is asked first. */
  readonly scripts: readonly string[]
}

export function showDevice(device: RigDeviceHandle): ShownDevice {
  const { device_id, gateway_sn, model, tags, isOnline, scripts } = device
  return {
    device_id,
    gateway_sn,
    model,
    tags,
    online: isOnline,
    ...device.look(),
    scripts: scripts.map(({ id }) => id),
  }
}
