import type { Finding, Level } from '../../contracts/index.ts'
import type { Outcome } from './outcome.ts'

/** Identity of a test in every report. */
export interface TestRef {
  /** File path relative to the working directory with forward slashes, `#name` for an example row. */
  readonly id: string
  readonly scenario: string
  /** Name of the example row, when the scenario has a table. */
  readonly example?: string
  readonly file: string
  readonly line: number
  readonly proves: readonly string[]
  readonly tags: readonly string[]
  readonly level: Level
}

export interface StepRef {
  /** Position as in `3` or `2.1.4` for nested ones, from 1. */
  readonly path: string
  readonly verb: string
  readonly line: number
  /** One line that a person reads: "await FAILED of closing". */
  readonly summary: string
}

/** An HTTP call or MQTT message in a timeline; bodies are cut to a readable length and redacted. */
export interface TimelineHttp {
  readonly seq: number
  readonly method: string
  readonly path: string
  readonly request: string
  /** 0 when there was no answer. */
  readonly status: number
  readonly response: string
}

export interface TimelineFrame {
  readonly seq: number
  /** `platform`, a device by its name in the scenario, or the client id of somebody else. */
  readonly from: string
  readonly topic: string
  /** Name in the scenario of the device whose topic it is. */
  readonly device?: string
  readonly payload: string
  readonly qos: number
  readonly retain: boolean
  readonly refused?: string
}

/**
 * All that a run has to say, as one stream of plain data. The runner does not know who listens.
 * `at` is scenario time in milliseconds since the test began; wall time is not part of an event.
 */
export type RunEvent =
  | {
      readonly kind: 'runStarted'
      readonly version: string
      readonly seed: number
      readonly target: string
      readonly time: 'virtual' | 'real'
      readonly level: Level
      readonly tests: number
    }
  | { readonly kind: 'testStarted'; readonly test: TestRef }
  | {
      readonly kind: 'stepStarted'
      readonly test: string
      readonly at: number
      readonly step: StepRef
      /** How long the step waits at most, in scenario time; missing where that depends on others. */
      readonly withinMs?: number
    }
  | {
      readonly kind: 'httpExchanged'
      readonly test: string
      readonly at: number
      readonly http: TimelineHttp
    }
  | { readonly kind: 'frameHeard'; readonly test: string; readonly at: number; readonly frame: TimelineFrame }
  | {
      readonly kind: 'statusSeen'
      readonly test: string
      readonly at: number
      readonly command: string
      readonly status: string
    }
  | { readonly kind: 'timerFired'; readonly test: string; readonly at: number; readonly name: string }
  | {
      readonly kind: 'stepFinished'
      readonly test: string
      readonly at: number
      readonly step: StepRef
      readonly outcome: Outcome
    }
  | { readonly kind: 'findingRaised'; readonly test: string; readonly at: number; readonly finding: Finding }
  | {
      readonly kind: 'testFinished'
      readonly at: number
      readonly test: TestRef
      readonly outcome: Outcome
      readonly flaky: boolean
    }
  | { readonly kind: 'runFinished'; readonly counts: Counts; readonly rules: readonly RuleTally[] }

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly broken: number
  readonly flaky: number
}

/** What the run says about one rule of the contract. */
export interface RuleTally {
  readonly rule: string
  readonly level: Level
  readonly verdict: 'kept' | 'broken' | 'not reached'
  /** How often it was exercised. */
  readonly exercised: number
  /** Ids of the tests that broke it. */
  readonly brokenBy: readonly string[]
}

/** Wall time of an event, kept beside it so that the stream itself stays the same from run to run. */
export interface Stamp {
  /** Milliseconds of wall time since the run began. */
  readonly wallMs: number
}

/** Listens to a run. A reporter is one file in `src/report/` and one line in its table. */
export interface Reporter {
  on(event: RunEvent, stamp: Stamp): void
  /** Called once, after `runFinished`; writes what is left. */
  close(): Promise<void>
}
