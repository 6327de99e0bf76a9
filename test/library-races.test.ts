import { describe, expect, it, onTestFinished } from 'vitest'
import type { DockRig, StartOptions } from '../src/index.ts'
import { startRig } from '../src/index.ts'

async function aRig(options: StartOptions = {}): Promise<DockRig> {
  const rig = await startRig(options)
  onTestFinished(() => rig.close())
  return rig
}

/** How often a device has announced itself so far. */
function announcements(rig: DockRig, name: string): number {
  const { gateway_sn } = rig.device(name)
  return rig.frames.filter(
    ({ topic, payload }) =>
      topic === `sys/product/${gateway_sn}/status` && Buffer.from(payload).includes('update_topo'),
  ).length
}

describe('orders that overtake each other', () => {
  it('connect a device once that is told to twice', async () => {
    const rig = await aRig()
    const device = rig.device('drone-001')
    await device.disconnect()

    await Promise.all([device.connect(), device.connect()])
    await rig.wait(20_000)

    expect([device.isOnline, announcements(rig, 'drone-001')]).toEqual([true, 2])
  })

  it('connect a device once whose line comes back by itself at the same time', async () => {
    const rig = await aRig()
    const device = rig.device('drone-001')
    device.on('drone_close', { disconnect: 'instead' })
    await rig.send('drone-001', 'drone_close')
    await rig.wait(100)

    await device.connect()
    await rig.wait(20_000)

    expect([device.isOnline, announcements(rig, 'drone-001')]).toEqual([true, 2])
  })

  it('leave a device away that is told to leave while it connects', async () => {
    const rig = await aRig()
    const device = rig.device('drone-001')
    await device.disconnect()

    await Promise.all([device.connect(), device.disconnect('cut')])
    await rig.wait(20_000)

    expect([device.isOnline, announcements(rig, 'drone-001')]).toEqual([false, 1])
  })

  it('leave a device away that is told to leave while it reboots', async () => {
    const rig = await aRig()
    const device = rig.device('drone-001')
    const rebooting = device.reboot()
    await rig.wait(1_000)

    await device.disconnect()
    await rebooting

    expect(device.isOnline).toBe(false)
  })

  it('begin a reboot anew', async () => {
    const rig = await aRig()
    const device = rig.device('drone-001')
    const first = device.reboot()
    await rig.wait(3_000)
    const begun = rig.now()

    await Promise.all([first, device.reboot()])

    expect([rig.now() - begun, announcements(rig, 'drone-001')]).toEqual([5_000, 2])
  })

  it('take a device away while it reboots', async () => {
    const rig = await aRig({ devices: 2 })
    const device = rig.device('drone-001')
    const rebooting = device.reboot()
    await rig.wait(1_000)

    await rig.remove('drone-001')
    await rebooting
    await rig.wait(20_000)

    expect([device.isOnline, rig.devices.map(({ device_id }) => device_id)]).toEqual([false, ['drone-002']])
  })

  it('take a device away once', async () => {
    const rig = await aRig({ devices: 2 })
    const gone: string[] = []
    rig.listen((event) => event.kind === 'device' && event.change === 'removed' && gone.push(event.device))

    await Promise.all([rig.remove('drone-001'), rig.remove('drone-001')])

    expect(gone).toEqual(['drone-001'])
  })

  it('take one away of those that are being added', async () => {
    const rig = await aRig({ devices: [] })
    const adding = rig.add({ count: 100 })

    await rig.remove('drone-090')
    await adding

    expect(rig.devices.filter(({ isOnline }) => isOnline)).toHaveLength(99)
  })

  it('give a name away when who had it is gone, not before', async () => {
    const rig = await aRig()
    const removing = rig.remove('drone-001')

    await expect(rig.add({ name: 'drone-001' })).rejects.toMatchObject({ code: 'OPTION_INVALID' })
    await removing
    await rig.add({ name: 'drone-001' })

    await expect((await rig.send('drone-001', 'drone_close')).reaches('SUCCEEDED')).resolves.toBeDefined()
  })

  it('are for the device that had the name, not for its successor', async () => {
    const rig = await aRig()
    const before = rig.device('drone-001')
    await rig.remove('drone-001')
    await rig.add({ name: 'drone-001' })

    await expect(before.connect()).rejects.toMatchObject({ code: 'DEVICE_UNKNOWN' })
    await expect(before.set({ mode_code: 0 })).rejects.toMatchObject({ code: 'DEVICE_UNKNOWN' })
    expect(announcements(rig, 'drone-001')).toBe(2)
  })

  it('refuse to replace a script that is not in force', async () => {
    const rig = await aRig()
    const { id, undo } = rig.script({ devices: { '*': { quirks: 'slow-dock' } } })
    undo()

    expect(() => rig.script({}, { instead: id })).toThrow(`Cannot replace the script "${id}"`)
  })

  it('let a command end as it began when its script is replaced', async () => {
    const rig = await aRig()
    const script = (result: number): Parameters<DockRig['script']>[0] => ({
      devices: { '*': { on: { drone_close: { delay: '2s', reply: { result } } } } },
    })
    const { id } = rig.script(script(1))
    const command = await rig.send('drone-001', 'drone_close')
    await rig.wait(1_000)

    rig.script(script(2), { instead: id })
    const next = await rig.send('drone-001', 'drone_close')

    expect((await command.reaches('FAILED')).response_code).toBe('1')
    expect((await next.reaches('FAILED')).response_code).toBe('2')
  })
})
