import { inBatches } from '../in-batches.ts'
import type { Io } from '../io.ts'
import type { DockRig } from '../library.ts'
import type { NewDevices } from '../scenario/index.ts'
import { createLiveLine } from './live-line.ts'

export interface StockOptions {
  readonly devices: NewDevices
  /** What the docks do from the beginning, before they connect. */
  readonly prepare: () => void
  readonly isStopped: () => boolean
}

/** How many connect side by side; the line tells how far it is after each batch. */
const batchSize = 50

/** Makes the docks of a sandbox and connects them, with a line that tells how far it is. `stopped`: the operator wants to end. */
export async function stockFleet(
  rig: DockRig,
  { devices, prepare, isStopped }: StockOptions,
  io: Io,
): Promise<'stocked' | 'stopped'> {
  const made = await rig.add({ ...devices, online: false })
  prepare()
  const line = made.length > batchSize ? createLiveLine(io) : undefined
  await inBatches(made, batchSize, async (batch, from) => {
    if (isStopped()) return
    line?.show(`${from} of ${made.length} docks are on line`)
    // The control API is open already, and may have taken some away.
    const here = new Set(rig.devices)
    await Promise.all(batch.filter((device) => here.has(device)).map((device) => device.connect()))
  })
  line?.clear()
  return isStopped() ? 'stopped' : 'stocked'
}
