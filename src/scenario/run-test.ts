import type { Finding, Verdict } from '../../contracts/index.ts'
import { brokenBy } from './broken-by.ts'
import type { RunEvent } from './events.ts'
import { findingsAfterProof } from './finding-order.ts'
import { createMatchMemory } from './match-memory.ts'
import type { Failure, Outcome } from './outcome.ts'
import type { PlannedTest } from './planned.ts'
import type { Rig, RigDevice, Target } from './rig.ts'
import { runSteps } from './run-steps.ts'
import type { Scene } from './scene.ts'
import { timelineFrame, timelineHttp } from './timeline-event.ts'
import { useDeclared } from './use-script.ts'

export interface TestResult {
  readonly outcome: Outcome
  /** Missing when the test could not begin. */
  readonly verdict?: Verdict
  /** Scenario time that it took, in milliseconds. */
  readonly scenarioMs: number
}

export interface TestContext {
  readonly target: Target
  readonly emit: (event: RunEvent) => void
  /** Whether a finding fails the test; the others are only shown. */
  readonly isFatal: (finding: Finding) => boolean
}

/** Longest scenario time of a test that names none, beyond what its steps are likely to take. */
const allowanceMs = 600_000

/** Runs one test on a rig of its own, with the judge listening. Knows nothing of the run that it is part of. */
export async function runTest(test: PlannedTest, context: TestContext): Promise<TestResult> {
  let rig: Rig
  try {
    rig = await context.target.open({
      seed: test.seed,
      devices: rigDevices(test),
      topicRules: test.needs.includes('permissive-broker') ? 'permissive' : 'enforced',
    })
  } catch (error) {
    return { outcome: brokenBy(error), scenarioMs: 0 }
  }
  let isOver = false
  // Steps that a test left behind when its time was over have nothing more to say.
  const events = findingsAfterProof(context.emit)
  const emit = (event: RunEvent): void => {
    if (!isOver) events.on(event)
  }
  const result = await play(test, rig, { ...context, emit })
  isOver = true
  events.end()
  try {
    await rig.close()
  } catch (error) {
    // What the test found out counts for more than trouble while clearing up.
    return result.outcome.kind === 'passed' ? { ...result, outcome: brokenBy(error) } : result
  }
  return result
}

async function play(test: PlannedTest, rig: Rig, context: TestContext): Promise<TestResult> {
  const begun = rig.pace.clock.now()
  const scene = openScene(test, rig, context.emit)
  try {
    const played = await limited(scene, perform(scene))
    await rig.pace.settle()
    const [trouble] = rig.troubles
    const position = { file: test.source.file, line: test.ref.line, column: 1 }
    const outcome = trouble === undefined ? played : brokenBy(trouble, position)
    const verdict = rig.recorder.judge.finish(rig.pace.clock.now())
    raiseLate(scene, verdict)
    const scenarioMs = rig.pace.clock.now() - begun
    return { outcome: judged(outcome, verdict, test, context), verdict, scenarioMs }
  } catch (error) {
    return { outcome: brokenBy(error), scenarioMs: rig.pace.clock.now() - begun }
  }
}

function rigDevices(test: PlannedTest): Readonly<Record<string, RigDevice>> {
  return Object.fromEntries(
    Object.entries(test.devices).map(([name, { model, aircraft, initial, telemetry, tags }]) => [
      name,
      {
        ...(model === undefined ? {} : { model }),
        ...(aircraft === undefined ? {} : { aircraft }),
        ...(initial === undefined ? {} : { initial }),
        ...(telemetry === undefined ? {} : { telemetry }),
        ...(tags === undefined ? {} : { tags }),
      },
    ]),
  )
}

function openScene(test: PlannedTest, rig: Rig, emit: (event: RunEvent) => void): Scene {
  const begun = rig.pace.clock.now()
  const at = (): number => rig.pace.clock.now() - begun
  const id = test.ref.id
  const findings: Finding[] = []
  rig.recorder.listen({
    frame: (frame) =>
      emit({ kind: 'frameHeard', test: id, at: at(), frame: timelineFrame(frame, rig.devices) }),
    finding: (finding) => {
      findings.push(finding)
      emit({ kind: 'findingRaised', test: id, at: at(), finding: inTestTime(finding, begun) })
    },
    change: () => rig.pace.poke(),
  })
  return {
    test,
    rig,
    memory: createMatchMemory(),
    named: new Map(),
    commands: [],
    marks: new Map(),
    findings,
    show: (exchange) => emit({ kind: 'httpExchanged', test: id, at: at(), http: timelineHttp(exchange) }),
    statusSeen: (command, seen) =>
      emit({ kind: 'statusSeen', test: id, at: at(), command: command.name, status: seen.status }),
    emit,
    at,
    lastNamed: undefined,
    sends: 0,
    fakes: 0,
  }
}

async function perform(scene: Scene): Promise<Outcome> {
  const { test, rig } = scene
  useDeclared(scene)
  const online = Object.entries(test.devices).filter(([, device]) => device.online !== false)
  await rig.pace.during(Promise.all(online.map(([name]) => rig.fleet.get(name).connect())))
  for (const [name, device] of rig.devices) {
    rig.recorder.dock(device.gateway_sn, test.devices[name]?.online === false ? 'down' : 'up')
  }
  await rig.pace.settle()
  return runSteps(test.steps, scene, { last: undefined, each: undefined, index: 0 })
}

/** Ends a test that takes longer than it may. */
async function limited(scene: Scene, work: Promise<Outcome>): Promise<Outcome> {
  const { test, rig } = scene
  const limitMs = test.timeoutMs ?? test.estimateMs + allowanceMs
  let cancel = (): void => undefined
  const late = new Promise<Outcome>((resolve) => {
    cancel = rig.pace.clock.after(limitMs, () =>
      resolve({ kind: 'timedOut', expectation: { what: 'the test to end', withinMs: limitMs }, nearest: [] }),
    )
  })
  try {
    return await Promise.race([work, late])
  } finally {
    cancel()
  }
}

/** Findings that became certain only at the end were not heard of before. */
function raiseLate(scene: Scene, verdict: Verdict): void {
  const begun = scene.rig.pace.clock.now() - scene.at()
  for (const finding of verdict.findings.slice(scene.findings.length)) {
    scene.findings.push(finding)
    scene.emit({
      kind: 'findingRaised',
      test: scene.test.ref.id,
      at: scene.at(),
      finding: inTestTime(finding, begun),
    })
  }
}

/** A finding fails the test even when no step asserted it, unless the scenario allows it with a reason. */
function judged(outcome: Outcome, verdict: Verdict, test: PlannedTest, context: TestContext): Outcome {
  const fatal = verdict.findings.filter(
    (finding) => context.isFatal(finding) && !Object.hasOwn(test.allow, finding.rule),
  )
  if (fatal.length === 0 || outcome.kind === 'broken' || outcome.kind === 'skipped') return outcome
  const failures = fatal.map((finding): Failure => ({ kind: 'finding', finding }))
  if (outcome.kind === 'failed') return { ...outcome, failures: [...outcome.failures, ...failures] }
  return { kind: 'failed', failures, nearest: outcome.kind === 'timedOut' ? outcome.nearest : [] }
}

function inTestTime(finding: Finding, begun: number): Finding {
  return { ...finding, at: finding.at - begun }
}
