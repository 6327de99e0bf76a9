import { describe, expect, it } from 'vitest'
import { openStand } from '../../support/dock-stand.ts'

const stick = { seq: 4, x: 1, y: 0, h: 0, w: 0 }

describe('the low-latency channel', () => {
  it('is deaf until it is opened', async () => {
    const stand = await openStand()

    await stand.send('drone_control', stick, 'drc/down')

    expect(stand.said('drc/up')).toEqual([])
    await stand.close()
  })

  it('answers a stick with its number, and an emergency stop', async () => {
    const stand = await openStand()
    await stand.send('drc_mode_enter', { osd_frequency: 1, hsi_frequency: 1 })

    await stand.send('drone_control', stick, 'drc/down')
    await stand.send('drone_emergency_stop', {}, 'drc/down')
    await stand.send('stick_control', { roll: 1024 }, 'drc/down')

    expect(stand.said('drc/up').map(({ raw }) => raw)).toEqual([
      { method: 'drone_control', data: { result: 0, output: { seq: 4 } } },
      { method: 'drone_emergency_stop', data: { result: 0 } },
    ])
    await stand.close()
  })

  it('stays open while it hears a heartbeat, and closes 60 s after the last', async () => {
    const stand = await openStand()
    await stand.send('drc_mode_enter', { osd_frequency: 1, hsi_frequency: 1 })

    await stand.pass(50_000)
    await stand.send('heart_beat', { timestamp: 1 }, 'drc/down')
    await stand.pass(50_000)
    const stillOpen = stand.dock.state.drc !== undefined
    await stand.pass(12_000)

    expect([stillOpen, stand.dock.state.drc]).toEqual([true, undefined])
    expect(stand.said('events').at(-1)?.data).toEqual({ result: 514_301, drc_state: 0 })
    await stand.close()
  })
})
