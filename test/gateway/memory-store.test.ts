import { describe, expect, it } from 'vitest'
import type { Command } from '../../src/gateway/command.ts'
import { createMemoryStore } from '../../src/gateway/index.ts'
import { aCommand } from '../support/a-command.ts'

describe('createMemoryStore', () => {
  it('stores one command for each scope', async () => {
    const store = createMemoryStore()
    await store.createOnce(numbered(1, { scope: 's' }))

    const second = await store.createOnce(numbered(2, { scope: 's' }))

    expect(second).toMatchObject({ kind: 'taken', command: { command_id: 'command-1' } })
    expect(await store.findCommand('command-2')).toBeUndefined()
  })

  it('finds commands by id and by tid', async () => {
    const store = createMemoryStore()
    await store.createOnce(numbered(1))

    expect(await store.findCommand('command-1')).toEqual(await store.findByTid('tid-1'))
    expect(await store.findByTid('tid-2')).toBeUndefined()
  })

  it('lists open commands, oldest first, of one dock or of all', async () => {
    const store = createMemoryStore()
    await store.createOnce(numbered(1, { accepted_at: 1 }))
    await store.createOnce(numbered(2, { accepted_at: 2, gateway_sn: 'DOCK002' }))
    await store.createOnce(numbered(3, { accepted_at: 3 }))
    await store.createOnce(numbered(4, { accepted_at: 4, state: 'failed' }))

    expect(ids(await store.openCommands())).toEqual(['command-1', 'command-2', 'command-3'])
    expect(ids(await store.openCommands('DOCK001'))).toEqual(['command-1', 'command-3'])
  })

  it('changes a command only when the change says so', async () => {
    const store = createMemoryStore()
    await store.createOnce(numbered(1))

    const unchanged = await store.updateCommand('command-1', () => undefined)
    const unknown = await store.updateCommand('command-9', (command) => command)
    const changed = await store.updateCommand('command-1', (command) => ({ ...command, state: 'failed' }))

    expect([unchanged, unknown, changed?.state]).toEqual([undefined, undefined, 'failed'])
    expect(await store.openCommands()).toEqual([])
  })

  it('evicts what has been final longest, with its key and tid, and never what is open', async () => {
    const store = createMemoryStore({ maxCommands: 3 })
    for (const number of [1, 2, 3]) await store.createOnce(numbered(number))
    for (const id of ['command-2', 'command-1']) {
      await store.updateCommand(id, (command) => ({ ...command, state: 'succeeded' }))
    }

    await store.createOnce(numbered(4))

    const left = await Promise.all([1, 2, 3, 4].map((number) => store.findCommand(`command-${number}`)))
    expect(left.map((command) => command?.command_id)).toEqual([
      'command-1',
      undefined,
      'command-3',
      'command-4',
    ])
    expect(await store.findByTid('tid-2')).toBeUndefined()
    expect(await store.createOnce(numbered(5, { scope: 'scope-2' }))).toEqual({ kind: 'created' })
  })

  it('has no room when everything is open', async () => {
    const store = createMemoryStore({ maxCommands: 1 })
    await store.createOnce(numbered(1))

    expect(await store.createOnce(numbered(2))).toEqual({ kind: 'full' })
  })

  it('hands out nothing that can be changed', async () => {
    const store = createMemoryStore()
    await store.createOnce(numbered(1))

    const command = (await store.findCommand('command-1')) as {
      request: { payload: Record<string, unknown> }
    }

    expect(() => {
      command.request.payload['x'] = 1
    }).toThrow(TypeError)
  })

  it('remembers docks, apart from the map that it hands out', async () => {
    const store = createMemoryStore()
    await store.savePresence('DOCK001', 'online')
    const before = await store.presences()
    await store.savePresence('DOCK001', 'offline')

    expect([before.get('DOCK001'), (await store.presences()).get('DOCK001')]).toEqual(['online', 'offline'])
  })

  it('keeps no more device requests than it should', async () => {
    const store = createMemoryStore({ maxDeviceRequests: 2 })
    for (const id of ['1', '2', '3']) {
      await store.addDeviceRequest({
        id,
        vendor: 'dji',
        device_id: 'drone-001',
        gateway_sn: 'DOCK001',
        request_type: 'config',
        payload: null,
        tid: id,
        bid: undefined,
        received_at: 1,
        answer: undefined,
      })
    }

    expect((await store.deviceRequests({})).map(({ id }) => id)).toEqual(['3', '2'])
  })
})

function numbered(number: number, fields: Partial<Command> = {}): Command {
  const names = { command_id: `command-${number}`, scope: `scope-${number}`, tid: `tid-${number}` }
  return aCommand({ ...names, ...fields })
}

function ids(commands: readonly Command[]): readonly string[] {
  return commands.map(({ command_id }) => command_id)
}
