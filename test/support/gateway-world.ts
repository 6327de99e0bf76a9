import type { InjectOptions } from 'fastify'
import { onTestFinished } from 'vitest'
import { defaultHeaders, defaultSigning, signRequest } from '../../contracts/index.ts'
import type { Catalogue, DeviceDirectory, Gateway, GatewayOptions, Store } from '../../src/gateway/index.ts'
import { createGateway, createMemoryStore } from '../../src/gateway/index.ts'
import { FakeClock } from './fake-clock.ts'
import type { Sent } from './fake-link.ts'
import { FakeLink } from './fake-link.ts'

export const basePath = '/api/v1/open'
export const commandsPath = `${basePath}/downlink/commands`
export const credential = { api_id: 'client-1', api_key: 'key-1' }
export const secondCredential = { api_id: 'client-2', api_key: 'key-2' }
export const dock = 'DOCK001'
export const secondDock = 'DOCK002'

/** A call as it is sent; `sign` replaces parts of what is signed. */
export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT'
  readonly target: string
  /** Text goes as it is, anything else as JSON. */
  readonly body?: unknown
  readonly by?: { readonly api_id: string; readonly api_key: string }
  readonly sign?: Partial<SignedAs> | false
  readonly headers?: Readonly<Record<string, string>>
}

interface SignedAs {
  readonly method: string
  readonly target: string
  readonly body: string
  readonly timestamp: number | string
  readonly nonce: string
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: Readonly<Record<string, unknown>>
}

/** Two methods without arguments, one with, and one that is known but not offered. */
export const catalogue: Catalogue = {
  find(method) {
    if (['drone_close', 'drone_open', 'camera_aim'].includes(method)) return { offered: true }
    return method === 'poi_mode_enter' ? { offered: false } : undefined
  },
  check(method, payload) {
    const fields = payload as Readonly<Record<string, unknown>>
    if (method !== 'camera_aim') {
      return Object.keys(fields).length === 0 ? [] : [{ pointer: '', expected: 'no fields', found: 'some' }]
    }
    return typeof fields['x'] === 'number' ? [] : [{ pointer: '/x', expected: 'a number', found: 'nothing' }]
  },
}

const docks: Readonly<Record<string, string>> = { 'drone-001': dock, 'drone-002': secondDock }

export const devices: DeviceDirectory = {
  find: (id) => (docks[id] === undefined ? undefined : { gateway_sn: docks[id] }),
  byGateway: (sn) => Object.keys(docks).find((id) => docks[id] === sn),
}

/** A body that is accepted; each field can be replaced, `undefined` leaves it out. */
export function aCreate(fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    vendor: 'dji',
    device_id: 'drone-001',
    command_type: 'drone_close',
    idempotency_key: 'key',
    payload: {},
    ...fields,
  }
}

/** A gateway on a fake link and clock, and what a test does to it. */
export interface World {
  readonly clock: FakeClock
  readonly store: Store
  link: FakeLink
  gateway: Gateway
  call(call: Call): Promise<Answer>
  /** Creates a command with a key of its own, unless the fields name one. */
  create(fields?: Readonly<Record<string, unknown>>): Promise<Answer>
  /** Creates a command that must be accepted, and follows it. */
  command(fields?: Readonly<Record<string, unknown>>): Promise<FollowedCommand>
  query(command_id: string): Promise<Answer>
  status(command_id: string): Promise<unknown>
  /** A dock announces itself. */
  announce(sn?: string): Promise<void>
  /** A dock sends something, and the gateway is done with it. */
  deliver(topic: string, message: unknown): Promise<void>
  reply(message: Readonly<Record<string, unknown>>, sn?: string): Promise<void>
  /** Moves the clock and lets what follows happen. */
  pass(ms: number): Promise<void>
  /** Ends this gateway and starts another on the same store. */
  restart(how: 'close' | 'kill', awayMs?: number): Promise<void>
  services(): readonly Sent[]
}

export interface FollowedCommand {
  readonly id: string
  readonly accepted_at: string
  /** The message that the dock got; throws when there was none. */
  sent(): Readonly<Record<string, unknown>>
  status(): Promise<unknown>
  shown(): Promise<Readonly<Record<string, unknown>>>
  /** The dock answers with the command's own tid, bid and method. */
  answer(data: unknown): Promise<void>
}

