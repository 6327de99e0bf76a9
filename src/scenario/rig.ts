import type { HttpOutcome, Profile } from '../../contracts/index.ts'
import type { Fleet } from '../../simulator/index.ts'
import type { Pace } from './pace.ts'
import type { Recorder } from './recorder.ts'

/** An HTTP request as it goes over the wire. */
export interface WireRequest {
  readonly method: string
  /** Path and query, base path included. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | undefined
}

/** Whom requests are signed for. */
export interface Credential {
  readonly api_id: string
  readonly api_key: string
}

/** What a scenario may do to the gateway itself; targets that cannot be controlled have none. */
export interface GatewayControl {
  /** Ends when HTTP answers and the subscriptions stand. */
  start(): Promise<void>
  /** An orderly end. */
  stop(): Promise<void>
  /** A crash: nothing is said to anybody. The store survives. */
  kill(): Promise<void>
}

export interface BrokerControl {
  stop(): void
  start(): void
  /** Cuts the connections of the platform, or of one dock; they come back by themselves. */
  drop(who: 'gateway' | { readonly gateway_sn: string }): void
  /** Every message is forwarded late, or lost with a probability from 0 to 1; its PUBACK comes late. */
  fault(level: { readonly delayMs: number; readonly loss: number; readonly pubackMs: number }): void
}

/** A device as a scenario names it: an alias for what the target knows. */
export interface DeviceAlias {
  readonly name: string
  readonly device_id: string
  readonly gateway_sn: string
}

/** Everything that one test needs: broker, docks, a gateway, time, and the judge that hears it all. */
export interface Rig {
  readonly kind: 'reference' | 'external'
  readonly profile: Profile
  readonly pace: Pace
  readonly recorder: Recorder
  readonly fleet: Fleet
  readonly devices: ReadonlyMap<string, DeviceAlias>
  readonly credential: Credential
  readonly secondCredential: Credential | undefined
  /** Draws identifiers of UUID shape: nonces, idempotency keys. */
  readonly newId: () => string
  /** What `fresh` values are drawn from, on a gateway that remembers those of earlier rigs. Default: the seed of the test. */
  readonly freshSeed?: number
  readonly gateway: GatewayControl | undefined
  readonly broker: BrokerControl | undefined
  /** What went wrong while docks did what their scripts say. */
  readonly troubles: readonly unknown[]
  call(request: WireRequest): Promise<HttpOutcome>
  close(): Promise<void>
}

/** Where scenarios run: the bundled gateway, or somebody else's. */
export interface Target {
  readonly kind: 'reference' | 'external'
  readonly name: string
  readonly time: 'virtual' | 'real'
  readonly profile: Profile
  /** Builds what a test needs. `permissive`: the broker's topic rules are lifted. */
  open(request: RigRequest): Promise<Rig>
  close(): Promise<void>
}

export interface RigRequest {
  readonly seed: number
  readonly devices: Readonly<Record<string, RigDevice>>
  readonly topicRules: 'enforced' | 'permissive'
}

export interface RigDevice {
  readonly model?: string
  readonly aircraft?: string
  readonly initial?: Readonly<Record<string, unknown>>
  readonly telemetry?: boolean
  /** Words that rules of a fleet select it by. */
  readonly tags?: readonly string[]
}
