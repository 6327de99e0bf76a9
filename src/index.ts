export type { Finding, Frame, HarnessErrorCode, Level } from '../contracts/index.ts'
export { HarnessError } from '../contracts/index.ts'
export type { BehaviorSpec, DeviceScript, Leaving, MethodScript } from '../simulator/index.ts'
export type {
  DockRig,
  FetchAnswer,
  FetchInit,
  RigDeviceHandle,
  SendOptions,
  StartOptions,
} from './library.ts'
export { startRig } from './library.ts'
export type { CommandFields, ReachOptions } from './library-command.ts'
export { Command } from './library-command.ts'
export type { Reporter, RunEvent } from './scenario/index.ts'
