import { describe, expect, it } from 'vitest'
import type { GatewayParts } from '../../src/gateway/index.ts'
import { defaultParts } from '../../src/gateway/index.ts'
import { openWorld } from '../support/gateway-world.ts'

describe('a gateway with another part', () => {
  it.each<[string, Partial<GatewayParts>, Readonly<Record<string, unknown>>]>([
    [
      'mapping',
      {
        mapReply: (data, result) => ({
          ...defaultParts.mapReply(data, result),
          response_code: String(result),
        }),
      },
      { status: 'FAILED', response_code: '1' },
    ],
    [
      'lifecycle',
      {
        nextState: (state, event) =>
          event.kind === 'matched' ? 'succeeded' : defaultParts.nextState(state, event),
      },
      { status: 'SUCCEEDED', response_code: 'E1' },
    ],
    ['correlation', { matchReply: () => ({ kind: 'stray' }) }, { status: 'DELIVERED' }],
    [
      'presentation',
      { presentCommand: (command) => ({ ...defaultParts.presentCommand(command), status: 'DONE' }) },
      { status: 'DONE' },
    ],
  ])('shows its %s', async (_title, parts, shown) => {
    const world = await openWorld({ parts })
    const closing = await world.command()

    await closing.answer({ result: 1, code: 'E1' })

    expect(await closing.shown()).toMatchObject(shown)
  })

  it('sends what it composes', async () => {
    const world = await openWorld({
      parts: {
        serviceMessage: (command, now) => ({
          ...defaultParts.serviceMessage(command, now),
          retain: true,
          qos: 0,
        }),
      },
    })

    await world.create()

    expect(world.services()).toMatchObject([{ retain: true, qos: 0 }])
  })

  it('can publish twice', async () => {
    const world = await openWorld({
      parts: {
        async publishMessage(link, outgoing) {
          await defaultParts.publishMessage(link, outgoing)
          await defaultParts.publishMessage(link, outgoing)
        },
      },
    })

    await world.create()

    expect(world.services()).toHaveLength(2)
  })

  it('can count its deadlines from delivery', async () => {
    const world = await openWorld({
      parts: {
        recordEvent(command, event, at, next) {
          const changed = defaultParts.recordEvent(command, event, at, next)
          if (event.kind !== 'acknowledged' || changed === undefined) return changed
          return { ...changed, deadline_at: at + command.request.timeout_seconds * 1000 }
        },
      },
    })
    world.link.acknowledges = 'on demand'
    const closing = await world.command({ timeout_seconds: 10 })
    await world.pass(5_000)
    world.link.acknowledge()
    await world.pass(0)
    await world.pass(9_000)

    expect(await closing.status()).toBe('DELIVERED')
  })
})
