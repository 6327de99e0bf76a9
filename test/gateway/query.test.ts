import { describe, expect, it } from 'vitest'
import { defaultSigning } from '../../contracts/index.ts'
import { commandsPath, openWorld, secondCredential } from '../support/gateway-world.ts'

describe('a query', () => {
  it('shows a command as it was created, and leaves out what is not known', async () => {
    const world = await openWorld({}, { docks: 'offline' })
    const waiting = await world.command({ timeout_seconds: 60 })

    expect(await waiting.shown()).toEqual({
      command_id: waiting.id,
      status: 'ACCEPTED',
      vendor: 'dji',
      device_id: 'drone-001',
      command_type: 'drone_close',
      timeout_seconds: 60,
      accepted_at: '2026-01-01T00:00:00.000Z',
      updated_at: '2026-01-01T00:00:00.000Z',
    })
  })

  it('shows the times and the reply of a command that failed', async () => {
    const world = await openWorld()
    const closing = await world.command()
    await world.pass(1_500)
    await closing.answer({ result: 514153, msg: 'Not in debug mode', output: { status: 'rejected' } })

    expect(await closing.shown()).toMatchObject({
      status: 'FAILED',
      delivered_at: '2026-01-01T00:00:00.000Z',
      response_received_at: '2026-01-01T00:00:01.500Z',
      completed_at: '2026-01-01T00:00:01.500Z',
      updated_at: '2026-01-01T00:00:01.500Z',
      response_code: '514153',
      response_message: 'Not in debug mode',
      vendor_response: { result: 514153, msg: 'Not in debug mode', output: { status: 'rejected' } },
      failure_code: '514153',
      failure_reason: 'Not in debug mode',
    })
  })

  it('leaves the message out when the dock gave none', async () => {
    const world = await openWorld()
    const closing = await world.command()
    await closing.answer({ result: 0 })

    const shown = await closing.shown()

    expect(shown).not.toHaveProperty('response_message')
    expect(shown).not.toHaveProperty('failure_code')
  })

  it('gives no reason of the dock for a failure without a message', async () => {
    const world = await openWorld()
    const closing = await world.command()
    await closing.answer({ result: 1 })

    expect(await closing.shown()).toMatchObject({ failure_code: '1', failure_reason: expect.any(String) })
  })

  it.each([
    '00000000-0000-4000-8000-999999999999',
    'drone_close',
    '0',
    '%00',
    '..%2F..%2Fetc',
    'x'.repeat(2000),
  ])('finds no command %s', async (id) => {
    const world = await openWorld()

    expect(await world.query(id)).toMatchObject({ status: 404, body: { code: 'COMMAND_NOT_FOUND' } })
  })

  it('hides a command from another API ID', async () => {
    const world = await openWorld()
    const closing = await world.command()

    const hidden = await world.call({ target: `${commandsPath}/${closing.id}`, by: secondCredential })

    expect(hidden).toMatchObject({ status: 404, body: { code: 'COMMAND_NOT_FOUND' } })
  })

  it('needs no signature where reads are open', async () => {
    const world = await openWorld({ signing: { ...defaultSigning, reads: 'open' } })
    const closing = await world.command()

    const shown = await world.call({ target: `${commandsPath}/${closing.id}`, sign: false })

    expect(shown).toMatchObject({ status: 200, body: { command_id: closing.id } })
  })

  it('keeps to the status that was read, whatever the dock sends later', async () => {
    const world = await openWorld()
    const closing = await world.command()
    await closing.answer({ result: 0, code: 'FIRST' })
    const before = await closing.shown()
    await world.pass(1_000)

    await closing.answer({ result: 1, code: 'SECOND' })
    await world.deliver('thing/product/DOCK001/events', {
      tid: 'e',
      bid: 'e',
      method: 'drone_close',
      data: { result: 1 },
    })
    await world.pass(60_000)

    expect(await closing.shown()).toEqual(before)
  })
})
