import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { externalTarget } from '../src/external-target.ts'
import { loadScenarioFiles, planTests, run } from '../src/scenario/index.ts'

const cwd = fileURLToPath(new URL('..', import.meta.url))
// Debian installs it where only root's PATH looks.
const path = `${process.env['PATH'] ?? ''}:/usr/sbin`
const mosquitto = spawnSync('mosquitto', ['-h'], { env: { PATH: path } }).error === undefined

/** Ports that nothing listens on, all different. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

/** A broker of other make, over TCP and WebSocket, until the test is over. */
async function startMosquitto(): Promise<Readonly<Record<'mqtt' | 'ws', string>>> {
  const [mqtt, ws] = await freePorts(2)
  const folder = await mkdtemp(join(tmpdir(), 'dockrig-mosquitto-'))
  const settings = join(folder, 'mosquitto.conf')
  await writeFile(
    settings,
    `listener ${mqtt} 127.0.0.1\nlistener ${ws} 127.0.0.1\nprotocol websockets\nallow_anonymous true\nset_tcp_nodelay true\npersistence false\n`,
  )
  const broker = spawn('mosquitto', ['-c', settings, '-v'], {
    env: { PATH: path },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const isOver = new Promise((resolve) => broker.once('exit', resolve))
  onTestFinished(async () => {
    broker.kill()
    await isOver
    await rm(folder, { recursive: true })
  })
  const said: string[] = []
  const lines = createInterface({ input: broker.stderr })
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      said.push(line)
      if (line.endsWith(' running')) resolve()
    })
    broker.once('exit', () => reject(new Error(`mosquitto did not start:\n${said.join('\n')}`)))
  })
  return { mqtt: `mqtt://127.0.0.1:${mqtt}`, ws: `ws://127.0.0.1:${ws}` }
}

describe.skipIf(!mosquitto)("somebody else's broker (needs mosquitto)", () => {
  it.each(['mqtt', 'ws'] as const)(
    'carries docks and gateway over %s',
    { timeout: 90_000 },
    async (scheme) => {
      const brokers = await startMosquitto()
      const suite = planTests((await loadScenarioFiles(['scenarios'], cwd)).scenarios, { tags: ['smoke'] })
      const [gatewayPort] = await freePorts(1)
      const target = await externalTarget(
        {
          broker: brokers[scheme],
          gateway: `http://127.0.0.1:${gatewayPort}`,
          gatewayCommand: `"${process.execPath}" examples/node-gateway/gateway.mjs`,
          readyTimeout: 15,
          seed: 1,
          mqttPort: 0,
        },
        { cwd, env: process.env },
      )
      onTestFinished(() => target.close())

      const { counts, outcomes } = await run(suite, target, {
        version: '0.0.0',
        seed: 1,
        level: 'should',
        workers: 8,
        reporter: { on: () => undefined, close: () => Promise.resolve() },
        wallMs: () => 0,
      })

      const trouble = [...outcomes].filter(([, { kind }]) => kind !== 'passed' && kind !== 'skipped')
      expect(trouble).toEqual([])
      expect(counts.passed).toBeGreaterThan(0)
    },
  )
})
