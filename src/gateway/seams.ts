/** The gateway's door to time: milliseconds since the Unix epoch; `after` returns what takes the timer back. */
export interface Clock {
  now(): number
  after(ms: number, run: () => void): () => void
}

/** A message that came over the link. */
export interface LinkMessage {
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: number
  readonly retain: boolean
}

/** A connection to a broker that comes back by itself. */
export interface Link {
  readonly state: 'online' | 'offline'
  /** Resolves when the broker has acknowledged; rejects when the link is not there or is lost before. */
  publish(topic: string, payload: Uint8Array | string, options: PublishOptions): Promise<void>
  /** Remembered, and renewed by the link after a reconnect. */
  subscribe(filters: readonly string[], qos: 0 | 1): Promise<void>
  onMessage(listener: (message: LinkMessage) => void): void
  onState(listener: (state: 'online' | 'offline') => void): void
  close(): Promise<void>
}

export interface PublishOptions {
  readonly qos: 0 | 1 | 2
  readonly retain?: boolean
}

/** Who may call; without `scopes` it may do everything. */
export interface Credential {
  readonly api_id: string
  readonly api_key: string
  readonly scopes?: readonly Scope[]
}

export type Scope = 'open:command:create' | 'open:command:read'

/** Which dock a device id stands for. */
export interface DeviceDirectory {
  find(device_id: string): { readonly gateway_sn: string } | undefined
  byGateway(gateway_sn: string): string | undefined
}

/** The methods that can be sent. */
export interface Catalogue {
  find(method: string): { readonly offered: boolean } | undefined
  /** What is wrong with a payload; `pointer` is a JSON pointer inside it. */
  check(method: string, payload: unknown): readonly PayloadProblem[]
}

export interface PayloadProblem {
  readonly pointer: string
  readonly expected: string
  readonly found: string
}

/** Told of everything that goes on, so that a rig in virtual time can see when nothing does. */
export interface GatewayActivity {
  bump(): void
  track<T>(work: Promise<T>): Promise<T>
}

export interface GatewayLimits {
  /** Largest request body in bytes. Default 256 KiB. */
  readonly bodyBytes?: number
  /** Nonces remembered for each API ID. Default 200,000. */
  readonly nonces?: number
  /** Signed calls for each API ID; off when absent. */
  readonly rate?: RateLimit
  /** How long a caller may take to send a request, in milliseconds. Default 30,000. */
  readonly requestMs?: number
}

/** So many calls in so many seconds, refilled evenly. */
export interface RateLimit {
  readonly calls: number
  readonly seconds: number
}
