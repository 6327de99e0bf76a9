import { describe, expect, it } from 'vitest'
import type { World } from '../support/gateway-world.ts'
import { openWorld } from '../support/gateway-world.ts'

describe('a command for a dock that is off line', () => {
  it('waits as accepted, and is sent when the dock announces itself', async () => {
    const world = await openWorld({}, { docks: 'offline' })
    const waiting = await world.command({ timeout_seconds: 30 })
    await world.pass(5_000)
    const before = await waiting.status()

    await world.announce()

    expect(before).toBe('ACCEPTED')
    expect(await waiting.shown()).toMatchObject({
      status: 'DELIVERED',
      delivered_at: '2026-01-01T00:00:05.000Z',
    })
  })

  it('times out unsent at its deadline', async () => {
    const world = await openWorld({}, { docks: 'offline' })
    const waiting = await world.command({ timeout_seconds: 30 })

    await world.pass(30_000)
    await world.announce()

    expect(await waiting.shown()).toMatchObject({
      status: 'TIMED_OUT',
      failure_reason: expect.stringContaining('on line'),
    })
    expect(world.services()).toEqual([])
  })

  it('is sent with the others in the order of acceptance, and each once', async () => {
    const world = await openWorld({}, { docks: 'offline' })
    await world.create({ timeout_seconds: 60 })
    await world.create({ timeout_seconds: 50 })

    await world.announce()
    await world.announce()

    const shown = await Promise.all(
      world.services().map(({ message }) => world.store.findByTid(String(message['tid']))),
    )
    expect(shown.map((command) => command?.request.timeout_seconds)).toEqual([60, 50])
  })

  it('does not hold up the other docks', async () => {
    const world = await openWorld()
    const waiting = await world.command({ device_id: 'drone-002' })
    const other = await world.command()

    expect([await waiting.status(), await other.status()]).toEqual(['ACCEPTED', 'DELIVERED'])
  })
})

describe('a dock', () => {
  it('is off line after its will', async () => {
    const world = await openWorld()
    await world.deliver('sys/product/DOCK001/status', { tid: 'w', bid: 'w', method: 'offline', data: {} })

    expect(await (await world.command()).status()).toBe('ACCEPTED')
  })

  it('is off line after 60 s without the telemetry that it sent before', async () => {
    const world = await openWorld()
    await telemetry(world)
    await world.pass(59_000)
    const before = await world.command({ timeout_seconds: 300 })
    await world.pass(1_000)
    const after = await world.command({ timeout_seconds: 300 })

    expect([await before.status(), await after.status()]).toEqual(['DELIVERED', 'ACCEPTED'])
  })

  it('stays on line while it sends anything', async () => {
    const world = await openWorld()
    await telemetry(world)
    await world.pass(50_000)
    await world.deliver('thing/product/DOCK001/events', { tid: 'e', method: 'hms', data: {} })
    await world.pass(50_000)

    expect(await (await world.command()).status()).toBe('DELIVERED')
  })

  it('may be silent for as long as it likes when it sends no telemetry', async () => {
    const world = await openWorld()
    await world.pass(3_600_000)

    expect(await (await world.command()).status()).toBe('DELIVERED')
  })

  it('is on line again when its telemetry goes on', async () => {
    const world = await openWorld()
    await telemetry(world)
    await world.pass(60_000)
    const waiting = await world.command()

    await telemetry(world)

    expect(await waiting.status()).toBe('DELIVERED')
  })

  it('is not on line by telemetry alone', async () => {
    const world = await openWorld({}, { docks: 'offline' })
    const waiting = await world.command()

    await telemetry(world)

    expect(await waiting.status()).toBe('ACCEPTED')
  })

  it('that nobody knows is answered, and never on line', async () => {
    const world = await openWorld()

    await world.announce('STRANGER')

    expect(world.link.sentTo('status_reply')).toHaveLength(2)
    expect((await world.store.presences()).has('STRANGER')).toBe(false)
  })
})

describe('an outage of the broker', () => {
  it('keeps commands as accepted until the link and the dock are back', async () => {
    const world = await openWorld()
    world.link.lose()
    const waiting = await world.command({ timeout_seconds: 60 })
    await world.pass(3_000)
    const during = await waiting.status()
    world.link.comeBack()
    await world.pass(0)
    const linkOnly = await waiting.status()

    await world.announce()

    expect([during, linkOnly, await waiting.status()]).toEqual(['ACCEPTED', 'ACCEPTED', 'DELIVERED'])
  })

  it('that only the gateway saw is over 2 s after its link is back', async () => {
    const world = await openWorld()
    world.link.lose()
    const waiting = await world.command({ timeout_seconds: 60 })
    world.link.comeBack()

    await world.pass(2_000)

    expect(await waiting.status()).toBe('DELIVERED')
    expect(world.services()).toHaveLength(1)
  })

  it('leaves the docks off line that were so before it', async () => {
    const world = await openWorld({}, { docks: 'offline' })
    world.link.lose()
    const waiting = await world.command()
    world.link.comeBack()
    await world.pass(2_000)

    expect(await waiting.status()).toBe('ACCEPTED')
  })

  it('makes the gateway repeat what was not acknowledged, under the same tid', async () => {
    const world = await openWorld()
    world.link.acknowledges = 'on demand'
    const closing = await world.command({ timeout_seconds: 60 })
    world.link.lose()
    world.link.acknowledges = 'at once'
    world.link.comeBack()
    await world.announce()

    const [first, again] = world.services()
    expect(again?.message).toEqual(first?.message)
    expect(await closing.status()).toBe('DELIVERED')
  })

  it('times a command out that cannot be sent in time, and does not send it then', async () => {
    const world = await openWorld()
    world.link.lose()
    const waiting = await world.command({ timeout_seconds: 5 })
    await world.pass(5_000)
    world.link.comeBack()
    await world.announce()

    expect(await waiting.status()).toBe('TIMED_OUT')
    expect(world.services()).toEqual([])
  })
})

async function telemetry(world: World): Promise<void> {
  await world.deliver('thing/product/DOCK001/osd', {
    tid: 'o',
    bid: 'o',
    data: { mode_code: 0 },
    gateway: 'DOCK001',
  })
}
