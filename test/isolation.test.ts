import { getActiveResourcesInfo } from 'node:process'
import { describe, expect, it } from 'vitest'
import { systemClock, turn } from '../simulator/index.ts'
import type { StartOptions } from '../src/index.ts'
import { startRig } from '../src/index.ts'

/** What keeps a process alive, counted by kind; the test runner's own pipes and timers are in it. */
function resources(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const kind of getActiveResourcesInfo()) {
    if (!/Timeout|TCP|Socket|Immediate/.test(kind)) continue
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}

/** Kinds of which there are more than before. */
function grown(before: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(resources()).flatMap(([kind, count]) =>
    count > (before[kind] ?? 0) ? [`${kind}: ${before[kind] ?? 0}, then ${count}`] : [],
  )
}

/** Closed sockets go away within a few turns; a little real time lets the kernel say so. */
async function rest(): Promise<void> {
  for (let turns = 0; turns < 5; turns++) await turn()
  await new Promise<void>((resolve) => systemClock.after(50, resolve))
  await turn()
}

async function useRig(options: StartOptions): Promise<void> {
  const rig = await startRig(options)
  await (await rig.send('drone-001', 'drone_close')).reaches('SUCCEEDED')
  // One is left open: its timers have to go with the rig.
  rig.device('drone-001').on('drone_close', { hold: true, reply: { result: 0 } })
  await rig.send('drone-001', 'drone_close')
  await rig.close()
}

describe('a rig that was closed', () => {
  it.each([
    ['virtual', {}, 100],
    ['real', { port: 0 }, 20],
  ] as const)('leaves nothing behind in %s time', { timeout: 30_000 }, async (_, options, rigs) => {
    await useRig(options)
    await rest()
    const before = resources()

    for (let count = 0; count < rigs; count++) await useRig(options)
    await rest()

    expect(grown(before)).toEqual([])
  })

  it('leaves nothing behind when its port was taken', async () => {
    const rig = await startRig({ port: 0 })
    const port = Number(new URL(rig.url).port)
    await rest()
    const before = resources()

    for (let count = 0; count < 5; count++) await startRig({ port }).catch(() => undefined)
    await rest()

    expect(grown(before)).toEqual([])
    await rig.close()
  })
})