/** Opens a world whose first dock is on line, unless `docks` says otherwise. */
export async function openWorld(
  options: Partial<GatewayOptions> = {},
  start: { readonly docks: 'online' | 'offline' } = { docks: 'online' },
): Promise<World> {
  const world = await build(options)
  onTestFinished(() => world.gateway.close())
  if (start.docks === 'online') await world.announce()
  return world
}

/** Lets everything run that needs no clock and no network. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await Promise.resolve()
}

async function build(options: Partial<GatewayOptions>): Promise<World> {
  const clock = new FakeClock()
  const store = options.store ?? createMemoryStore()
  let drawn = 0
  const newId = (): string => `00000000-0000-4000-8000-${String(++drawn).padStart(12, '0')}`
  const start = (link: FakeLink): Promise<Gateway> =>
    createGateway({
      link,
      clock,
      newId,
      store,
      credentials: [credential, secondCredential],
      devices,
      catalogue,
      ...options,
    })
  const link = new FakeLink()
  const gateway = await start(link)
  let keys = 0
  const world: World = {
    clock,
    store,
    link,
    gateway,
    async call(call) {
      const response = await world.gateway.app.inject(injection(call, clock.now(), newId))
      await settle()
      return { status: response.statusCode, headers: response.headers, body: response.json() }
    },
    create: (fields = {}) =>
      world.call({
        method: 'POST',
        target: commandsPath,
        body: aCreate({ idempotency_key: `key-${++keys}`, ...fields }),
      }),
    async command(fields) {
      const before = world.services().length
      const { body } = await world.create(fields)
      return follow(world, body, before)
    },
    query: (command_id) => world.call({ target: `${commandsPath}/${command_id}` }),
    status: async (command_id) => (await world.query(command_id)).body['status'],
    announce: (sn = dock) =>
      world.deliver(`sys/product/${sn}/status`, {
        tid: 'topo',
        bid: 'topo',
        method: 'update_topo',
        data: { sub_devices: [] },
      }),
    async deliver(topic, message) {
      world.link.deliver(topic, message)
      await settle()
    },
    reply: (message, sn = dock) => world.deliver(`thing/product/${sn}/services_reply`, message),
    async pass(ms) {
      clock.advance(ms)
      await settle()
    },
    async restart(how, awayMs = 0) {
      if (how === 'close') await world.gateway.close()
      else world.gateway.kill()
      await settle()
      clock.advance(awayMs)
      world.link = new FakeLink()
      world.gateway = await start(world.link)
      await settle()
    },
    services: () => world.link.sentTo('services'),
  }
  return world
}

function follow(world: World, created: Answer['body'], before: number): FollowedCommand {
  const id = String(created['command_id'])
  const sent = (): Sent['message'] => {
    const message = world.services()[before]?.message
    if (message === undefined) throw new Error('the command was not sent')
    return message
  }
  return {
    id,
    accepted_at: String(created['accepted_at']),
    sent,
    status: () => world.status(id),
    shown: async () => (await world.query(id)).body,
    answer: (data) => {
      const { tid, bid, method } = sent()
      return world.reply({ tid, bid, method, timestamp: 1, data })
    },
  }
}

function injection(call: Call, now: number, newId: () => string): InjectOptions {
  const method = call.method ?? 'GET'
  const body = textOf(call.body)
  const signed = {
    method,
    target: call.target,
    body,
    timestamp: Math.floor(now / 1000),
    nonce: newId(),
    ...(call.sign === false ? {} : call.sign),
  }
  const signature =
    call.sign === false
      ? {}
      : signRequest({ ...(call.by ?? credential), ...signed }, defaultSigning, defaultHeaders)
  return {
    method,
    url: call.target,
    headers: {
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...signature,
      ...call.headers,
    },
    ...(call.body === undefined ? {} : { payload: body }),
  }
}

function textOf(body: unknown): string {
  if (body === undefined) return ''
  return typeof body === 'string' ? body : JSON.stringify(body)
}
