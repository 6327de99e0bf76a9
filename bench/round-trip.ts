import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { Aedes } from 'aedes'
import { connectAsync } from 'mqtt'
import { formatTopic } from '../contracts/index.ts'
import { startRig } from '../src/index.ts'
import { connectTransport, dialer, systemClock, wallMs } from '../simulator/index.ts'

/**
 * Median of a QoS 1 services → services_reply round trip over TCP in one process: through Dockrig's broker and a virtual
 * dock, beside a bare aedes with two bare MQTT.js clients in the same run. Prints both.
 */
const rounds = 2_000
const warmUp = 200

interface Loop {
  readonly name: string
  /** Sends one request and resolves when its reply has come. */
  readonly once: (index: number) => Promise<void>
  readonly close: () => Promise<void>
}

async function dockrigLoop(): Promise<Loop> {
  const rig = await startRig({ port: 0 })
  const [device] = rig.devices
  const sn = device?.gateway_sn ?? ''
  device?.on('drone_close', { reply: { result: 0 } })
  const platform = await connectTransport({
    dial: dialer(rig.mqttUrl),
    clock: systemClock,
    clientId: 'bench',
    ...rig.mqtt,
  })
  await platform.subscribe([formatTopic('services_reply', sn)], 1)
  let heard = (): void => undefined
  platform.onMessage(() => heard())
  return {
    name: 'Dockrig (broker with tap, rules and judge; scripted dock)',
    async once(index) {
      const reply = new Promise<void>((resolve) => {
        heard = resolve
      })
      const message = {
        tid: `t-${index}`,
        bid: `b-${index}`,
        timestamp: systemClock.now(),
        method: 'drone_close',
        data: {},
      }
      await platform.publish(formatTopic('services', sn), JSON.stringify(message), { qos: 1 })
      await reply
    },
    async close() {
      await platform.close()
      await rig.close()
    },
  }
}

async function bareLoop(noDelay: boolean): Promise<Loop> {
  const broker = await Aedes.createBroker()
  const server = createServer({ noDelay }, (socket: Socket) => {
    broker.handle(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`
  const [platform, dock] = await Promise.all([connectAsync(url), connectAsync(url)])
  for (const client of [platform, dock]) (client.stream as Socket).setNoDelay(noDelay)
  await dock.subscribeAsync('services', { qos: 1 })
  await platform.subscribeAsync('services_reply', { qos: 1 })
  dock.on('message', (_topic, payload) => void dock.publishAsync('services_reply', payload, { qos: 1 }))
  let heard = (): void => undefined
  platform.on('message', () => heard())
  return {
    name: `bare aedes and MQTT.js, ${noDelay ? 'noDelay' : "Nagle's algorithm on"}`,
    async once(index) {
      const reply = new Promise<void>((resolve) => {
        heard = resolve
      })
      await platform.publishAsync('services', JSON.stringify({ tid: `t-${index}`, data: {} }), { qos: 1 })
      await reply
    },
    async close() {
      await Promise.all([platform.endAsync(), dock.endAsync()])
      await new Promise<void>((resolve) => broker.close(resolve))
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function measure(loop: Loop, count: number): Promise<void> {
  const times: number[] = []
  for (let index = 0; index < count + warmUp; index++) {
    const begun = wallMs()
    await loop.once(index)
    if (index >= warmUp) times.push(wallMs() - begun)
  }
  await loop.close()
  times.sort((a, b) => a - b)
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(3)
  console.log(`${loop.name.padEnd(60)} median ${at(0.5)} ms   99 % ${at(0.99)} ms   ${count} rounds`)
}

await measure(await bareLoop(true), rounds)
await measure(await dockrigLoop(), rounds)
await measure(await bareLoop(false), 100)
