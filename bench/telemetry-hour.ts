import type { Transport } from '../simulator/index.ts'
import {
  Activity,
  Broker,
  BrokerFaults,
  connectTransport,
  Fleet,
  untilQuiet,
  VirtualClock,
} from '../simulator/index.ts'
import { encodeEnvelope, formatTopic } from '../contracts/index.ts'

/**
 * Lets one dock with its aircraft live for an hour of virtual time (osd, state, one flight) and prints how long that
 * took; the aim is below 1 s. Then prints how much memory each dock of a fleet takes (with `--expose-gc` exactly).
 */
async function main(): Promise<void> {
  const field = await openField()
  const { clock, activity, fleet, platform, heard } = field
  const dock = fleet.add({ name: 'dock', telemetry: true, initial: { mode_code: 0 } })
  await dock.connect()
  const start = process.hrtime.bigint()
  const cpu = process.cpuUsage()
  await untilQuiet(activity)
  await pass(clock, activity, 600_000)
  for (const [method, data] of [
    [
      'flighttask_prepare',
      { flight_id: 'f1', task_type: 0, file: { url: 'https://files.example.com/a.kmz' } },
    ],
    ['flighttask_execute', { flight_id: 'f1' }],
  ] as const) {
    const message = { tid: method, bid: 'f1', timestamp: clock.now(), method, data }
    await platform.publish(formatTopic('services', dock.gateway_sn), encodeEnvelope(message), { qos: 1 })
    await untilQuiet(activity)
  }
  await pass(clock, activity, 3_000_000)
  const ms = Number(process.hrtime.bigint() - start) / 1e6
  const { user, system } = process.cpuUsage(cpu)
  const used = ((user + system) / 1000).toFixed(0)
  console.log(
    `${heard.messages} messages (${heard.progress} of the flight) of one virtual hour in ${ms.toFixed(0)} ms (${used} ms of processor time)`,
  )
  await field.close()
  await weigh(500)
}

interface Field {
  readonly clock: VirtualClock
  readonly activity: Activity
  readonly fleet: Fleet
  readonly platform: Transport
  readonly heard: { messages: number; progress: number }
  close(): Promise<void>
}

async function openField(): Promise<Field> {
  const clock = new VirtualClock()
  const activity = new Activity()
  const heard = { messages: 0, progress: 0 }
  const broker = await Broker.create({
    activity,
    faults: new BrokerFaults(clock, () => 0),
    rules: 'enforced',
    accountOf: (username, password) =>
      username === 'platform' ? { kind: 'platform' } : fleet.accountOf(username, password),
    onMessage: ({ topic }) => {
      heard.messages += 1
      if (topic.endsWith('/events')) heard.progress += 1
    },
    onNotice: () => undefined,
  })
  const common = { dial: () => broker.dial(), activity, keepAliveSeconds: 0, brokerName: 'the bench' }
  const fleet = new Fleet({ ...common, clock, seed: 1, onTrouble: console.error })
  const platform = await connectTransport({
    ...common,
    clock,
    clientId: 'platform',
    username: 'platform',
    password: '',
  })
  return {
    clock,
    activity,
    fleet,
    platform,
    heard,
    async close() {
      await fleet.close()
      platform.cut()
      await broker.close()
    },
  }
}

async function pass(clock: VirtualClock, activity: Activity, ms: number): Promise<void> {
  const end = clock.now() + ms
  for (let due = clock.nextDue(); due !== undefined && due <= end; due = clock.nextDue()) {
    clock.advance()
    await untilQuiet(activity)
  }
}

/** Connections to the broker included, which lives in the same process. */
async function weigh(docks: number): Promise<void> {
  const field = await openField()
  const { fleet, activity } = field
  const before = heapNow()
  for (let place = 1; place <= docks; place += 1)
    await fleet.add({ name: `dock-${place}`, telemetry: true }).connect()
  await untilQuiet(activity)
  const each = (heapNow() - before) / docks / 1024
  console.log(`${docks} docks, connected and telling their osd: ${each.toFixed(0)} KiB of memory each`)
  await field.close()
}

function heapNow(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

await main()
