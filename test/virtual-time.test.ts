import { afterEach, expect, it, vi } from 'vitest'
import { startRig } from '../src/library.ts'

afterEach(() => vi.restoreAllMocks())

/** No test takes so long, however busy the machine is. */
const aDayMs = 86_400_000

it('sets no timer of wall time that could end anything while the machine is busy', async () => {
  const timers = vi.spyOn(globalThis, 'setTimeout')
  const rig = await startRig({ devices: 3 })

  const command = await rig.send('drone-001', 'drone_close')
  await command.reaches('SUCCEEDED')
  await rig.device('drone-002').disconnect('cut')
  await rig.close()

  const delays = timers.mock.calls.map(([, ms]) => ms ?? 0)
  expect(delays.length).toBeGreaterThan(0)
  // 0 is only a later turn of the event loop.
  expect(delays.filter((ms) => ms > 0 && ms < aDayMs)).toEqual([])
})
