import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/gateway/index.ts'
import { aCreate, commandsPath, openWorld, secondCredential } from '../support/gateway-world.ts'

describe('a repeated create', () => {
  it('answers 200 with the first command and sends nothing more', async () => {
    const world = await openWorld()
    const first = await world.create({ idempotency_key: 'k' })
    await world.pass(5_000)

    const again = await world.create({ idempotency_key: 'k' })

    expect(again.status).toBe(200)
    expect({ ...again.body, request_id: '' }).toEqual({ ...first.body, request_id: '' })
    expect(world.services()).toHaveLength(1)
  })

  it('says ACCEPTED whatever has become of the command', async () => {
    const world = await openWorld()
    const closing = await world.command({ idempotency_key: 'k' })
    await closing.answer({ result: 1 })

    const again = await world.create({ idempotency_key: 'k' })

    expect(again.body).toMatchObject({
      status: 'ACCEPTED',
      command_id: closing.id,
      accepted_at: closing.accepted_at,
    })
  })

  it('is the same with its keys in another order and other white space', async () => {
    const world = await openWorld()
    const body = aCreate({ command_type: 'camera_aim', payload: { x: 1, y: { a: 1, b: 2 } } })
    await world.call({ method: 'POST', target: commandsPath, body })
    const reordered = Object.fromEntries(
      Object.entries({ ...body, payload: { y: { b: 2, a: 1 }, x: 1 } }).reverse(),
    )

    const again = await world.call({
      method: 'POST',
      target: commandsPath,
      body: JSON.stringify(reordered, null, 2),
    })

    expect(again.status).toBe(200)
  })

  it('is one command with one tid when fifty copies come at the same time', async () => {
    const world = await openWorld()

    const answers = await Promise.all(
      Array.from({ length: 50 }, () => world.create({ idempotency_key: 'k' })),
    )

    expect(new Set(answers.map(({ body }) => body['command_id'])).size).toBe(1)
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      ...Array.from({ length: 49 }, () => 200),
      202,
    ])
    expect(world.services()).toHaveLength(1)
  })

  it('is another command under another API ID', async () => {
    const world = await openWorld()
    const first = await world.create({ idempotency_key: 'k' })

    const other = await world.call({
      method: 'POST',
      target: commandsPath,
      body: aCreate({ idempotency_key: 'k' }),
      by: secondCredential,
    })

    expect(other.status).toBe(202)
    expect(other.body['command_id']).not.toBe(first.body['command_id'])
  })
})

describe('a key that was used for something else', () => {
  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['another device', { device_id: 'drone-002' }],
    ['another timeout', { timeout_seconds: 31 }],
    ['another command', { command_type: 'drone_open' }],
    ['another payload', { command_type: 'camera_aim', payload: { x: 1 } }],
  ])('is refused for %s, and the first command is unharmed', async (_title, fields) => {
    const world = await openWorld()
    const first = await world.command({ idempotency_key: 'k' })

    const conflict = await world.create({ idempotency_key: 'k', ...fields })

    expect(conflict).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_CONFLICT' } })
    expect(world.services()).toHaveLength(1)
    expect(await first.status()).toBe('DELIVERED')
  })

  it('is validated first', async () => {
    const world = await openWorld()
    await world.create({ idempotency_key: 'k' })

    const refused = await world.create({ idempotency_key: 'k', timeout_seconds: 301 })

    expect(refused).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
  })
})

describe('a key', () => {
  it('is kept as long as its command, and goes with it', async () => {
    const world = await openWorld({ store: createMemoryStore({ maxCommands: 1 }) })
    const first = await world.command({ idempotency_key: 'k' })
    await first.answer({ result: 0 })
    await world.create({ idempotency_key: 'other' })
    await world.pass(30_000)

    const again = await world.create({ idempotency_key: 'k' })

    expect(again.status).toBe(202)
    expect(again.body['command_id']).not.toBe(first.id)
  })

  it('finds no room while all commands are open', async () => {
    const world = await openWorld({ store: createMemoryStore({ maxCommands: 1 }) })
    await world.create()

    const refused = await world.create()

    expect(refused).toMatchObject({
      status: 429,
      body: { code: 'RATE_LIMITED' },
      headers: { 'retry-after': '1' },
    })
  })
})
