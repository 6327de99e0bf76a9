import type { AddressInfo } from 'node:net'
import type { HttpOutcome } from '../contracts/index.ts'
import type { Transport } from '../simulator/index.ts'
import { listenError } from '../simulator/index.ts'
import type { Gateway } from './gateway/index.ts'
import { httpCaller } from './http-caller.ts'
import type { GatewayControl, WireRequest } from './scenario/index.ts'

/** A gateway that runs, and its connection to the broker. */
export interface Lodger {
  readonly gateway: Gateway
  readonly link: Transport
}

export interface HouseOptions {
  /** Where HTTP listens; undefined for none: calls are handed over inside the process. Port 0 is any free one. */
  readonly http: { readonly host: string; readonly port: number } | undefined
  readonly start: () => Promise<Lodger>
}

/** The place where the gateway lives: it can be stopped, killed and started again on the same store and port. */
export class GatewayHouse implements GatewayControl {
  readonly #house: HouseOptions
  #lodger: Lodger | undefined
  #port: number | undefined
  #caller: ReturnType<typeof httpCaller> | undefined

  constructor(house: HouseOptions) {
    this.#house = house
  }

  get port(): number | undefined {
    return this.#port
  }

  async start(): Promise<void> {
    if (this.#lodger !== undefined) return
    const { http, start } = this.#house
    const lodger = await start()
    this.#lodger = lodger
    if (http === undefined) return
    try {
      this.#port = await listen(lodger.gateway, this.#port ?? http.port, http.host)
    } catch (error) {
      await this.stop()
      throw error
    }
    this.#caller ??= httpCaller({ host: http.host, port: this.#port })
  }

  async stop(): Promise<void> {
    const lodger = this.#lodger
    this.#lodger = undefined
    await lodger?.gateway.close()
  }

  async kill(): Promise<void> {
    const lodger = this.#lodger
    this.#lodger = undefined
    lodger?.gateway.kill()
    lodger?.link.cut()
    if (this.#port !== undefined) await lodger?.gateway.app.close()
  }

  async close(): Promise<void> {
    await this.stop()
    this.#caller?.close()
  }

  async call(request: WireRequest): Promise<HttpOutcome> {
    if (this.#caller !== undefined) return this.#caller.call(request)
    const app = this.#lodger?.gateway.app
    if (app === undefined) return { kind: 'unanswered', why: 'the gateway does not run' }
    return inject(app, request)
  }
}

async function listen({ app }: Gateway, port: number, host: string): Promise<number> {
  try {
    await app.listen({ port, host })
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, port, host)
  }
  return (app.server.address() as AddressInfo).port
}

/** Calls the gateway inside the process, without a socket. */
async function inject(
  app: Gateway['app'],
  { method, path, headers, body }: WireRequest,
): Promise<HttpOutcome> {
  try {
    const answer = await app.inject({
      method: method as 'GET',
      url: path,
      headers: { ...headers },
      ...(body === undefined ? {} : { payload: Buffer.from(body) }),
    })
    const lower = Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), String(value)])
    return {
      kind: 'answered',
      response: {
        status: answer.statusCode,
        headers: Object.fromEntries(lower) as Record<string, string>,
        body: answer.payload,
      },
    }
  } catch (error) {
    return { kind: 'unanswered', why: error instanceof Error ? error.message : String(error) }
  }
}
