export type {
  Counts,
  Reporter,
  RuleTally,
  RunEvent,
  Stamp,
  StepRef,
  TestRef,
  TimelineFrame,
  TimelineHttp,
} from './events.ts'
export type { BrokenBy, Difference, Expectation, Failure, NearMiss, Outcome } from './outcome.ts'
