import { describe, expect, it } from 'vitest'
import { openWorld } from '../support/gateway-world.ts'

const ways = ['close', 'kill'] as const

describe('a restart', () => {
  it.each(ways)('by %s loses neither the command nor its key nor the reply', async (how) => {
    const world = await openWorld()
    const closing = await world.command({ idempotency_key: 'k' })
    const reply = { ...closing.sent(), data: { result: 0 } }

    await world.restart(how)
    const again = await world.create({ idempotency_key: 'k' })
    await world.reply(reply)

    expect(again).toMatchObject({ status: 200, body: { command_id: closing.id } })
    expect(await closing.status()).toBe('SUCCEEDED')
    expect(world.services()).toEqual([])
  })

  it.each(ways)('by %s goes on with the deadline', async (how) => {
    const world = await openWorld()
    const closing = await world.command({ timeout_seconds: 30 })
    await world.restart(how, 10_000)

    await world.pass(19_999)
    const before = await closing.status()
    await world.pass(1)

    expect([before, await closing.status()]).toEqual(['DELIVERED', 'TIMED_OUT'])
  })

  it('shows at once what passed its deadline meanwhile, at its own time', async () => {
    const world = await openWorld()
    const closing = await world.command({ timeout_seconds: 30 })

    await world.restart('kill', 45_000)

    expect(await closing.shown()).toMatchObject({
      status: 'TIMED_OUT',
      completed_at: '2026-01-01T00:00:30.000Z',
    })
  })

  it('keeps a command that waits for its dock', async () => {
    const world = await openWorld({}, { docks: 'offline' })
    const waiting = await world.command({ timeout_seconds: 60 })
    await world.restart('kill')

    await world.announce()

    expect(await waiting.status()).toBe('DELIVERED')
  })

  it('after a crash repeats what was not acknowledged, under the same tid', async () => {
    const world = await openWorld()
    world.link.acknowledges = 'on demand'
    const closing = await world.command({ timeout_seconds: 60 })
    const tid = closing.sent()['tid']

    await world.restart('kill')
    await world.announce()

    expect(world.services().map(({ message }) => message['tid'])).toEqual([tid])
    expect(await closing.status()).toBe('DELIVERED')
  })

  it('does not take a dock for on line before it is heard', async () => {
    const world = await openWorld()
    await world.restart('kill')
    const waiting = await world.command()
    const before = await waiting.status()

    await world.deliver('thing/product/DOCK001/osd', { data: {} })

    expect([before, await waiting.status()]).toEqual(['ACCEPTED', 'DELIVERED'])
  })
})

describe('a killed gateway', () => {
  it('says nothing more: no timer, no message, no goodbye', async () => {
    const world = await openWorld()
    const { link, store } = world
    const closing = await world.command({ timeout_seconds: 5 })
    const said = link.sent.length

    world.gateway.kill()
    await world.pass(10_000)
    await world.announce()

    expect(world.clock.pending).toBe(0)
    expect({ sent: link.sent.length, closed: link.closed }).toEqual({ sent: said, closed: 0 })
    expect((await store.findCommand(closing.id))?.state).toBe('delivered')
  })

  it('breaks off the calls that are under way', async () => {
    let reached: () => void = () => undefined
    const working = new Promise<void>((resolve) => {
      reached = resolve
    })
    const world = await openWorld({
      parts: {
        verifySignature: () => {
          reached()
          return new Promise(() => undefined)
        },
      },
    })
    const call = world.create()
    const broken = expect(call).rejects.toThrow()
    await working

    world.gateway.kill()

    await broken
  })

  it('does not see the answers of its last calls', async () => {
    const world = await openWorld()
    world.link.acknowledges = 'on demand'
    const closing = await world.command()

    world.gateway.kill()
    world.link.acknowledge()
    await world.pass(0)

    expect((await world.store.findCommand(closing.id))?.state).toBe('accepted')
  })
})

describe('a closed gateway', () => {
  it('says goodbye to the broker and keeps no timer', async () => {
    const world = await openWorld()
    await world.command()

    await world.gateway.close()

    expect(world.link.closed).toBe(1)
    expect(world.clock.pending).toBe(0)
  })
})
