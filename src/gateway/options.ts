import type { FastifyBaseLogger } from 'fastify'
import type { SigningSpec } from '../../contracts/index.ts'
import type { FrontDoors } from './front-door.ts'
import type { GatewayParts } from './parts.ts'
import type {
  Catalogue,
  Clock,
  Credential,
  DeviceDirectory,
  GatewayActivity,
  GatewayLimits,
  Link,
} from './seams.ts'
import type { Store } from './store.ts'
import type { CallListener } from './tell-calls.ts'

/** Everything that a gateway needs from outside. */
export interface GatewayOptions {
  readonly link: Link
  readonly clock: Clock
  /** Draws identifiers of UUID shape. */
  readonly newId: () => string
  readonly store: Store
  readonly credentials: readonly Credential[]
  readonly devices: DeviceDirectory
  readonly catalogue: Catalogue
  /** Default: the contract's canonical string, signed reads, a window of 300 s. */
  readonly signing?: SigningSpec
  /** Default `/api/v1/open`. */
  readonly base_path?: string
  /** Who answers the requests of docks: the gateway at once, or somebody over HTTP. Default `automatic`. */
  readonly requests?: 'automatic' | 'manual'
  /** The document that `openapi.json` serves. */
  readonly openapi?: () => object
  /** Told of every call when it is answered. */
  readonly onCall?: CallListener
  readonly limits?: GatewayLimits
  readonly activity?: GatewayActivity
  readonly logger?: FastifyBaseLogger | false
  /** Where HTTP apps are kept for the next gateway; only for gateways that do not listen and write no log. */
  readonly doors?: FrontDoors
  /** Replaces pieces of the gateway; for tests of the harness itself. */
  readonly parts?: Partial<GatewayParts>
}
