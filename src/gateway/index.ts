export type { Gateway } from './gateway.ts'
export { createGateway } from './gateway.ts'
export { FrontDoors } from './front-door.ts'
export type { GatewayOptions } from './options.ts'
export type {
  Catalogue,
  Clock,
  Credential,
  DeviceDirectory,
  GatewayActivity,
  GatewayLimits,
  Link,
  LinkMessage,
  PayloadProblem,
  PublishOptions,
  RateLimit,
  Scope,
} from './seams.ts'
export type { AnsweredCall, CallListener } from './tell-calls.ts'
export type { GatewayParts } from './parts.ts'
export { defaultParts } from './parts.ts'
export type { Store, Stored } from './store.ts'
export type { MemoryStoreOptions } from './memory-store.ts'
export { createMemoryStore } from './memory-store.ts'
