import { describe, expect, it, onTestFinished } from 'vitest'
import type { DockRig, StartOptions } from '../src/index.ts'
import { startRig } from '../src/index.ts'

async function aRig(options: StartOptions = {}): Promise<DockRig> {
  const rig = await startRig(options)
  onTestFinished(() => rig.close())
  return rig
}

describe('startRig', () => {
  it('does what the documentation shows', async () => {
    const rig = await aRig()
    rig.device('drone-001').on('drone_close', { reply: { result: 314000, code: 'DOCK_BUSY' } })

    const command = await rig.send('drone-001', 'drone_close')
    await command.reaches('FAILED')

    expect(command.response_code).toBe('DOCK_BUSY')
    expect(command.lifecycle).toEqual(['ACCEPTED', 'FAILED'])
    expect(rig.findings).toEqual([])
  })

  it('takes a script back', async () => {
    const rig = await aRig()
    const undo = rig.device('drone-001').on('drone_close', { reply: { result: 7 } })
    undo()

    const command = await (await rig.send('drone-001', 'drone_close')).reaches('SUCCEEDED')

    expect(command.response_code).toBe('0')
  })

  it('lets the newest script win', async () => {
    const rig = await aRig()
    rig.device('drone-001').on('*', { reply: { result: 1 } })
    rig.device('drone-001').on('drone_close', { reply: { result: 2 } })

    const command = await (await rig.send('drone-001', 'drone_close')).reaches('FAILED')

    expect(command.response_code).toBe('2')
  })

  it('lets a held reply go', async () => {
    const rig = await aRig()
    const dock = rig.device('drone-001')
    dock.on('drone_close', { hold: true, reply: { result: 0 } })
    const command = await (await rig.send('drone-001', 'drone_close')).reaches('DELIVERED')

    await dock.release()

    expect((await command.reaches('SUCCEEDED')).status).toBe('SUCCEEDED')
  })

  it('says that nothing is held', async () => {
    const rig = await aRig()

    await expect(rig.device('drone-001').release()).rejects.toThrow('none is held')
  })

  it('keeps a command for a dock that is away', async () => {
    const rig = await aRig()
    const dock = rig.device('drone-001')
    await dock.disconnect()
    const command = await rig.send('drone-001', 'drone_close')
    await rig.wait(5_000)
    const before = (await command.read()).status

    await dock.connect()
    await command.reaches('SUCCEEDED')

    expect([before, dock.isOnline]).toEqual(['ACCEPTED', true])
  })

  it('times a command out in virtual time', async () => {
    const rig = await aRig()
    rig.device('drone-001').on('drone_close', { reply: null })
    const begun = rig.now()

    await (await rig.send('drone-001', 'drone_close', {}, { timeout_seconds: 300 })).reaches('TIMED_OUT')

    expect(rig.now() - begun).toBeGreaterThanOrEqual(300_000)
  })

  it('says what a command shows instead of the status asked for', async () => {
    const rig = await aRig()
    const command = await rig.send('drone-001', 'drone_close')

    await expect(command.reaches('FAILED')).rejects.toThrow('it shows SUCCEEDED')
  })

  it('says why a command was refused', async () => {
    const rig = await aRig()

    await expect(rig.send('drone-009', 'drone_close')).rejects.toThrow('DEVICE_NOT_FOUND')
  })

  it('does not know a device that was not asked for', async () => {
    const rig = await aRig()

    expect(() => rig.device('drone-009')).toThrow(expect.objectContaining({ code: 'DEVICE_UNKNOWN' }))
  })

  it('signs what goes through its fetch', async () => {
    const rig = await aRig()
    const path = '/downlink/commands/00000000-0000-4000-8000-000000000000'

    expect(await rig.fetch(path)).toMatchObject({ status: 404, json: { code: 'COMMAND_NOT_FOUND' } })
  })

  it.each([[0], [1.5], [10_001]])('refuses %s devices', async (devices) => {
    await expect(startRig({ devices })).rejects.toMatchObject({ code: 'OPTION_INVALID' })
  })

  it('refuses an unknown model', async () => {
    await expect(startRig({ model: 'dock9' })).rejects.toMatchObject({ code: 'OPTION_INVALID' })
  })

  it('gives the same ids for the same seed, and others for another', async () => {
    const ids = async (seed: number): Promise<unknown> => {
      const rig = await aRig({ seed })
      const command = await (await rig.send('drone-001', 'drone_close')).reaches('SUCCEEDED')
      return { ...command.fields, sn: rig.device('drone-001').gateway_sn, key: rig.api_key }
    }

    const [first, again, other] = [await ids(5), await ids(5), await ids(6)]

    expect(first).toEqual(again)
    expect(first).not.toEqual(other)
  })
})

describe('startRig with sockets', () => {
  it('serves anybody who signs', async () => {
    const rig = await aRig({ port: 0 })
    const command = await (await rig.send('drone-001', 'drone_close')).reaches('SUCCEEDED')

    const answer = await fetch(`${rig.url}/api/v1/open/downlink/commands/${command.command_id}`)

    expect(rig.mqttUrl).toMatch(/^mqtt:\/\/127\.0\.0\.1:\d+$/)
    expect(answer.status).toBe(401)
  })

  it('says that a port is taken, for HTTP and for MQTT', async () => {
    const rig = await aRig({ port: 0 })
    const [http, mqtt] = [rig.url, rig.mqttUrl].map((url) => Number(new URL(url).port))

    await expect(startRig({ port: http ?? 0 })).rejects.toMatchObject({ code: 'PORT_IN_USE' })
    await expect(startRig({ port: 0, mqttPort: mqtt ?? 0 })).rejects.toMatchObject({ code: 'PORT_IN_USE' })
  })

  it('listens on IPv6 too', async () => {
    const rig = await aRig({ port: 0, host: '::1' })

    const command = await (await rig.send('drone-001', 'drone_close')).reaches('SUCCEEDED')

    expect(rig.url).toMatch(/^http:\/\/\[::1\]:\d+$/)
    expect(command.status).toBe('SUCCEEDED')
  })
})
