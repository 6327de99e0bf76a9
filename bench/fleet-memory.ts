import { startRig } from '../src/index.ts'

/**
 * Makes fleets on real time (gateway, broker and docks in one process, as `dockrig serve` does) and prints how long they
 * take to get on line and how much memory each dock takes (with `--expose-gc` exactly). Numbers of docks may be given.
 */
async function main(): Promise<void> {
  const sizes = process.argv.slice(2).map(Number)
  for (const docks of sizes.length === 0 ? [50, 1_000] : sizes) await weigh(docks)
}

async function weigh(docks: number): Promise<void> {
  const rig = await startRig({ port: 0, devices: [] })
  const before = memory()
  const begun = process.hrtime.bigint()
  await rig.add({ count: docks, model: 'dock2' })
  const ms = Number(process.hrtime.bigint() - begun) / 1e6
  const after = memory()
  const each = (now: number, then: number): string => ((now - then) / docks / 1024).toFixed(0)
  console.log(
    `${docks} docks on line in ${ms.toFixed(0)} ms: ${each(after.heap, before.heap)} KiB of heap and ${each(after.whole, before.whole)} KiB of the process each`,
  )
  await rig.close()
}

function memory(): { readonly heap: number; readonly whole: number } {
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  return { heap: heapUsed, whole: rss }
}

await main()
