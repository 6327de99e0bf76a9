import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { spawnSync } from 'node:child_process'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ExternalOptions } from '../src/external-target.ts'
import { externalTarget } from '../src/external-target.ts'
import type { Target } from '../src/scenario/index.ts'
import { freePort } from './support/free-ports.ts'
import { runText } from './support/run-scenario.ts'
import { playSmokeSuite } from './support/smoke-suite.ts'

const io = { cwd: fileURLToPath(new URL('..', import.meta.url)), env: process.env }

function listening(server: Server): Promise<number> {
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  )
}

async function aTarget(options: Partial<ExternalOptions>): Promise<Target> {
  const target = await externalTarget(
    {
      gateway: `http://127.0.0.1:${await freePort()}`,
      mqttPort: 0,
      seed: 1,
      readyTimeout: 1,
      ...options,
    },
    io,
  )
  onTestFinished(() => target.close())
  return target
}

/** A gateway made of one line of JavaScript. */
function node(code: string): { readonly gatewayCommand: string } {
  return { gatewayCommand: `"${process.execPath}" -e "${code}"` }
}

const hasPython = spawnSync('python3', ['--version']).status === 0
const gateways: readonly (readonly [string, string])[] = [
  ['in Node', `"${process.execPath}" examples/node-gateway/gateway.mjs`],
  ...(hasPython ? [['in Python', 'python3 examples/python-gateway/gateway.py'] as const] : []),
]

describe("somebody else's gateway", () => {
  it.each(gateways)('%s passes what it promises', { timeout: 60_000 }, async (_, gatewayCommand) => {
    const target = await aTarget({ gatewayCommand, readyTimeout: 15 })

    const { counts, trouble } = await playSmokeSuite(target)

    expect(trouble).toEqual([])
    expect(counts.passed).toBeGreaterThan(0)
  })

  it('meets no key again when a test runs twice', { timeout: 30_000 }, async () => {
    const target = await aTarget({
      gatewayCommand: `"${process.execPath}" examples/node-gateway/gateway.mjs`,
      readyTimeout: 15,
    })
    const text =
      'scenario: a\ndevices: { drone-001: { on: { drone_close: { reply: { result: 0 } } } } }\n' +
      'steps: [{ send: { device_id: drone-001, command_type: drone_close, idempotency_key: "${fresh.key}" } }, { await: SUCCEEDED }]\n'

    const once = await runText(text, { level: 'should' }, target)
    const again = await runText(text, { level: 'should' }, target)

    expect([...once.list, ...again.list].map(({ kind }) => kind)).toEqual(['passed', 'passed'])
  })

  it('is restarted when a test leaves it stopped', { timeout: 30_000 }, async () => {
    const target = await aTarget({
      gatewayCommand: `"${process.execPath}" examples/node-gateway/gateway.mjs`,
      readyTimeout: 15,
    })
    const one = (name: string, steps: string): string =>
      `scenario: ${name}\nneeds: [gateway-control]\ndevices: { drone-001: { on: { drone_close: { reply: { result: 0 } } } } }\nsteps: [${steps}]\n`
    const text = [
      one('a', '{ gateway: stop }, { broker: stop }'),
      one('b', '{ send: { device_id: drone-001, command_type: drone_close } }, { await: SUCCEEDED }'),
    ].join('---\n')

    const { list } = await runText(text, { level: 'should' }, target)

    expect(list.map(({ kind }) => kind)).toEqual(['passed', 'passed'])
  })
})

describe('a gateway that dies during a run', () => {
  it('breaks one test, and the rest is skipped for that reason', { timeout: 30_000 }, async () => {
    const dying = `import('./examples/node-gateway/gateway.mjs'); setTimeout(() => process.exit(9), 1500)`
    const target = await aTarget({ ...node(dying), readyTimeout: 15 })
    const one = (name: string): string =>
      `scenario: ${name}\ndevices: { drone-001: {} }\nsteps: [{ wait: 2s }, { send: { device_id: drone-001, command_type: drone_close } }]\n`

    const { list } = await runText(['a', 'b', 'c'].map(one).join('---\n'), { level: 'should' }, target)

    expect(list).toMatchObject([
      { kind: 'broken', error: { code: 'GATEWAY_UNREACHABLE' } },
      { kind: 'skipped', because: expect.stringContaining('GATEWAY_UNREACHABLE') as string },
      { kind: 'skipped' },
    ])
  })
})

describe('a gateway that cannot be tested', () => {
  it('that is not there is not waited for any longer than asked', async () => {
    await expect(aTarget({})).rejects.toMatchObject({
      code: 'GATEWAY_NOT_READY',
      message: expect.stringContaining('does not answer HTTP (nothing listens there)') as string,
    })
  })

  it('that dies at once shows what it wrote', async () => {
    await expect(aTarget(node("console.error('no licence'); process.exit(7)"))).rejects.toMatchObject({
      code: 'GATEWAY_BROKEN',
      message: expect.stringMatching(/exit code 7[\s\S]*no licence/) as string,
    })
  })

  it('that never listens is given up', async () => {
    await expect(aTarget(node('setInterval(() => 0, 1000)'))).rejects.toMatchObject({
      code: 'GATEWAY_NOT_READY',
    })
  })

  it('that takes connections and says nothing is given up', async () => {
    await expect(
      aTarget(node("require('net').createServer(() => 0).listen(+process.env.RIG_HTTP_PORT)")),
    ).rejects.toMatchObject({ code: 'GATEWAY_NOT_READY' })
  })

  it('that is a web server is told from a gateway', async () => {
    const page =
      "require('http').createServer((q, a) => a.setHeader('content-type', 'text/html').end('<p>')).listen(+process.env.RIG_HTTP_PORT)"

    await expect(aTarget(node(page))).rejects.toMatchObject({
      code: 'GATEWAY_NOT_READY',
      message: expect.stringContaining('it answers 200 with text/html') as string,
    })
  })

  it('that answers but never subscribes is told so', async () => {
    const refusing =
      "require('http').createServer((q, a) => a.writeHead(401).end('{}')).listen(+process.env.RIG_HTTP_PORT)"

    await expect(aTarget(node(refusing))).rejects.toMatchObject({
      message: expect.stringContaining('has not subscribed to thing/product/+/services_reply') as string,
    })
  })

  it('whose port is taken is not started', async () => {
    const server = createServer()
    const port = await listening(server)
    onTestFinished(() => void server.close())

    await expect(aTarget({ gateway: `http://127.0.0.1:${port}`, ...node('0') })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
    })
  })

  it('on another machine is not called unless that is allowed', async () => {
    await expect(aTarget({ gateway: 'http://192.0.2.1:8080' })).rejects.toMatchObject({
      code: 'REMOTE_REFUSED',
    })
  })
})
