import { describe, expect, it } from 'vitest'
import { aCreate, basePath, commandsPath, openWorld } from '../support/gateway-world.ts'

describe('an error', () => {
  it('has the envelope on a path that leads nowhere', async () => {
    const world = await openWorld()

    const { status, body } = await world.call({ target: '/nowhere', sign: false })

    expect(status).toBe(404)
    expect(body).toEqual({ code: 'NOT_FOUND', message: expect.any(String), request_id: expect.any(String) })
  })

  it.each<['PUT' | 'GET', string]>([
    ['PUT', commandsPath],
    ['GET', commandsPath],
  ])('has the envelope for %s %s', async (method, target) => {
    const world = await openWorld()

    expect(await world.call({ method, target, sign: false })).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND' },
    })
  })

  it('has the envelope on a path that cannot be decoded', async () => {
    const world = await openWorld()

    const answer = await world.call({ target: `${commandsPath}/%E0%A4%A`, sign: false })

    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED', request_id: expect.any(String) },
    })
  })

  it.each<[string, Readonly<Record<string, string>>]>([
    ['text', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['JSON of another kind', { 'content-type': 'application/merge-patch+json' }],
    ['nothing', { 'content-type': '' }],
    ['nonsense', { 'content-type': 'json' }],
  ])('comes before the signature for a body declared as %s', async (_title, headers) => {
    const world = await openWorld()

    const answer = await world.call({
      method: 'POST',
      target: commandsPath,
      body: aCreate(),
      sign: false,
      headers,
    })

    expect(answer).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE' } })
  })

  it('comes before the signature for a body that is too large', async () => {
    const world = await openWorld()
    const body = aCreate({ payload: { x: 'x'.repeat(256 * 1024) } })

    const answer = await world.call({ method: 'POST', target: commandsPath, body, sign: false })

    expect(answer).toMatchObject({ status: 413, body: { code: 'PAYLOAD_TOO_LARGE' } })
  })

  it('is not made by a body just below the limit', async () => {
    const world = await openWorld()
    const payload = { x: 1, fill: 'x'.repeat(255 * 1024) }

    expect((await world.create({ command_type: 'camera_aim', payload })).status).toBe(202)
  })

  it('takes a media type with a character set', async () => {
    const world = await openWorld()
    const headers = { 'content-type': 'application/json; charset=utf-8' }

    expect(
      (await world.call({ method: 'POST', target: commandsPath, body: aCreate(), headers })).status,
    ).toBe(202)
  })

  it('of the gateway itself shows nothing of the inside', async () => {
    const world = await openWorld({
      parts: {
        judgeRepeat: () => {
          throw new Error('secret detail')
        },
      },
    })
    await world.create({ idempotency_key: 'k' })

    const { status, body } = await world.create({ idempotency_key: 'k' })

    expect(status).toBe(500)
    expect(body).toEqual({
      code: 'INTERNAL_ERROR',
      message: 'The gateway failed.',
      request_id: expect.any(String),
    })
  })
})

describe('the request id', () => {
  it('of the caller comes back in errors, creates and headers', async () => {
    const world = await openWorld()
    const headers = { 'x-request-id': 'mine 1' }

    const created = await world.call({ method: 'POST', target: commandsPath, body: aCreate(), headers })
    const refused = await world.call({ method: 'POST', target: commandsPath, body: {}, sign: false, headers })
    const lost = await world.call({ target: '/nowhere', sign: false, headers })

    expect([created, refused, lost].map(({ body }) => body['request_id'])).toEqual([
      'mine 1',
      'mine 1',
      'mine 1',
    ])
    expect(created.headers['x-request-id']).toBe('mine 1')
  })

  it.each(['', 'x'.repeat(129), 'tab\there', 'é'])('is a new one in place of %j', async (given) => {
    const world = await openWorld()

    const { body } = await world.call({ target: '/nowhere', sign: false, headers: { 'x-request-id': given } })

    expect(body['request_id']).toMatch(/^00000000-/)
  })
})

describe('what needs no signature', () => {
  it('is the health of the gateway', async () => {
    const world = await openWorld()

    const answer = await world.call({ target: '/healthz', sign: false })

    expect(answer).toMatchObject({ status: 200, body: { status: 'ok', broker: 'online' } })
  })

  it('is its OpenAPI document, when it has one', async () => {
    const world = await openWorld({ openapi: () => ({ openapi: '3.1.0' }) })
    const without = await openWorld()
    const target = `${basePath}/openapi.json`

    expect(await world.call({ target, sign: false })).toMatchObject({
      status: 200,
      body: { openapi: '3.1.0' },
    })
    expect((await without.call({ target, sign: false })).status).toBe(404)
  })
})
