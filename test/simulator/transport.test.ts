import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import type { Transport } from '../../simulator/index.ts'
import { connectTransport, dialer, systemClock } from '../../simulator/index.ts'
import type { Stand } from '../support/dock-stand.ts'
import { openStand } from '../support/dock-stand.ts'

const closers: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function stand(): Promise<Stand> {
  const opened = await openStand({ connect: 'no' })
  closers.push(() => opened.close())
  return opened
}

type Wire = (stand: Stand) => Promise<() => Duplex>

const wires: readonly (readonly [string, Wire])[] = [
  ['inside the process', ({ broker }) => Promise.resolve(() => broker.dial())],
  [
    'over TCP',
    async ({ broker }) => {
      const port = await broker.listen(0, '127.0.0.1')
      return dialer(`mqtt://127.0.0.1:${port}`)
    },
  ],
]

function join(dial: () => Duplex, password = 'secret'): Promise<Transport> {
  return connectTransport({ dial, clock: systemClock, clientId: 'other', username: 'platform', password })
}

describe.each(wires)('a transport %s', (_, wire) => {
  it('hears what another one says', async () => {
    const world = await stand()
    const transport = await join(await wire(world))
    closers.push(() => transport.cut())
    await world.dock.connect()
    const heard = new Promise<string>((resolve) => transport.onMessage(({ topic }) => resolve(topic)))

    await transport.subscribe(['thing/product/+/events'], 1)
    const topic = `thing/product/${world.dock.gateway_sn}/events`
    await world.dock.publish(topic, Buffer.from('{}'), { qos: 1, retain: false })

    await expect(heard).resolves.toBe(topic)
  })

  it('is refused with a wrong password', async () => {
    const world = await stand()

    await expect(join(await wire(world), 'wrong')).rejects.toMatchObject({ code: 'BROKER_REFUSED' })
  })

  it('is off line after it has said goodbye and publishes nothing more', async () => {
    const world = await stand()
    const transport = await join(await wire(world))
    await transport.close()

    expect(transport.state).toBe('offline')
    await expect(transport.publish('thing/product/x/services', '{}', { qos: 1 })).rejects.toThrow('down')
  })
})

describe('dialer', () => {
  it('makes sockets that do not wait to fill a packet', async () => {
    const world = await stand()
    const port = await world.broker.listen(0, '127.0.0.1')
    const options: unknown[] = []
    const dial = dialer(`mqtt://127.0.0.1:${port}`, (given) => {
      options.push(given)
      return connect(given)
    })

    const transport = await join(dial)
    closers.push(() => transport.cut())

    expect(options).toEqual([{ host: '127.0.0.1', port, noDelay: true }])
  })

  it.each(['http://broker', 'mqtt://', 'broker:1883', ''])('refuses "%s"', (url) => {
    expect(() => dialer(url)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })
})
