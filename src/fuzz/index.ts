export type { Act, Answers, Sequence } from './act.ts'
export { fuzz } from './fuzz.ts'
export type {
  FuzzFinding,
  FuzzOptions,
  FuzzPath,
  FuzzProgress,
  FuzzResult,
  LostTarget,
} from './fuzz-options.ts'
export { writeScenario } from './write-scenario.ts'
