import { afterEach, describe, expect, it } from 'vitest'
import type { Stand, StandOptions } from '../support/dock-stand.ts'
import { openStand } from '../support/dock-stand.ts'

const stands: Stand[] = []

afterEach(async () => {
  for (const stand of stands.splice(0)) await stand.close()
})

async function open(options: StandOptions = {}): Promise<Stand> {
  const stand = await openStand(options)
  stands.push(stand)
  return stand
}

describe('the broker', () => {
  it('refuses a dock that speaks on the topic of another, and shows who it was', async () => {
    const stand = await open()
    const topic = 'thing/product/SOMEBODYELSE/services_reply'

    await stand.fleet.forge('dock', topic, Buffer.from('{}'))
    await stand.settle()

    const said = stand.heard.at(-1)
    expect(said?.refused).toContain('SOMEBODYELSE')
    expect(said?.from).toBe(stand.dock.gateway_sn)
  })

  it('lets it pass where the topic rules are lifted', async () => {
    const stand = await open({ rules: 'permissive' })

    await stand.fleet.forge('dock', 'thing/product/SOMEBODYELSE/services_reply', Buffer.from('{}'))
    await stand.settle()

    expect(stand.heard.at(-1)?.refused).toBeUndefined()
  })

  it('refuses a packet of ten megabytes by its first bytes', async () => {
    const stand = await open()
    const topic = `thing/product/${stand.dock.gateway_sn}/events`

    await stand.fleet.forge('dock', topic, Buffer.alloc(10 * 1024 * 1024, 32))
    await stand.settle()

    expect(stand.heard.at(-1)?.refused).toContain('10485')
    expect(stand.dock.isOnline).toBe(true)
  })

  it.each([
    ['cut', 1],
    ['clean', 1],
    ['silent', 0],
  ] as const)('tells the platform that a dock has left when it leaves %s', async (how, times) => {
    const stand = await open()

    await stand.dock.disconnect(how)
    await stand.settle()

    expect(stand.said('status', 'offline')).toHaveLength(times)
  })

  it('lets docks back in after it was down', async () => {
    const stand = await open()

    stand.broker.stop()
    await stand.settle()
    const whileDown = stand.dock.isOnline
    stand.broker.start()
    await stand.pass(10_000)

    expect([whileDown, stand.dock.isOnline]).toEqual([false, true])
    expect(stand.said('status', 'update_topo').length).toBeGreaterThan(1)
  })

  it('pulls the cable of one dock alone', async () => {
    const stand = await open()
    const other = stand.fleet.add({ name: 'other' })
    await other.connect()

    stand.broker.drop((sender) => sender.kind === 'dock' && sender.gateway_sn === other.gateway_sn)
    await stand.settle()

    expect([stand.dock.isOnline, other.isOnline]).toEqual([true, false])
  })
})
