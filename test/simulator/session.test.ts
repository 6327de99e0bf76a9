import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../contracts/index.ts'
import { openStand } from '../support/dock-stand.ts'

const bound: JsonObject = { result: 0, output: { bind_status: [] } }

/** A cloud that agrees to everything, except to one method. */
function cloud(refused?: string): (method: string) => JsonObject {
  return (method) => {
    if (method === refused) return { result: 210_231 }
    return method === 'config' ? { ntp_server_host: 'ntp.example.com', app_id: '1' } : bound
  }
}

const steps = ['config', 'airport_bind_status', 'airport_organization_get', 'airport_organization_bind']

describe('a full session', () => {
  it('asks for configuration and binding before it announces itself', async () => {
    const stand = await openStand({ session: 'full', answer: cloud() })

    const own = stand.heard.filter(({ from }) => from === stand.dock.gateway_sn)
    expect(own.map(({ method }) => method)).toEqual([...steps, 'update_topo'])
    await stand.close()
  })

  it('does not bind again what is bound', async () => {
    const stand = await openStand({
      session: 'full',
      connect: 'no',
      answer: (method) =>
        method === 'config'
          ? {}
          : {
              result: 0,
              output: { bind_status: [{ sn: stand.dock.gateway_sn, is_device_bind_organization: true }] },
            },
    })
    await stand.dock.connect()
    await stand.settle()

    expect(stand.said('requests').map(({ method }) => method)).toEqual(steps.slice(0, 2))
    expect(stand.said('status', 'update_topo')).toHaveLength(1)
    await stand.close()
  })

  it.each(steps)('ends when %s is refused', async (refused) => {
    const stand = await openStand({ session: 'full', answer: cloud(refused) })

    expect(stand.said('requests').at(-1)?.method).toBe(refused)
    expect(stand.said('status', 'update_topo')).toEqual([])
    expect(stand.dock.isOnline).toBe(false)
    await stand.close()
  })

  it('ends when the cloud says nothing', async () => {
    const stand = await openStand({ session: 'full' })

    await stand.pass(6_000)

    expect(stand.said('requests')).toHaveLength(1)
    expect(stand.dock.isOnline).toBe(false)
    await stand.close()
  })

  it('introduces itself once, not after every break of the line', async () => {
    const stand = await openStand({ session: 'full', answer: cloud() })

    stand.dock.dropLine()
    await stand.settle()
    await stand.pass(2_000)

    expect(stand.said('requests')).toHaveLength(4)
    expect(stand.said('status', 'update_topo')).toHaveLength(2)
    await stand.close()
  })
})

describe('a short session', () => {
  it('announces itself and asks for nothing', async () => {
    const stand = await openStand()

    expect(stand.heard.map(({ family }) => family)).toEqual(['status', 'status_reply'])
    await stand.close()
  })

  it.each([
    ['rc-plus', '2', 119],
    ['rc-pro', '2', 144],
    ['dock3', '3', 3],
  ])('announces a %s in domain %s', async (model, domain, type) => {
    const stand = await openStand({ dock: { model } })

    expect(stand.heard[0]?.data).toMatchObject({ domain, type })
    await stand.close()
  })

  it('comes back from silence on a new line', async () => {
    const stand = await openStand()
    await stand.dock.disconnect('silent')
    await stand.send('drone_close')
    const silent = stand.said('services_reply').length

    await stand.dock.connect()
    await stand.settle()
    await stand.send('drone_close')

    expect([silent, stand.said('services_reply').length]).toEqual([0, 1])
    await stand.close()
  })
})
