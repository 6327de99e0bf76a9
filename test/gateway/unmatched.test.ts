import { describe, expect, it } from 'vitest'
import type { FollowedCommand, World } from '../support/gateway-world.ts'
import { openWorld } from '../support/gateway-world.ts'

describe('a reply under a foreign tid', () => {
  it('shows at once, with its fields', async () => {
    const world = await openWorld()
    const closing = await world.command()

    await answerForeign(world, closing, { result: 0, code: 'FOREIGN', message: 'Not yours' })

    expect(await closing.shown()).toMatchObject({
      status: 'UNMATCHED_RESPONSE',
      response_code: 'FOREIGN',
      response_message: 'Not yours',
      vendor_response: { result: 0, code: 'FOREIGN', message: 'Not yours' },
    })
  })

  it('yields to the matched reply before the deadline', async () => {
    const world = await openWorld()
    const closing = await world.command()
    await answerForeign(world, closing, { result: 0, code: 'FOREIGN' })

    await closing.answer({ result: 1, code: 'OWN' })

    expect(await closing.shown()).toMatchObject({ status: 'FAILED', response_code: 'OWN' })
  })

  it('is what is left after the deadline, and nothing changes it then', async () => {
    const world = await openWorld()
    const closing = await world.command({ timeout_seconds: 2 })
    await answerForeign(world, closing, { result: 0, code: 'FOREIGN' })
    await world.pass(2_000)
    const ended = await closing.shown()

    await closing.answer({ result: 0, code: 'OWN' })
    await answerForeign(world, closing, { result: 0, code: 'ANOTHER' })

    expect(ended).toMatchObject({
      status: 'UNMATCHED_RESPONSE',
      response_code: 'FOREIGN',
      completed_at: '2026-01-01T00:00:02.000Z',
      failure_code: 'UNMATCHED_RESPONSE',
    })
    expect(await closing.shown()).toEqual(ended)
  })

  it('keeps its status when the acknowledgement comes after it', async () => {
    const world = await openWorld()
    world.link.acknowledges = 'on demand'
    const closing = await world.command()
    await answerForeign(world, closing, { result: 0 })

    world.link.acknowledge()
    await world.pass(0)

    expect(await closing.shown()).toMatchObject({
      status: 'UNMATCHED_RESPONSE',
      delivered_at: expect.any(String),
    })
  })

  it('belongs to nobody when two open commands fit', async () => {
    const world = await openWorld()
    const first = await world.command()
    const second = await world.command()

    await world.reply({ tid: 'foreign', bid: 'foreign', method: 'drone_close', data: { result: 0 } })

    expect([await first.status(), await second.status()]).toEqual(['DELIVERED', 'DELIVERED'])
  })

  it('belongs to the command of its bid when several are open', async () => {
    const world = await openWorld()
    const first = await world.command()
    const second = await world.command()

    await answerForeign(world, second, { result: 0 })

    expect([await first.status(), await second.status()]).toEqual(['DELIVERED', 'UNMATCHED_RESPONSE'])
  })

  it('does not belong to a command that was never sent', async () => {
    const world = await openWorld({}, { docks: 'offline' })
    const waiting = await world.command()

    await world.reply({ tid: 'foreign', method: 'drone_close', data: { result: 0 } })

    expect(await waiting.status()).toBe('ACCEPTED')
  })

  it('that belongs to an earlier command does not touch the next', async () => {
    const world = await openWorld()
    const earlier = await world.command({ timeout_seconds: 1 })
    await world.pass(1_000)
    const next = await world.command()

    await earlier.answer({ result: 0 })

    expect([await earlier.status(), await next.status()]).toEqual(['TIMED_OUT', 'DELIVERED'])
  })

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['is missing', {}],
    ['is empty', { tid: '' }],
    ['is a number', { tid: 1 }],
    ['is null', { tid: null }],
  ])('or whose tid %s never decides', async (_title, names) => {
    const world = await openWorld()
    const closing = await world.command()

    await world.reply({ method: 'drone_close', ...names, data: { result: 0 } })

    expect(await closing.status()).toBe('UNMATCHED_RESPONSE')
  })
})

async function answerForeign(world: World, command: FollowedCommand, data: unknown): Promise<void> {
  const { bid, method } = command.sent()
  await world.reply({ tid: 'foreign', bid, method, data })
}
