import { describe, expect, it } from 'vitest'
import { aDesk } from '../support/control-desk.ts'

const names = (of: readonly { readonly device_id: string }[]): readonly string[] =>
  of.map(({ device_id }) => device_id)

describe('an action on many devices', () => {
  it('is for those of a tag and a model', async () => {
    const { rig, ask } = await aDesk()
    await rig.add({ count: 2, name: 'north', tags: ['north'], model: 'dock3' })
    await rig.add({ name: 'old', tags: ['north'], model: 'dock1' })

    const { status, json } = await ask('POST', '/devices/actions', {
      action: 'disconnect',
      how: 'cut',
      tag: 'north',
      model: ['dock2', 'dock3'],
    })

    expect([status, json]).toEqual([200, { action: 'disconnect', devices: ['north-1', 'north-2'] }])
    expect(names(rig.devices.filter(({ isOnline }) => !isOnline))).toEqual(['north-1', 'north-2'])
  })

  it('is for the share that a rule of the same words is for', async () => {
    const { rig, ask } = await aDesk()
    await rig.add({ count: 20, name: 'east' })
    const chosen = { name: 'east-*', share: '30%', seed: 4 }
    const script = rig.script({ fleet: [{ ...chosen, quirks: 'slow-dock' }] })

    const { json } = await ask('POST', '/devices/actions', {
      action: 'set',
      state: { mode_code: 0 },
      ...chosen,
    })

    expect(json['devices']).toEqual(script.docks)
    expect(names(rig.devices.filter((device) => device.look().mode_code === 0))).toEqual(script.docks)
  })

  it('reboots all at once and answers before they are back', async () => {
    const { rig, ask } = await aDesk()

    await ask('POST', '/devices/actions', 'action: reboot\n')
    const during = rig.devices.filter(({ isOnline }) => isOnline)
    await rig.wait(10_000)

    expect([during, rig.devices.every(({ isOnline }) => isOnline)]).toEqual([[], true])
  })

  it('brings back and takes away', async () => {
    const { rig, ask } = await aDesk()
    await rig.device('drone-001').disconnect()

    await ask('POST', '/devices/actions', { action: 'connect' })
    await ask('POST', '/devices/actions', { action: 'remove', name: '*-002' })

    expect(names(rig.devices.filter(({ isOnline }) => isOnline))).toEqual(['drone-001'])
    expect(rig.devices).toHaveLength(1)
  })

  it('is for nobody when nobody fits', async () => {
    const { ask } = await aDesk()

    const { json } = await ask('POST', '/devices/actions', { action: 'remove', tag: 'nowhere' })

    expect(json['devices']).toEqual([])
  })

  it.each([
    ['action: rebot', "unknown action 'rebot', did you mean 'reboot'?"],
    ['tag: north', "the key 'action' is missing"],
    ['', "the key 'action' is missing"],
    ['action: connect\nhow: cut', "'how' goes with the action 'disconnect', not with 'connect'"],
    ['action: set', "the key 'state' is missing: set needs it"],
    ['action: reboot\ntags: north', "unknown key 'tags', did you mean 'tag'?"],
  ])('is refused as "%s"', async (body, message) => {
    const { rig, ask } = await aDesk()

    const { status, json } = await ask('POST', '/devices/actions', body)

    expect([status, json['code']]).toEqual([400, 'BODY_INVALID'])
    expect(json['problems']).toMatchObject([{ message }])
    expect(rig.devices.every(({ isOnline }) => isOnline)).toBe(true)
  })
})
