import type { Link, LinkMessage, PublishOptions } from '../../src/gateway/index.ts'

/** A message that the gateway gave to its link, decoded. */
export interface Sent {
  readonly topic: string
  readonly message: Readonly<Record<string, unknown>>
  readonly qos: number
  readonly retain: boolean
}

interface Waiting {
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** A link whose broker does what the test says: acknowledges at once, or only on `acknowledge()`. */
export class FakeLink implements Link {
  state: 'online' | 'offline' = 'online'
  acknowledges: 'at once' | 'on demand' = 'at once'
  readonly sent: Sent[] = []
  readonly filters: string[] = []
  closed = 0
  #waiting: Waiting[] = []
  readonly #onMessage: ((message: LinkMessage) => void)[] = []
  readonly #onState: ((state: 'online' | 'offline') => void)[] = []

  publish(topic: string, payload: Uint8Array | string, options: PublishOptions): Promise<void> {
    if (this.state === 'offline') return Promise.reject(new Error('the link is down'))
    const message = JSON.parse(Buffer.from(payload).toString()) as Sent['message']
    this.sent.push({ topic, message, qos: options.qos, retain: options.retain ?? false })
    if (this.acknowledges === 'at once') return Promise.resolve()
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
  }

  subscribe(filters: readonly string[]): Promise<void> {
    this.filters.push(...filters)
    return Promise.resolve()
  }

  onMessage(listener: (message: LinkMessage) => void): void {
    this.#onMessage.push(listener)
  }

  onState(listener: (state: 'online' | 'offline') => void): void {
    this.#onState.push(listener)
  }

  close(): Promise<void> {
    this.closed++
    return Promise.resolve()
  }

  /** The broker acknowledges what it owes. */
  acknowledge(): void {
    for (const { resolve } of this.#waiting.splice(0)) resolve()
  }

  /** The line breaks; what was not acknowledged is lost. */
  lose(): void {
    this.state = 'offline'
    for (const tell of this.#onState) tell('offline')
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('the link broke'))
  }

  comeBack(): void {
    this.state = 'online'
    for (const tell of this.#onState) tell('online')
  }

  /** A message of a dock arrives; text goes as it is, anything else as JSON. */
  deliver(topic: string, message: unknown): void {
    const payload = message instanceof Uint8Array ? message : Buffer.from(text(message))
    for (const tell of this.#onMessage) tell({ topic, payload, qos: 1, retain: false })
  }

  /** What went to topics with this ending. */
  sentTo(ending: string): readonly Sent[] {
    return this.sent.filter(({ topic }) => topic.endsWith(`/${ending}`))
  }
}

function text(message: unknown): string {
  return typeof message === 'string' ? message : JSON.stringify(message)
}
