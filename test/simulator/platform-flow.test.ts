import { connectAsync } from 'mqtt'
import type { MqttClient } from 'mqtt'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../contracts/index.ts'
import { Activity, Broker, BrokerFaults, dialer, Fleet, systemClock } from '../../simulator/index.ts'

// A platform of our own, as DJI's Java demo goes about it (our reading): real sockets, nothing but an MQTT client.

interface Heard {
  readonly topic: string
  readonly message: JsonObject
}

/** Subscribes to status and requests at first, to all else of a gateway when that has announced itself. */
class Platform {
  readonly heard: Heard[] = []
  readonly bound = new Set<string>()
  readonly #client: MqttClient
  readonly #waiting = new Set<() => void>()
  readonly #underWay: Promise<unknown>[] = []

  constructor(client: MqttClient) {
    this.#client = client
    client.on('message', (topic, payload) => {
      const message = JSON.parse(payload.toString()) as JsonObject
      this.heard.push({ topic, message })
      this.#answer(topic, message)
      for (const look of this.#waiting) look()
    })
  }

  async start(): Promise<void> {
    await this.#client.subscribeAsync(['sys/product/+/status', 'thing/product/+/requests'], { qos: 1 })
  }

  /** Ends when all that was said has arrived. */
  async stop(): Promise<void> {
    for (const each of this.#underWay) await each
    await this.#client.endAsync()
  }

  /** The first message that fits; waits for it. */
  hear(topic: string, fits: (message: JsonObject) => boolean = () => true): Promise<JsonObject> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.heard.find((each) => each.topic === topic && fits(each.message))
        if (found === undefined) return
        this.#waiting.delete(look)
        resolve(found.message)
      }
      this.#waiting.add(look)
      look()
    })
  }

  async command(sn: string, method: string, data: unknown): Promise<JsonObject> {
    const tid = `tid-${method}`
    const message = { tid, bid: `bid-${method}`, timestamp: systemClock.now(), method, data }
    this.#say(`thing/product/${sn}/services`, message)
    return this.hear(`thing/product/${sn}/services_reply`, (reply) => reply['tid'] === tid)
  }

  #answer(topic: string, message: JsonObject): void {
    const [, , sn = '', family] = topic.split('/')
    const { tid, bid, method } = message
    const reply = (data: unknown): void =>
      this.#say(`${topic}_reply`, { tid, bid, timestamp: systemClock.now(), method, data })
    if (family === 'requests') return reply(this.#answerTo(String(method), message['data'] as JsonObject))
    if (family === 'events' && message['need_reply'] === 1) return reply({ result: 0 })
    if (family !== 'status' || method !== 'update_topo') return
    const families = ['osd', 'state', 'events', 'services_reply'].map((each) => `thing/product/${sn}/${each}`)
    this.#underWay.push(this.#client.subscribeAsync(families, { qos: 1 }).then(() => reply({ result: 0 })))
  }

  #answerTo(method: string, data: JsonObject): JsonObject {
    const devices = (data['devices'] ?? data['bind_devices'] ?? []) as readonly JsonObject[]
    switch (method) {
      case 'config':
        return { ntp_server_host: 'ntp.example.com', app_id: '1', app_key: 'k', app_license: 'l' }
      case 'airport_bind_status':
        return {
          result: 0,
          output: {
            bind_status: devices.map(({ sn }) => ({
              sn,
              is_device_bind_organization: this.bound.has(String(sn)),
            })),
          },
        }
      case 'airport_organization_get':
        return { result: 0, output: { organization_name: 'Example' } }
      default:
        for (const { sn } of devices) this.bound.add(String(sn))
        return { result: 0, output: { err_infos: [] } }
    }
  }

  #say(topic: string, message: JsonObject): void {
    this.#underWay.push(this.#client.publishAsync(topic, JSON.stringify(message), { qos: 1 }))
  }
}

