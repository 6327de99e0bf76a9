import { describe, expect, it } from 'vitest'
import { openWorld } from '../support/gateway-world.ts'

describe('a command on a silent dock', () => {
  it('is delivered when the broker acknowledges, not before', async () => {
    const world = await openWorld()
    world.link.acknowledges = 'on demand'
    const closing = await world.command()
    const before = await closing.status()

    world.link.acknowledge()
    await world.pass(0)

    expect([before, await closing.status()]).toEqual(['ACCEPTED', 'DELIVERED'])
  })

  it('times out exactly at its deadline, counted from acceptance', async () => {
    const world = await openWorld()
    const closing = await world.command({ timeout_seconds: 3 })

    await world.pass(2_999)
    const before = await closing.status()
    await world.pass(1)

    expect(before).toBe('DELIVERED')
    expect(await closing.shown()).toMatchObject({
      status: 'TIMED_OUT',
      completed_at: '2026-01-01T00:00:03.000Z',
      failure_code: 'TIMED_OUT',
    })
  })

  it('shows its timeout also when the timer is late', async () => {
    const world = await openWorld()
    const closing = await world.command({ timeout_seconds: 3 })

    world.clock.lag(3_200)

    expect(await closing.shown()).toMatchObject({
      status: 'TIMED_OUT',
      completed_at: '2026-01-01T00:00:03.000Z',
    })
  })

  it('times out when the broker never acknowledges', async () => {
    const world = await openWorld()
    world.link.acknowledges = 'on demand'
    const closing = await world.command({ timeout_seconds: 3 })

    await world.pass(3_000)
    world.link.acknowledge()
    await world.pass(0)

    expect(await closing.status()).toBe('TIMED_OUT')
  })

  it('keeps no timer once it is done', async () => {
    const world = await openWorld()
    const idle = world.clock.pending
    const closing = await world.command()

    await closing.answer({ result: 0 })

    expect(world.clock.pending).toBe(idle)
  })
})

describe('a reply', () => {
  it('that overtakes the acknowledgement is not lost', async () => {
    const world = await openWorld()
    world.link.acknowledges = 'on demand'
    const closing = await world.command()

    await closing.answer({ result: 0 })
    const before = await closing.shown()
    world.link.acknowledge()
    await world.pass(0)

    expect(before).toMatchObject({ status: 'SUCCEEDED' })
    expect(await closing.shown()).toEqual(before)
  })

  it('after the deadline is too late', async () => {
    const world = await openWorld()
    const closing = await world.command({ timeout_seconds: 3 })
    await world.pass(3_000)
    const before = await closing.shown()
    await world.pass(100)

    await closing.answer({ result: 0 })

    expect(await closing.shown()).toEqual(before)
  })

  it('just before the deadline counts', async () => {
    const world = await openWorld()
    const closing = await world.command({ timeout_seconds: 3 })
    await world.pass(2_999)

    await closing.answer({ result: 0 })
    await world.pass(10_000)

    expect(await closing.status()).toBe('SUCCEEDED')
  })

  it('finds its command among several of one dock, in whatever order and with whatever bid', async () => {
    const world = await openWorld()
    const first = await world.command()
    const second = await world.command()

    await world.reply({
      tid: second.sent()['tid'],
      bid: first.sent()['bid'],
      method: 'drone_close',
      data: { result: 2 },
    })
    await world.reply({
      tid: first.sent()['tid'],
      bid: second.sent()['bid'],
      method: 'drone_close',
      data: { result: 1 },
    })

    expect(await first.shown()).toMatchObject({ status: 'FAILED', response_code: '1' })
    expect(await second.shown()).toMatchObject({ status: 'FAILED', response_code: '2' })
  })

  it('on the topic of another dock completes nothing', async () => {
    const world = await openWorld()
    const closing = await world.command()

    await world.reply({ ...closing.sent(), data: { result: 0 } }, 'DOCK002')

    expect(await closing.status()).toBe('DELIVERED')
  })

  it.each<[string, unknown]>([
    ['text that is cut off', '{"tid":'],
    ['a list', []],
    ['bytes that are not UTF-8', Buffer.from([0xff, 0xfe])],
    ['an empty message', ''],
  ])('that is %s changes nothing, and a good one after it counts', async (_title, rubbish) => {
    const world = await openWorld()
    const closing = await world.command()

    await world.deliver('thing/product/DOCK001/services_reply', rubbish)
    const between = await closing.status()
    await closing.answer({ result: 0 })

    expect([between, await closing.status()]).toEqual(['DELIVERED', 'SUCCEEDED'])
  })

  it.each([{}, { result: '0' }, { result: null }, { result: 0.5 }])(
    'without an integer result (%j) changes nothing',
    async (data) => {
      const world = await openWorld()
      const closing = await world.command()

      await closing.answer(data)

      expect(await closing.status()).toBe('DELIVERED')
    },
  )
})

describe('a timeout of 0', () => {
  it('is published and timed out in one step, and its reply is late', async () => {
    const world = await openWorld()

    const closing = await world.command({ timeout_seconds: 0 })
    const before = await closing.shown()
    await closing.answer({ result: 0 })

    expect(before).toMatchObject({ status: 'TIMED_OUT', completed_at: closing.accepted_at })
    expect(await closing.shown()).toEqual(before)
  })

  it('is not published later to a dock that was off line', async () => {
    const world = await openWorld({}, { docks: 'offline' })
    const closing = await world.command({ timeout_seconds: 0 })

    await world.announce()

    expect(await closing.status()).toBe('TIMED_OUT')
    expect(world.services()).toEqual([])
  })
})
