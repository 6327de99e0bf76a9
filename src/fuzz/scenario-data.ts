import type { DeviceScript } from '../../simulator/index.ts'

/** A step as it stands in a file: one verb, and its companions. */
export type StepData = Readonly<Record<string, unknown>>

/** A device as it stands in a file. */
export interface DeviceData {
  readonly on?: DeviceScript
}

/** What a scenario file says of devices and steps, as plain data. */
export interface ScenarioData {
  readonly devices: Readonly<Record<string, DeviceData>>
  readonly steps: readonly StepData[]
}

/** A copy without the fields that are undefined. */
export function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined)
  // the fields that are left are those that have a value
  return Object.fromEntries(known) as { [K in keyof T]: Exclude<T[K], undefined> }
}
