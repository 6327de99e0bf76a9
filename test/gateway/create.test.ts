import { describe, expect, it } from 'vitest'
import { aCreate, commandsPath, openWorld } from '../support/gateway-world.ts'

describe('an accepted create', () => {
  it('answers 202 with id, status, time and request id', async () => {
    const world = await openWorld()

    const { status, body } = await world.create()

    expect(status).toBe(202)
    expect(body).toEqual({
      command_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
      status: 'ACCEPTED',
      accepted_at: '2026-01-01T00:00:00.000Z',
      request_id: expect.any(String),
    })
  })

  it('gives different commands different ids', async () => {
    const world = await openWorld()

    const answers = await Promise.all([world.create(), world.create(), world.create()])

    expect(new Set(answers.map(({ body }) => body['command_id'])).size).toBe(3)
  })

  it.each([0, 1, 30, 300])('takes a timeout of %d s', async (timeout_seconds) => {
    const world = await openWorld()

    expect((await world.create({ timeout_seconds })).status).toBe(202)
  })

  it('gives 30 s when none is named', async () => {
    const world = await openWorld()

    const closing = await world.command()

    expect(await closing.shown()).toMatchObject({ timeout_seconds: 30 })
  })

  it('takes a payload that fits its method', async () => {
    const world = await openWorld()

    expect((await world.create({ command_type: 'camera_aim', payload: { x: 1, more: [null] } })).status).toBe(
      202,
    )
  })
})

const refusals: readonly (readonly [string, Readonly<Record<string, unknown>>, string, string])[] = [
  ['no vendor', { vendor: undefined }, 'VALIDATION_FAILED', '/vendor is missing'],
  ['no device', { device_id: undefined }, 'VALIDATION_FAILED', '/device_id is missing'],
  ['no command type', { command_type: undefined }, 'VALIDATION_FAILED', '/command_type is missing'],
  ['no key', { idempotency_key: undefined }, 'VALIDATION_FAILED', '/idempotency_key is missing'],
  ['no payload', { payload: undefined }, 'VALIDATION_FAILED', '/payload is missing'],
  ['a list as payload', { payload: [] }, 'VALIDATION_FAILED', '/payload must be of type object, not array'],
  ['null as payload', { payload: null }, 'VALIDATION_FAILED', '/payload must be of type object, not null'],
  ['a text as payload', { payload: '{}' }, 'VALIDATION_FAILED', '/payload'],
  ['a number as payload', { payload: 0 }, 'VALIDATION_FAILED', '/payload'],
  ['a timeout of -1', { timeout_seconds: -1 }, 'VALIDATION_FAILED', '/timeout_seconds must be >= 0'],
  ['a timeout of 301', { timeout_seconds: 301 }, 'VALIDATION_FAILED', '/timeout_seconds must be <= 300'],
  ['a timeout in a text', { timeout_seconds: '30' }, 'VALIDATION_FAILED', '/timeout_seconds'],
  ['half a second', { timeout_seconds: 1.5 }, 'VALIDATION_FAILED', '/timeout_seconds'],
  ['a timeout of null', { timeout_seconds: null }, 'VALIDATION_FAILED', '/timeout_seconds'],
  ['a number as vendor', { vendor: 1 }, 'VALIDATION_FAILED', '/vendor must be of type string, not number'],
  ['null as device', { device_id: null }, 'VALIDATION_FAILED', '/device_id'],
  ['an object as command type', { command_type: {} }, 'VALIDATION_FAILED', '/command_type'],
  ['a number as key', { idempotency_key: 5 }, 'VALIDATION_FAILED', '/idempotency_key'],
  ['an empty vendor', { vendor: '' }, 'VALIDATION_FAILED', '/vendor is empty'],
  ['an empty device', { device_id: '' }, 'VALIDATION_FAILED', '/device_id is empty'],
  ['an empty command type', { command_type: '' }, 'VALIDATION_FAILED', '/command_type is empty'],
  ['an empty key', { idempotency_key: '' }, 'VALIDATION_FAILED', '/idempotency_key is empty'],
  ['a misspelt field', { timeout_second: 5 }, 'VALIDATION_FAILED', 'did you mean "timeout_seconds"'],
  ['an unknown field', { priority: 5 }, 'VALIDATION_FAILED', '"priority" is not a field'],
  ['another vendor', { vendor: 'acme' }, 'UNSUPPORTED_VENDOR', '"acme"'],
  ['an invented method', { command_type: 'drone_dance' }, 'UNSUPPORTED_COMMAND', '"drone_dance"'],
  ['a method of all objects', { command_type: 'constructor' }, 'UNSUPPORTED_COMMAND', '"constructor"'],
  [
    'a method that is not offered',
    { command_type: 'poi_mode_enter' },
    'UNSUPPORTED_COMMAND',
    '"poi_mode_enter"',
  ],
  ['arguments for a method without', { payload: { force: true } }, 'VALIDATION_FAILED', '/payload: expected'],
  [
    'an argument that is missing',
    { command_type: 'camera_aim' },
    'VALIDATION_FAILED',
    '/payload/x: expected a number',
  ],
  [
    'an integer beyond 2^53',
    { command_type: 'camera_aim', payload: { x: 2 ** 53 } },
    'VALIDATION_FAILED',
    '/payload/x',
  ],
]

describe('a refused create', () => {
  it.each(refusals)('tells the caller about %s', async (_title, fields, code, message) => {
    const world = await openWorld()

    const { status, body } = await world.create(fields)

    expect(status).toBe(400)
    expect(body).toEqual({ code, message: expect.stringContaining(message), request_id: expect.any(String) })
    expect(world.services()).toEqual([])
  })

  it('tells of all problems of shape at once', async () => {
    const world = await openWorld()

    const { body } = await world.create({ vendor: undefined, payload: [], timeout_seconds: 900 })

    expect(body['message']).toMatch(/vendor.*payload.*timeout_seconds/)
  })

  it('answers 404 for an unknown device, after everything else was checked', async () => {
    const world = await openWorld()

    const unknown = await world.create({ device_id: 'drone-999' })
    const alsoInvalid = await world.create({ device_id: 'drone-999', command_type: 'drone_dance' })

    expect(unknown).toMatchObject({ status: 404, body: { code: 'DEVICE_NOT_FOUND' } })
    expect(alsoInvalid).toMatchObject({ status: 400, body: { code: 'UNSUPPORTED_COMMAND' } })
  })

  it('leaves its key free', async () => {
    const world = await openWorld()

    await world.create({ idempotency_key: 'k', timeout_seconds: 900 })

    expect((await world.create({ idempotency_key: 'k' })).status).toBe(202)
  })
})

describe('a body', () => {
  it.each<[string, string]>([
    ['is empty', ''],
    ['is cut off', '{"vendor":'],
    ['has a byte order mark', '\uFEFF{}'],
    ['is a form', 'vendor=dji'],
    ['ends in something else', '{} {}'],
  ])('that %s is refused as not JSON', async (_title, body) => {
    const world = await openWorld()

    const answer = await world.call({ method: 'POST', target: commandsPath, body })

    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST_BODY' } })
  })

  it.each<[string, string]>([
    ['is null', 'null'],
    ['is a list', '[]'],
    ['is a number', '42'],
    ['names a prototype', '{"__proto__":{"vendor":"dji"}}'],
    ['is nested without end', `{"payload":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
    ['has a number beyond all numbers', JSON.stringify(aCreate()).replace('{}', '{"x":1e400}')],
  ])('that %s is refused as invalid', async (_title, body) => {
    const world = await openWorld()

    const answer = await world.call({ method: 'POST', target: commandsPath, body })

    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
  })
})
