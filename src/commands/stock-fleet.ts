import type { Io } from '../io.ts'
import type { DockRig } from '../library.ts'
import type { NewDevices } from '../scenario/index.ts'

export interface StockOptions {
  readonly devices: NewDevices
  /** What the docks do from the beginning, before they connect. */
  readonly prepare: () => void
  readonly isStopped: () => boolean
}

/** How many connect side by side. */
const batch = 50

/** Makes the docks of a sandbox and connects them, with a line that tells how far it is. `stopped`: the operator wants to end. */
export async function stockFleet(
  rig: DockRig,
  { devices, prepare, isStopped }: StockOptions,
  io: Io,
): Promise<'stocked' | 'stopped'> {
  const made = await rig.add({ ...devices, online: false })
  prepare()
  for (let from = 0; from < made.length; from += batch) {
    if (isStopped()) break
    tell(from, made.length, io)
    // The control API is open already, and may have taken some away.
    const here = new Set(rig.devices)
    const next = made.slice(from, from + batch).filter((device) => here.has(device))
    await Promise.all(next.map((device) => device.connect()))
  }
  if (made.length > batch && io.stderr.isTTY) io.stderr.write('\r\u001B[K')
  return isStopped() ? 'stopped' : 'stocked'
}

function tell(online: number, all: number, io: Io): void {
  if (all <= batch || !io.stderr.isTTY) return
  io.stderr.write(`\r\u001B[K${online} of ${all} docks are on line`)
}
