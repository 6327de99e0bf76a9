import type { Static } from 'typebox'
import { Type } from 'typebox'

/** How requests are signed (CONTRACT: section 5). The lines are templates over the named parts. */
export const SigningSpec = Type.Object(
  {
    lines: Type.Array(Type.String(), {
      description:
        'Lines of the canonical string. Placeholders: {METHOD} {path} {query} {api id} {timestamp} {nonce} {body sha256}.',
    }),
    reads: Type.Enum(['signed', 'open'], { description: 'Whether GET requests carry a signature.' }),
    window_seconds: Type.Integer({ minimum: 1, description: 'Accepted difference of X-Api-Timestamp.' }),
  },
  { additionalProperties: false },
)
export type SigningSpec = Static<typeof SigningSpec>

/** Names of the HTTP headers that carry the signature. */
export const SigningHeaders = Type.Object(
  {
    api_id: Type.String(),
    timestamp: Type.String(),
    nonce: Type.String(),
    signature: Type.String(),
    request_id: Type.String(),
  },
  { additionalProperties: false },
)
export type SigningHeaders = Static<typeof SigningHeaders>

/** What a target may declare so that scenarios which `need` it can run. */
export const capabilities = [
  'gateway-control',
  'durable-store',
  'second-credential',
  'broker-control',
  'permissive-broker',
  'parallel-per-device',
  'offline-queue',
] as const
export type Capability = (typeof capabilities)[number]

/** What a gateway under test is, offers and promises; it is judged by this. */
export interface Profile {
  readonly name: string
  readonly base_path: string
  readonly headers: SigningHeaders
  readonly signing: SigningSpec
  /** Methods that it offers, or `all` of the platform's. */
  readonly methods: readonly string[] | 'all'
  readonly capabilities: readonly Capability[]
  /** How long after `timeout_seconds` a deadline may show, in milliseconds. */
  readonly slack_ms: number
  /** On an outside broker: how long after the first HTTP answer the gateway counts as subscribed. */
  readonly settle_ms: number
  /** Rules of level `may` that it declares to keep, or `all`. */
  readonly keeps: readonly string[] | 'all'
  /** Rules of level `should` that it openly does not keep. */
  readonly waives: readonly string[]
}

/** The default canonical string (CONTRACT: section 5). */
export const defaultSigning: SigningSpec = {
  lines: [
    'UTMOS-HMAC-SHA256',
    '{METHOD}',
    '{path}',
    '{query}',
    '{api id}',
    '{timestamp}',
    '{nonce}',
    '{body sha256}',
  ],
  reads: 'signed',
  window_seconds: 300,
}

export const defaultHeaders: SigningHeaders = {
  api_id: 'X-Api-Id',
  timestamp: 'X-Api-Timestamp',
  nonce: 'X-Api-Nonce',
  signature: 'X-Api-Signature',
  request_id: 'X-Request-Id',
}

/** The bundled gateway declares every capability. It keeps every rule, and is judged at level `may` unless asked otherwise. */
export const referenceProfile: Profile = {
  name: 'dockrig reference gateway',
  base_path: '/api/v1/open',
  headers: defaultHeaders,
  signing: defaultSigning,
  methods: 'all',
  capabilities,
  slack_ms: 0,
  settle_ms: 0,
  keeps: [],
  waives: [],
}

/** What is assumed of somebody else's gateway that declares nothing. */
export const foreignProfile: Profile = {
  name: 'gateway under test',
  base_path: '/api/v1/open',
  headers: defaultHeaders,
  signing: defaultSigning,
  methods: ['drone_close'],
  capabilities: [],
  slack_ms: 10_000,
  settle_ms: 2_000,
  keeps: [],
  waives: [],
}
