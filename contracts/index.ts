export type { HttpExchange, HttpOutcome, HttpRequest, HttpResponse, SigningFact } from './exchange.ts'
export type { Finding, Level } from './finding.ts'
export { levels } from './finding.ts'
export type { Frame, Sender } from './frame.ts'
export type { HarnessErrorCode, HarnessErrorDetails, SourcePosition } from './harness-error.ts'
export { HarnessError, harnessErrorCodes, unreachable } from './harness-error.ts'
export type { Observation } from './observation.ts'
export { packageRoot } from './package-root.ts'
export type { Capability, Profile } from './profile.ts'
export {
  capabilities,
  defaultHeaders,
  defaultSigning,
  foreignProfile,
  referenceProfile,
  SigningHeaders,
  SigningSpec,
} from './profile.ts'
