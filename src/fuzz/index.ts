export type { Act, Answers, Sequence } from './act.ts'
export type { FuzzFinding, FuzzOptions, FuzzPath, FuzzProgress, FuzzResult } from './fuzz.ts'
export { fuzz } from './fuzz.ts'
export { writeScenario } from './write-scenario.ts'
