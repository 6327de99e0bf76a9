import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import supertest from 'supertest'
import { describe, expect, it } from 'vitest'
import { defaultHeaders, defaultSigning, signRequest } from '../../contracts/index.ts'
import type { World } from '../support/gateway-world.ts'
import { aCreate, commandsPath, credential, openWorld } from '../support/gateway-world.ts'

describe('over a socket', () => {
  it('a command is created and read', async () => {
    const world = await listening()
    const created = await supertest(world.gateway.app.server)
      .post(commandsPath)
      .set(signed(world, 'POST', commandsPath, JSON.stringify(aCreate())))
      .send(aCreate())

    const target = `${commandsPath}/${String(created.body.command_id)}`
    const read = await supertest(world.gateway.app.server)
      .get(target)
      .set(signed(world, 'GET', target, ''))

    expect([created.status, read.status, read.body.status]).toEqual([202, 200, 'DELIVERED'])
  })

  it('a body that is too large is refused', async () => {
    const world = await listening()

    const refused = await supertest(world.gateway.app.server)
      .post(commandsPath)
      .send({ x: 'x'.repeat(300 * 1024) })

    expect(refused.status).toBe(413)
    expect(refused.body).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', request_id: expect.any(String) })
  })

  it.each<[string, string, number]>([
    ['bytes that are not HTTP', 'HELLO\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['a length that is none', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n', 400],
  ])('%s get an error envelope', async (_title, bytes, status) => {
    const world = await listening()

    const { head, body } = await raw(world, bytes)

    expect(head).toContain(`HTTP/1.1 ${status} `)
    expect(body).toEqual({
      code: expect.any(String),
      message: expect.any(String),
      request_id: expect.any(String),
    })
  })

  it('a kill resets the connection', async () => {
    const world = await listening()
    const { port } = world.gateway.app.server.address() as AddressInfo
    const socket = connect(port, '127.0.0.1').on('error', () => undefined)
    await once(socket, 'connect')

    world.gateway.kill()

    await once(socket, 'close')
    expect(socket.destroyed).toBe(true)
  })
})

async function listening(): Promise<World> {
  const world = await openWorld()
  await world.gateway.app.listen({ port: 0, host: '127.0.0.1' })
  return world
}

function signed(
  world: World,
  method: string,
  target: string,
  body: string,
): Readonly<Record<string, string>> {
  const timestamp = Math.floor(world.clock.now() / 1000)
  return signRequest(
    { ...credential, method, target, body, timestamp, nonce: method },
    defaultSigning,
    defaultHeaders,
  )
}

async function raw(world: World, bytes: string): Promise<{ readonly head: string; readonly body: unknown }> {
  const { port } = world.gateway.app.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  let heard = ''
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString()))
  socket.write(bytes)
  await once(socket, 'end')
  socket.destroy()
  const [head = '', body = ''] = heard.split('\r\n\r\n')
  return { head, body: JSON.parse(body) as unknown }
}
