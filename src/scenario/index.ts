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
export type { LoadedExample, LoadedScenario, LoadedStep } from './loaded.ts'
export type { Loaded } from './load.ts'
export { loadScenarioFiles, loadScenarioText } from './load.ts'
export { findScenarioFiles, watchedRoot } from './find-files.ts'
export { kebabCase } from './kebab-case.ts'
export type { Problem, ProblemCode, ProblemFormat } from './problem.ts'
export { formatProblem, problemCodes } from './problem.ts'
export type { PlannedStep, PlannedTest, StepOf, StepPlace } from './planned.ts'
export type { PlanOptions } from './plan.ts'
export { longMs, planTests } from './plan.ts'
export type { Order, Shard } from './plan-filters.ts'
export { byGrep, byLevel, byRules, byTags, inOrder, shardOf } from './plan-filters.ts'
export { hashSeed } from './seed.ts'
export { renderScript, renderStep } from './render-step.ts'
export type { Lookup } from './template.ts'
export { fillTemplates, keepTemplate, renderTemplates, templateExpressions, valueAt } from './template.ts'
export { match } from './match.ts'
export type { MatchMemory } from './match-memory.ts'
export { copyMatchMemory, createMatchMemory } from './match-memory.ts'
export type { DeviceSpec, ScriptedDevice, Selection } from './language-devices.ts'
export { DeviceAction, Leave } from './language-actions.ts'
export { BareScript, Initial, NewDevices, ScriptFile } from './language-devices.ts'
export type { CheckedText } from './check-text.ts'
export { checkYamlText } from './check-text.ts'
export type { DockRule } from './fleet-script.ts'
export { applyScripted, rulesOf, selectorOf, traitsOf } from './fleet-script.ts'
export type { ParallelHead, RepeatHead, StepBodies, StepOptions, Verb } from './language-verbs.ts'
export { verbNames } from './language-verbs.ts'
export type { DeviceBody, ExpectMqttBody } from './language-mqtt.ts'
export type { RequestBody, SendBody, Sign } from './language-requests.ts'
export type { Status } from './language-words.ts'
export { statuses } from './language-words.ts'
export { explain } from './explain.ts'
export type { Definition } from './check.ts'
export { nearest, unknownWord } from './nearest.ts'
export { publishedDefinition, scenarioSchema } from './scenario-schema.ts'
export type { Call } from './caller.ts'
export { call, jsonOf, statusOf } from './caller.ts'
export type { Pace } from './pace.ts'
export { RealPace, VirtualPace } from './pace.ts'
export type { DeviceDirectory } from './device-directory.ts'
export type { RecorderListener } from './recorder.ts'
export { timelineFrame } from './timeline-event.ts'
export { Recorder } from './recorder.ts'
export type {
  BrokerControl,
  Credential,
  DeviceAlias,
  GatewayControl,
  Rig,
  RigDevice,
  RigRequest,
  Target,
  WireRequest,
} from './rig.ts'
export type { RunOptions, RunResult } from './run.ts'
export { run } from './run.ts'
export type { PlatformAccess, TestBed } from './test-bed.ts'
export { openTestBed } from './test-bed.ts'
export type { Watcher } from './read-command.ts'
export { watchCommand } from './read-command.ts'
export type { TrackedCommand } from './tracked-command.ts'
export { noteStatus, trackCommand } from './tracked-command.ts'
export type { PerformTest } from './run.ts'
export { performHere, reasonToSkip } from './run.ts'
export { rulesBrokenBy } from './blame.ts'
export type { TestResult } from './run-test.ts'
