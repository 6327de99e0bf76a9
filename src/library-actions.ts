import { HarnessError } from '../contracts/index.ts'
import { createSelection } from '../simulator/index.ts'
import { inBatches, sideBySide } from './in-batches.ts'
import type { RigDeviceHandle } from './library-device.ts'
import type { DeviceAction, Selection } from './scenario/index.ts'
import { selectorOf } from './scenario/index.ts'

/** The devices that a rule of a fleet with the same words is for. */
export function choose(
  devices: readonly RigDeviceHandle[],
  selection: Selection,
  seed: number,
): readonly RigDeviceHandle[] {
  const isChosen = createSelection(selectorOf(selection), seed)
  return devices.filter(({ device_id: name, model, tags }) => isChosen({ name, model, tags }))
}

/**
 * Does something to many devices; resolves when it is done to all. Those that are taken away meanwhile are left out. A reboot
 * of many takes as long as that of one.
 */
export async function actOn(
  devices: readonly RigDeviceHandle[],
  action: DeviceAction,
  remove: (name: string) => Promise<void>,
): Promise<void> {
  const size = action.action === 'reboot' ? Math.max(1, devices.length) : sideBySide
  await inBatches(devices, size, (batch) =>
    Promise.all(batch.map((device) => act(device, action, remove).catch(unlessGone))),
  )
}

function act(
  device: RigDeviceHandle,
  { action, how, state }: DeviceAction,
  remove: (name: string) => Promise<void>,
): Promise<void> {
  switch (action) {
    case 'connect':
      return device.connect()
    case 'disconnect':
      return device.disconnect(how)
    case 'reboot':
      return device.reboot()
    case 'set':
      return device.set(state ?? {})
    case 'remove':
      return remove(device.device_id)
    default:
      return action satisfies never
  }
}

function unlessGone(error: unknown): void {
  if (!(error instanceof HarnessError) || error.code !== 'DEVICE_UNKNOWN') throw error
}
