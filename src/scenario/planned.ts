import type { DeviceSpec, FleetRule } from './language-devices.ts'
import type { StepBodies, StepOptions, Verb } from './language-verbs.ts'
import type { TestRef } from './events.ts'

/** One test as it will run: an example row filled in, devices counted out. */
export interface PlannedTest {
  readonly ref: TestRef
  readonly needs: readonly string[]
  readonly only?: 'reference' | 'external'
  readonly allow: Readonly<Record<string, string>>
  readonly exclusive: boolean
  /** Of everything that the test draws: a hash of the run's seed and the test's id. */
  readonly seed: number
  readonly timeoutMs?: number
  readonly devices: Readonly<Record<string, DeviceSpec>>
  /** Devices that `count` made, by the name in the file. */
  readonly groups: Readonly<Record<string, readonly string[]>>
  /** Rules for many docks, the weakest first; what `devices` says goes before them. */
  readonly fleet: readonly FleetRule[]
  readonly steps: readonly PlannedStep[]
  /** Fields of the example row. */
  readonly example: Readonly<Record<string, unknown>>
  /** Scenario time that the test is likely to take. */
  readonly estimateMs: number
  /** In real time it is skipped unless `--long`. */
  readonly long: boolean
  readonly source: { readonly file: string; readonly text: string }
}

/** What every step has, whatever its verb. */
export interface StepPlace {
  /** `3`, or `2.1.4` for nested ones, from 1. */
  readonly path: string
  readonly line: number
  readonly endLine: number
  readonly column: number
  /** One line that a person reads: "await FAILED of closing". */
  readonly summary: string
}

/**
 * A step of one verb. `body` and `options` have the types that hold once their templates are filled: pass the step through `renderStep`
 * before reading them.
 */
export interface StepOf<V extends Verb> extends StepPlace {
  readonly verb: V
  readonly body: StepBodies[V]
  readonly options: StepOptions
  /** Branches of `parallel`; the one body of `repeat`, and of `parallel` with `repeat`. */
  readonly children?: readonly (readonly PlannedStep[])[]
}

/** A step: `Extract<PlannedStep, { verb: 'await' }>` is one of a verb. */
export type PlannedStep = { [V in Verb]: StepOf<V> }[Verb]
