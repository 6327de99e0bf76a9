import type { DeviceSpec } from './language-devices.ts'

/** Devices by name, and the names that `count` made of one. */
export interface CountedDevices {
  readonly devices: Readonly<Record<string, DeviceSpec>>
  readonly groups: Readonly<Record<string, readonly string[]>>
}

/** Makes `dock-1` … `dock-10` of `dock: { count: 10 }`. */
export function countOut(declared: unknown): CountedDevices {
  const entries = Object.entries(
    declared as Readonly<Record<string, (DeviceSpec & { readonly count?: number }) | null>>,
  )
  const counted = entries.map(([name, spec]) => {
    const { count, ...device } = spec ?? {}
    const names =
      count === undefined ? [name] : Array.from({ length: count }, (_, index) => `${name}-${index + 1}`)
    return { name, names, device, isGroup: count !== undefined }
  })
  return {
    devices: Object.fromEntries(counted.flatMap(({ names, device }) => names.map((each) => [each, device]))),
    groups: Object.fromEntries(
      counted.filter(({ isGroup }) => isGroup).map(({ name, names }) => [name, names]),
    ),
  }
}
