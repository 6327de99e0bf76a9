import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { externalTarget } from '../src/external-target.ts'
import { freePort, freePorts } from './support/free-ports.ts'
import { playSmokeSuite } from './support/smoke-suite.ts'

const cwd = fileURLToPath(new URL('..', import.meta.url))
// Debian installs it where only root's PATH looks.
const path = `${process.env['PATH'] ?? ''}:/usr/sbin`
const mosquitto = spawnSync('mosquitto', ['-h'], { env: { PATH: path } }).error === undefined

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
      const target = await externalTarget(
        {
          broker: brokers[scheme],
          gateway: `http://127.0.0.1:${await freePort()}`,
          gatewayCommand: `"${process.execPath}" examples/node-gateway/gateway.mjs`,
          readyTimeout: 15,
          seed: 1,
          mqttPort: 0,
        },
        { cwd, env: process.env },
      )
      onTestFinished(() => target.close())

      const { counts, trouble } = await playSmokeSuite(target)

      expect(trouble).toEqual([])
      expect(counts.passed).toBeGreaterThan(0)
    },
  )
})
