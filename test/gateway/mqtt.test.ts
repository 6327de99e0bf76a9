import { describe, expect, it } from 'vitest'
import { openWorld } from '../support/gateway-world.ts'

describe('a command on its way to the dock', () => {
  it('goes to the services topic of its dock, with QoS 1 and not retained', async () => {
    const world = await openWorld()
    await world.create()

    expect(world.services()).toEqual([
      {
        topic: 'thing/product/DOCK001/services',
        qos: 1,
        retain: false,
        message: {
          tid: expect.stringMatching(/./),
          bid: expect.stringMatching(/./),
          timestamp: Date.UTC(2026, 0, 1),
          gateway: 'DOCK001',
          method: 'drone_close',
          data: {},
        },
      },
    ])
  })

  it('carries its payload unchanged', async () => {
    const world = await openWorld()
    const payload = { x: 0.1, '': [null, -1, { 'a/b': '机场 🚁' }], text: '{"a":[1]}', tid: 'not the tid' }

    const aiming = await world.command({ command_type: 'camera_aim', payload })

    expect(aiming.sent()['data']).toEqual(payload)
  })

  it('has a tid of its own', async () => {
    const world = await openWorld()
    const commands = [await world.command(), await world.command(), await world.command()]

    expect(new Set(commands.map((command) => command.sent()['tid'])).size).toBe(3)
  })
})

describe('the platform', () => {
  it('subscribes without overlap to what docks send', async () => {
    const world = await openWorld()

    expect(world.link.filters).toEqual([
      'thing/product/+/services_reply',
      'thing/product/+/events',
      'thing/product/+/requests',
      'thing/product/+/osd',
      'sys/product/+/status',
    ])
  })

  it('answers an event that asks for it', async () => {
    const world = await openWorld()

    await world.deliver('thing/product/DOCK001/events', anEvent({ need_reply: 1 }))

    expect(world.link.sentTo('events_reply')).toMatchObject([
      {
        topic: 'thing/product/DOCK001/events_reply',
        retain: false,
        message: { tid: 'event-1', bid: 'bid-1', method: 'hms', data: { result: 0 } },
      },
    ])
  })

  it.each([{ need_reply: 0 }, {}, { need_reply: '1' }, { need_reply: 1, tid: undefined }])(
    'does not answer an event with %j',
    async (fields) => {
      const world = await openWorld()

      await world.deliver('thing/product/DOCK001/events', anEvent(fields))

      expect(world.link.sentTo('events_reply')).toEqual([])
    },
  )

  it('answers the announcement of a dock', async () => {
    const world = await openWorld()

    expect(world.link.sentTo('status_reply')).toMatchObject([
      {
        topic: 'sys/product/DOCK001/status_reply',
        message: { tid: 'topo', bid: 'topo', method: 'update_topo', data: { result: 0 } },
      },
    ])
  })

  it.each([
    'thing/product/DOCK001/services',
    'nonsense',
    'sys/product/DOCK001/events',
    'thing/product//events',
  ])('leaves the topic %s alone', async (topic) => {
    const world = await openWorld({}, { docks: 'offline' })

    await world.deliver(topic, anEvent({ need_reply: 1 }))

    expect(world.link.sent).toEqual([])
  })

  it('takes rubbish on every topic without harm', async () => {
    const world = await openWorld()

    for (const topic of ['events', 'requests', 'osd', 'services_reply', 'state']) {
      await world.deliver(`thing/product/DOCK001/${topic}`, Buffer.from([0xff]))
    }
    await world.deliver('sys/product/DOCK001/status', '[')

    expect((await world.create()).status).toBe(202)
  })
})

function anEvent(fields: Readonly<Record<string, unknown>>): unknown {
  return { tid: 'event-1', bid: 'bid-1', timestamp: 1, method: 'hms', data: { list: [] }, ...fields }
}
