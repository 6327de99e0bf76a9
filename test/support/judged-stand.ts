import type { Observation, SigningFact } from '../../contracts/index.ts'
import { defaultHeaders, defaultSigning, signRequest } from '../../contracts/index.ts'
import type { World } from './gateway-world.ts'
import { commandsPath, credential, dock } from './gateway-world.ts'

/** How a request is sealed: `stale` by an old timestamp, `once` with a nonce that all such requests share. */
export type Seal = 'valid' | 'unsigned' | 'tampered' | 'stale' | 'once'

/** What is done to the bundled gateway, one thing after another. */
export type Act =
  | {
      readonly kind: 'create'
      readonly key: number
      readonly change: Readonly<Record<string, unknown>>
      readonly seal: Seal
    }
  | { readonly kind: 'reply'; readonly to: number; readonly data: unknown; readonly tid: 'match' | 'strange' }
  | { readonly kind: 'read'; readonly of: number }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'restart' }
  | { readonly kind: 'leave' }
  | { readonly kind: 'announce' }

/** Between world and judge: everything that passes gets its place in the order. */
export class Stand {
  readonly #world: World
  readonly #observe: (observation: Observation) => void
  readonly #ids: string[] = []
  #seq = 0
  #isUp = false

  constructor(world: World, observe: (observation: Observation) => void) {
    this.#world = world
    this.#observe = observe
    this.#tap()
  }

  async act(act: Act): Promise<void> {
    const { clock } = this.#world
    switch (act.kind) {
      case 'create':
        return this.#create(act)
      case 'read': {
        const id = this.#ids[act.of]
        if (id !== undefined) await this.#call('GET', `${commandsPath}/${id}`, undefined, 'valid')
        return
      }
      case 'pass':
        return this.#world.pass(act.ms)
      case 'reply':
        return this.#reply(act)
      case 'announce':
        this.#isUp = true
        this.#observe({ kind: 'dock', seq: ++this.#seq, at: clock.now(), gateway_sn: dock, link: 'up' })
        return this.#up(`sys/product/${dock}/status`, {
          tid: `topo-${this.#seq}`,
          bid: 'b',
          method: 'update_topo',
          data: { sub_devices: [] },
        })
      case 'leave':
        if (!this.#isUp) return
        this.#isUp = false
        this.#observe({ kind: 'dock', seq: ++this.#seq, at: clock.now(), gateway_sn: dock, link: 'down' })
        return this.#up(`sys/product/${dock}/status`, {
          tid: 'last-will',
          bid: 'last-will',
          method: 'offline',
          data: {},
        })
      case 'restart':
        this.#observe({ kind: 'gateway', seq: ++this.#seq, at: clock.now(), is: 'stopped' })
        await this.#world.restart('kill', 100)
        this.#tap()
        this.#observe({ kind: 'gateway', seq: ++this.#seq, at: clock.now(), is: 'ready' })
        return this.#isUp ? this.act({ kind: 'announce' }) : undefined
    }
  }

  async #create({ key, change, seal }: Extract<Act, { kind: 'create' }>): Promise<void> {
    const usual = {
      vendor: 'dji',
      device_id: 'drone-001',
      command_type: 'drone_close',
      idempotency_key: `key-${key}`,
      payload: {},
    }
    const answer = await this.#call('POST', commandsPath, JSON.stringify({ ...usual, ...change }), seal)
    const id = answer['command_id']
    if (typeof id === 'string' && !this.#ids.includes(id)) this.#ids.push(id)
  }

  async #reply({ to, data, tid }: Extract<Act, { kind: 'reply' }>): Promise<void> {
    const sent = this.#world.services()[to]?.message
    if (sent === undefined || !this.#isUp) return
    const own = tid === 'match' ? sent['tid'] : `strange-${this.#seq}`
    await this.#up(`thing/product/${dock}/services_reply`, {
      tid: own,
      bid: sent['bid'],
      method: sent['method'],
      timestamp: 1,
      data,
    })
  }

  async #up(topic: string, message: unknown): Promise<void> {
    this.#frame(topic, Buffer.from(JSON.stringify(message)), { kind: 'dock', gateway_sn: dock })
    await this.#world.deliver(topic, message)
  }

  #tap(): void {
    const { link } = this.#world
    const publish = link.publish.bind(link)
    link.publish = (topic, payload, options) => {
      this.#frame(topic, Buffer.from(payload), { kind: 'platform' })
      return publish(topic, payload, options)
    }
  }

  #frame(
    topic: string,
    payload: Uint8Array,
    sender: { kind: 'platform' } | { kind: 'dock'; gateway_sn: string },
  ): void {
    const frame = {
      seq: ++this.#seq,
      at: this.#world.clock.now(),
      topic,
      payload,
      qos: 1 as const,
      retain: false,
      sender,
    }
    this.#observe({ kind: 'frame', frame })
  }

  async #call(
    method: 'GET' | 'POST',
    path: string,
    body: string | undefined,
    seal: Extract<Act, { kind: 'create' }>['seal'],
  ): Promise<Readonly<Record<string, unknown>>> {
    const seqSent = ++this.#seq
    const now = this.#world.clock.now()
    const timestamp = Math.floor(now / 1_000) - (seal === 'stale' ? 600 : 0)
    const nonce = seal === 'once' ? 'once' : `nonce-${seqSent}`
    const api_key = seal === 'tampered' ? 'wrong' : credential.api_key
    const signed = {
      method,
      target: path,
      body: body ?? '',
      api_id: credential.api_id,
      api_key,
      timestamp,
      nonce,
    }
    const headers = {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(seal === 'unsigned' ? {} : lower(signRequest(signed, defaultSigning, defaultHeaders))),
    }
    const response = await this.#world.gateway.app.inject({
      method,
      url: path,
      headers,
      ...(body === undefined ? {} : { payload: body }),
    })
    const answer = { status: response.statusCode, headers: {}, body: response.body }
    this.#observe({
      kind: 'http',
      exchange: {
        seqSent,
        seqDone: ++this.#seq,
        sentAt: now,
        doneAt: this.#world.clock.now(),
        request: { method, path, headers, body: body ?? '', signing: factOf(seal) },
        outcome: { kind: 'answered', response: answer },
      },
    })
    await this.#world.pass(0)
    return response.json()
  }
}

function factOf(seal: string): SigningFact {
  if (seal === 'unsigned') return { kind: 'unsigned' }
  return seal === 'tampered'
    ? { kind: 'tampered', what: 'key' }
    : { kind: 'valid', api_id: credential.api_id }
}

function lower(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
