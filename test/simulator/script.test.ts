import { describe, expect, it } from 'vitest'
import type { DeviceScript } from '../../simulator/index.ts'
import { plainSurroundings, scriptBehavior } from '../../simulator/index.ts'
import type { Said, Stand } from '../support/dock-stand.ts'
import { openStand } from '../support/dock-stand.ts'

/** What a scripted dock says about commands, in a world of its own. */
async function play(
  on: DeviceScript,
  does: (stand: Stand) => Promise<void> = (stand) => stand.send('drone_close'),
): Promise<{ readonly stand: Stand; readonly replies: readonly Said[] }> {
  const stand = await openStand({ rules: 'permissive' })
  stand.fleet.add({ name: 'other' })
  await stand.fleet.get('other').connect()
  stand.dock.use(scriptBehavior(on, { ...plainSurroundings, tidOf: (command) => `tid of ${command}` }))
  await does(stand)
  await stand.pass(10_000)
  await stand.close()
  return { stand, replies: stand.said('services_reply') }
}

describe('a scripted dock', () => {
  it('sends the data that the script gives', async () => {
    const { replies } = await play({ drone_close: { reply: { result: 7, code: 'X' } } })

    expect(replies.map(({ data }) => data)).toEqual([{ result: 7, code: 'X' }])
  })

  it('sends nothing for a reply of null', async () => {
    expect((await play({ drone_close: { reply: null } })).replies).toEqual([])
  })

  it.each([
    ['as it is asked', { tid: 'match' }, { tid: 'tid-1', bid: 'bid-1', method: 'drone_close' }],
    ['with a fresh tid', { tid: 'unmatched' }, { tid: expect.not.stringMatching(/^tid-1$/), bid: 'bid-1' }],
    ['with the tid of another command', { tid: { of: 'first' } }, { tid: 'tid of first' }],
    ['with a literal tid', { tid: 'literal' }, { tid: 'literal' }],
    ['with another bid', { bid: 'B' }, { bid: 'B', tid: 'tid-1' }],
    ['with another method', { method: 'M' }, { method: 'M' }],
    ['with another gateway', { gateway: 'G' }, { gateway: 'G' }],
    ['with another time', { timestamp: 5 }, { timestamp: 5 }],
  ])('answers %s', async (_, fields, envelope) => {
    const { replies } = await play({ drone_close: { reply: { result: 0 }, ...fields } })

    expect(replies[0]?.raw).toMatchObject(envelope)
  })

  it.each([
    ['tid', { tid: 'missing' }],
    ['bid', { bid: '$missing' }],
    ['timestamp', { timestamp: { $missing: true } }],
  ])('leaves out the %s', async (field, fields) => {
    const { replies } = await play({ drone_close: { reply: { result: 0 }, ...fields } })

    expect(replies[0]?.raw).not.toHaveProperty(field)
  })

  it('waits for its delay, and draws one from the seed', async () => {
    const fixed = await play({ drone_close: { reply: { result: 0 }, delay: '2s' } })
    const drawn = await play({ drone_close: { reply: { result: 0 }, delay: { min: '1s', max: '2s' } } })
    const start = fixed.stand.said('services')[0]?.at ?? 0

    expect(fixed.replies[0]?.at).toBe(start + 2_000)
    expect(drawn.replies[0]?.at).toBeGreaterThanOrEqual(start + 1_000)
    expect(drawn.replies[0]?.at).toBeLessThan(start + 2_000)
  })

  it('sends a reply several times, then further messages', async () => {
    const { replies } = await play({
      // oxlint-disable-next-line unicorn/no-thenable -- the scenario language's own word
      drone_close: { reply: { result: 0 }, times: 2, then: [{ reply: { result: 1 }, delay: '1s' }] },
    })

    expect(replies.map(({ data }) => data['result'])).toEqual([0, 0, 1])
  })

  it('serves each call with its own entry, the last one again', async () => {
    const { replies } = await play(
      { drone_close: [{ reply: { result: 1 } }, { reply: { result: 2 } }] },
      async (stand) => {
        for (const _ of [1, 2, 3]) await stand.send('drone_close')
      },
    )

    expect(replies.map(({ data }) => data['result'])).toEqual([1, 2, 2])
  })

  it('takes "*" for every other method, and for commands only', async () => {
    const { stand, replies } = await play({ '*': { reply: { result: 9 } } }, async (each) => {
      await each.send('cover_open')
      await each.send('', { silent_mode: 1 }, 'property/set')
    })

    expect(replies.map(({ data }) => data['result'])).toEqual([9])
    expect(stand.said('property/set_reply')[0]?.data).toEqual({ silent_mode: { result: 0 } })
  })

  it('holds replies until they are released, by call', async () => {
    const { replies } = await play({ '*': { reply: { result: 0 }, hold: true } }, async (stand) => {
      await stand.send('one')
      await stand.send('two')
      expect(stand.dock.held.calls).toEqual([1, 2])
      expect(stand.dock.held.release(2)).toBe(true)
      await stand.settle()
      expect(stand.dock.held.release()).toBe(true)
      expect(stand.dock.held.release()).toBe(false)
    })

    expect(replies.map(({ method }) => method)).toEqual(['two', 'one'])
  })

  it('lets another dock answer on its own topic, or forges it', async () => {
    const from = await play({ drone_close: { reply: { result: 0 }, from: 'other' } })
    const forged = await play({ drone_close: { reply: { result: 0 }, forge: 'other' } })
    const other = from.stand.fleet.get('other').gateway_sn

    expect([from.replies[0]?.sn, from.replies[0]?.from]).toEqual([other, other])
    expect([forged.replies[0]?.sn, forged.replies[0]?.from]).toEqual([other, forged.stand.dock.gateway_sn])
  })

  it('sends exact texts and bytes', async () => {
    const { stand } = await play(
      { a: { raw: 'no json' }, b: { raw: { base64: 'eyJhIjoxfQ==' } } },
      async (each) => {
        await each.send('a')
        await each.send('b')
      },
    )

    expect(stand.said('services_reply').map(({ raw }) => raw)).toEqual([{}, { a: 1 }])
  })

  it.each([
    ['before-reply', ['update_topo', 'drone_close']],
    ['after-reply', ['drone_close', 'update_topo']],
    ['instead', ['update_topo']],
  ] as const)('leaves %s and comes back', async (disconnect, order) => {
    const { stand } = await play({ drone_close: { reply: { result: 0 }, disconnect } })

    const own = stand.heard.filter(
      ({ from, method }) => from === stand.dock.gateway_sn && method !== 'offline',
    )
    expect(own.slice(1).map(({ method }) => method)).toEqual(order)
    expect(stand.said('status', 'offline')).toHaveLength(1)
  })

  it('tells progress under the bid of the command', async () => {
    const { stand } = await play({
      drone_close: {
        reply: { result: 0 },
        events: [
          { after: '1s', status: 'in_progress', percent: 20, step_key: 'get_bid', need_reply: 1 },
          { status: 'failed', result: 5 },
        ],
      },
    })

    const [first, second] = stand.said('events')
    expect(first?.raw).toMatchObject({ bid: 'bid-1', need_reply: 1, method: 'drone_close' })
    expect(first?.data).toEqual({
      result: 0,
      output: { status: 'in_progress', progress: { percent: 20, step_key: 'get_bid' } },
    })
    expect(second?.data).toEqual({ result: 5, output: { status: 'failed' } })
  })

  it('goes back to what it was when the script is taken away', async () => {
    const stand = await openStand()
    const takeBack = stand.dock.use(scriptBehavior({ '*': { reply: null } }, plainSurroundings))

    await stand.send('drone_close')
    takeBack()
    await stand.send('drone_close')

    expect(stand.said('services_reply')).toHaveLength(1)
    await stand.close()
  })
})
