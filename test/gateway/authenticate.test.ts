import { describe, expect, it } from 'vitest'
import { defaultSigning } from '../../contracts/index.ts'
import type { Call } from '../support/gateway-world.ts'
import { aCreate, commandsPath, openWorld } from '../support/gateway-world.ts'

describe('a scope', () => {
  it('is needed to create and to read', async () => {
    const world = await openWorld({
      credentials: [
        { api_id: 'reader', api_key: 'r', scopes: ['open:command:read'] },
        { api_id: 'writer', api_key: 'w', scopes: ['open:command:create'] },
      ],
    })
    const reader = { api_id: 'reader', api_key: 'r' }
    const writer = { api_id: 'writer', api_key: 'w' }

    const created = [
      await world.call({ ...aCall(), by: reader }),
      await world.call({ ...aCall(), by: writer }),
    ]
    const target = `${commandsPath}/${String(created[1]?.body['command_id'])}`
    const read = [await world.call({ target, by: reader }), await world.call({ target, by: writer })]

    expect(created.map(({ status }) => status)).toEqual([403, 202])
    expect(created[0]?.body['message']).toBe('The credential has no scope open:command:create.')
    expect(read.map(({ body }) => body['code'])).toEqual(['COMMAND_NOT_FOUND', 'FORBIDDEN'])
  })
})

describe('a rate limit', () => {
  it('refuses what comes too fast, and says when to come again', async () => {
    const world = await openWorld({ limits: { rate: { calls: 2, seconds: 10 } } })
    await world.create()
    await world.create()

    const refused = await world.create()
    await world.pass(5_000)
    const later = await world.create()

    expect(refused).toMatchObject({
      status: 429,
      body: { code: 'RATE_LIMITED', message: 'Too many calls.' },
      headers: { 'retry-after': '5' },
    })
    expect(later.status).toBe(202)
  })
})

describe('open reads', () => {
  it('need no signature, and creates still do', async () => {
    const world = await openWorld({ signing: { ...defaultSigning, reads: 'open' } })
    const { id } = await world.command()

    const read = await world.call({ target: `${commandsPath}/${id}`, sign: false })
    const created = await world.call({ ...aCall(), sign: false })

    expect(read.status).toBe(200)
    expect(created.status).toBe(401)
  })
})

function aCall(): Call {
  return { method: 'POST', target: commandsPath, body: aCreate() }
}
