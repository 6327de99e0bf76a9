import type { IncomingHttpHeaders } from 'node:http'
import { request } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Control } from '../../src/control/index.ts'
import { startControl } from '../../src/control/index.ts'
import type { DockRig } from '../../src/index.ts'
import { startRig } from '../../src/index.ts'

const options = {
  host: '127.0.0.1',
  port: 0,
  seed: 1,
  onTrouble: (error: unknown) => {
    throw error
  },
}

async function aStand(): Promise<{ readonly rig: DockRig; readonly control: Control }> {
  const rig = await startRig()
  const control = await startControl(rig, options)
  onTestFinished(async () => {
    await control.close()
    await rig.close()
  })
  return { rig, control }
}

/** Reads what an address says until it has said `until`, or has ended. */
function hear(url: string, until: string, headers: IncomingHttpHeaders = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => {
        text += chunk
        if (!text.includes(until)) return
        resolve(text)
        asking.destroy()
      })
      answer.on('end', () => resolve(text))
      answer.on('error', () => resolve(text))
    })
    asking.on('error', reject)
    asking.end()
  })
}

/** Begins to listen; resolves, when the first words have come, to what ends it. */
function listenTo(url: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const asking = request(url, (answer) => answer.once('data', () => resolve(() => asking.destroy())))
    asking.on('error', reject)
    asking.end()
  })
}

describe('the stream of events', () => {
  it('tells what happens, by kind and device, and goes on where it was left', async () => {
    const { rig, control } = await aStand()
    await rig.add({ name: 'east' })
    await rig.add({ name: 'west' })

    const all = await hear(`${control.url}/events?since=0&kind=device&device=west`, '"online"')
    const [, id] = /id: (\d+)\nevent: device\ndata: .*"west","change":"added"/.exec(all) ?? []
    const rest = await hear(`${control.url}/events?device=west`, '"online"', { 'last-event-id': id })

    expect(all).not.toContain('east')
    expect(rest).toContain('event: frame')
    expect(rest).not.toContain('"added"')
  })

  it('tells of calls to the gateway, without headers and bodies', async () => {
    const { rig, control } = await aStand()
    await rig.send('drone-001', 'drone_close')
    await rig.fetch('/downlink/commands/00000000-0000-4000-8000-000000000000')

    const heard = await hear(`${control.url}/events?since=0&kind=http`, 'COMMAND_NOT_FOUND')

    expect(heard).toContain('"method":"POST","path":"/api/v1/open/downlink/commands","status":202')
    expect(heard).toContain(`"api_id":"${rig.api_id}"`)
    expect(heard).toMatch(/"command_id":"[0-9a-f-]{36}","device_id":"drone-001"/)
    expect(heard).not.toMatch(/signature|idempotency|nonce/i)
  })

  it('is for so many readers, and for the next when one has left', async () => {
    const { control } = await aStand()
    const left: (() => void)[] = []
    for (let reader = 1; reader <= 32; reader += 1) left.push(await listenTo(`${control.url}/events`))

    const refused = await hear(`${control.url}/events`, '}')
    left[0]?.()
    await hear(`${control.url}/`, 'version')

    expect(refused).toContain('TOO_MANY_READERS')
    expect(await hear(`${control.url}/events`, 'retry')).toContain('retry: 1000')
  })

  it('tells of scripts', async () => {
    const { rig, control } = await aStand()
    rig.script({ fleet: [{ quirks: 'slow-dock' }] }).undo()

    const heard = await hear(`${control.url}/events?since=0&kind=script`, '"removed"')

    expect(heard).toContain('"change":"applied","docks":1')
  })

  it('ends when the control API closes', async () => {
    const { control } = await aStand()
    const heard = hear(`${control.url}/events`, 'nothing says this')
    await hear(`${control.url}/`, 'version')

    await control.close()

    expect(await heard).toContain('retry: 1000')
  })

  it('refuses kinds and numbers that there are not', async () => {
    const { control } = await aStand()

    expect(await hear(`${control.url}/events?kind=noise`, '}')).toContain('QUERY_INVALID')
    expect(await hear(`${control.url}/events`, '}', { 'last-event-id': 'x' })).toContain('QUERY_INVALID')
  })
})

describe('starting the control API', () => {
  it('says that its port is taken', async () => {
    const { rig, control } = await aStand()
    const port = Number(new URL(control.url).port)

    await expect(startControl(rig, { ...options, port })).rejects.toMatchObject({ code: 'PORT_IN_USE' })
  })
})