describe("a platform that goes about it as the vendor's demo does", () => {
  let broker: Broker
  let fleet: Fleet
  let platform: Platform

  beforeEach(async () => {
    broker = await Broker.create({
      activity: new Activity(),
      faults: new BrokerFaults(systemClock, () => 0),
      rules: 'enforced',
      accountOf: (username, password) =>
        username === 'platform' && password === 'secret'
          ? { kind: 'platform' }
          : fleet.accountOf(username, password),
      onMessage: () => undefined,
      onNotice: () => undefined,
    })
    const url = `mqtt://127.0.0.1:${await broker.listen(0, '127.0.0.1')}`
    fleet = new Fleet({
      clock: systemClock,
      activity: new Activity(),
      seed: 11,
      dial: dialer(url),
      brokerName: url,
      keepAliveSeconds: 30,
      session: 'full',
      // The order is the thing here, not the time that doors take.
      timing: { stepMs: 1, steps: {}, taskStepMs: 1, osdMs: 20 },
      onTrouble: (error) => {
        throw error
      },
    })
    const client = await connectAsync(url, {
      username: 'platform',
      password: 'secret',
      clientId: 'platform',
      reconnectPeriod: 0,
    })
    platform = new Platform(client)
    await platform.start()
  })

  afterEach(async () => {
    await fleet.close()
    await platform.stop()
    await broker.close()
  })

  it('binds a dock, closes its aircraft and sees both go, over TCP', async () => {
    const dock = fleet.add({ name: 'dock', telemetry: true })
    const { gateway_sn: sn, aircraft_sn } = dock
    const thing = `thing/product/${sn}`
    const status = `sys/product/${sn}/status`
    await dock.connect()

    // On line and bound.
    const topology = await platform.hear(status)
    await platform.hear(`${thing}/osd`, ({ data }) => (data as JsonObject)['mode_code'] === 2)
    // The command, and how its job goes on.
    const reply = await platform.command(sn, 'drone_close', {})
    const last = await platform.hear(`${thing}/events`, ({ data }) => statusOf(data) === 'ok')
    const aircraftGone = await platform.hear(status, ({ data }) => subDevices(data).length === 0)
    await dock.disconnect('clean')
    const gone = await platform.hear(status, ({ method }) => method === 'offline')

    expect(requests(platform)).toEqual([
      'config',
      'airport_bind_status',
      'airport_organization_get',
      'airport_organization_bind',
    ])
    expect(platform.bound).toEqual(new Set([sn, aircraft_sn]))
    expect(subDevices(topology['data'])).toMatchObject([{ sn: aircraft_sn, domain: '0' }])
    expect(reply).toMatchObject({
      bid: 'bid-drone_close',
      method: 'drone_close',
      data: { result: 0, output: { status: 'in_progress' } },
    })
    expect(last).toMatchObject({
      bid: 'bid-drone_close',
      method: 'drone_close',
      data: { output: { progress: { percent: 100 } } },
    })
    expect(steps(platform)).toEqual([
      'get_bid',
      'check_ac_input_state',
      'upgrading_prevent_reboot',
      'check_work_mode',
      'check_task_state',
      'check_scram_state',
      'close_drone',
      'close_drone',
    ])
    expect(aircraftGone['method']).toBe('update_topo')
    expect(gone['gateway']).toBe(sn)
    expect(order(platform)).toEqual(['requests', 'status', 'osd', 'services_reply', 'events'])
  })

  it('need not bind a dock that is bound already', async () => {
    const dock = fleet.add({ name: 'dock' })
    platform.bound.add(dock.gateway_sn)
    await dock.connect()
    await platform.hear(`sys/product/${dock.gateway_sn}/status`)

    expect(requests(platform)).toEqual(['config', 'airport_bind_status'])
  })

  it('sees a dock whose line is cut go by its last will, and takes it in again', async () => {
    const dock = fleet.add({ name: 'dock' })
    const status = `sys/product/${dock.gateway_sn}/status`
    await dock.connect()
    await platform.hear(status)
    await dock.disconnect('cut')
    await platform.hear(status, ({ method }) => method === 'offline')
    platform.heard.length = 0
    await dock.connect()
    await platform.hear(status, ({ method }) => method === 'update_topo')

    expect(requests(platform)).toEqual([])
  })
})

function requests({ heard }: Platform): readonly unknown[] {
  return heard.filter(({ topic }) => topic.endsWith('/requests')).map(({ message }) => message['method'])
}

function steps({ heard }: Platform): readonly unknown[] {
  return heard
    .filter(({ topic }) => topic.endsWith('/events'))
    .map(({ message }) => {
      const output = (message['data'] as JsonObject)['output'] as JsonObject
      return (output['progress'] as JsonObject)['step_key']
    })
}

/** Families in the order in which each was heard first; state apart. */
function order({ heard }: Platform): readonly unknown[] {
  const families = heard.map(({ topic }) => topic.split('/')[3])
  return [...new Set(families)].filter((family) => family !== 'state')
}

function statusOf(data: unknown): unknown {
  return ((data as JsonObject)['output'] as JsonObject | undefined)?.['status']
}

function subDevices(data: unknown): readonly unknown[] {
  return ((data as JsonObject)['sub_devices'] ?? ['none told']) as readonly unknown[]
}
