export type { Duration } from './duration.ts'
export { durationPattern, parseDuration, signedDurationPattern } from './duration.ts'
export type { DeviceScript, MethodScript } from './script-spec.ts'
export { BehaviorSpec, DelaySpec, ProgressEventSpec, RawSpec } from './script-spec.ts'
