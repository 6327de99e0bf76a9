import { checkLocally } from './check-locally.ts'
import { DeviceSpec } from './language.ts'

/** What is wrong with a map from device to its description, in words; nothing when it is right. */
export function checkScripts(devices: unknown): readonly string[] {
  if (devices === null || devices === undefined) return []
  if (typeof devices !== 'object' || Array.isArray(devices)) return ['it is no map from device to script']
  return Object.entries(devices).flatMap(([name, device]) =>
    device === null
      ? []
      : checkLocally(DeviceSpec, device).map(({ message }) => `device "${name}": ${message}`),
  )
}
