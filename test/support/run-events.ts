import type { Finding } from '../../contracts/index.ts'
import type { ReporterContext } from '../../src/report/index.ts'
import type {
  Counts,
  Outcome,
  Reporter,
  RuleTally,
  RunEvent,
  StepRef,
  TestRef,
  TimelineFrame,
  TimelineHttp,
} from '../../src/scenario/index.ts'

type Of<Kind extends RunEvent['kind']> = Extract<RunEvent, { readonly kind: Kind }>

export const passed: Outcome = { kind: 'passed' }

export function aTest(overrides: Partial<TestRef> = {}): TestRef {
  const file = overrides.file ?? 'scenarios/reply-mapping/a-device-code-wins.yaml'
  return {
    id: overrides.example === undefined ? file : `${file}#${overrides.example}`,
    scenario: 'a device code wins over the result number',
    file,
    line: 1,
    proves: ['reply-code-prefers-code'],
    tags: [],
    level: 'must',
    ...overrides,
  }
}

export function aStep(overrides: Partial<StepRef> = {}): StepRef {
  return { path: '2', verb: 'await', line: 13, summary: 'await FAILED of closing', ...overrides }
}

export function aFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    rule: 'reply-code-prefers-code',
    level: 'must',
    seen: 'response_code "314000" after a reply with code "DOCK_BUSY"',
    due: 'response_code "DOCK_BUSY"',
    evidence: [4, 6],
    at: 1_767_225_600_212,
    ...overrides,
  }
}

export function aCall(overrides: Partial<TimelineHttp> = {}): TimelineHttp {
  return {
    seq: 6,
    method: 'GET',
    path: '/api/v1/open/downlink/commands/5f0c8a52-6a0d-4f6e-9d5b-0d1a5c3c8f01',
    request: '',
    status: 200,
    response:
      '{"command_id":"5f0c8a52-6a0d-4f6e-9d5b-0d1a5c3c8f01","status":"FAILED","response_code":"314000"}',
    ...overrides,
  }
}

export function aFrame(overrides: Partial<TimelineFrame> = {}): TimelineFrame {
  return {
    seq: 4,
    from: 'drone-001',
    topic: 'thing/product/7CTDM3D001/services_reply',
    payload: '{"tid":"t-1","bid":"b-1","method":"drone_close","data":{"result":314000,"code":"DOCK_BUSY"}}',
    qos: 1,
    retain: false,
    ...overrides,
  }
}

export function aTally(overrides: Partial<RuleTally> = {}): RuleTally {
  return {
    rule: 'reply-code-prefers-code',
    level: 'must',
    verdict: 'kept',
    exercised: 4,
    brokenBy: [],
    ...overrides,
  }
}

export function aRunStart(overrides: Partial<Of<'runStarted'>> = {}): Of<'runStarted'> {
  return {
    kind: 'runStarted',
    version: '0.1.0',
    seed: 1,
    target: 'dockrig reference gateway',
    time: 'virtual',
    level: 'may',
    tests: 1,
    ...overrides,
  }
}

export function aRunEnd(
  counts: Partial<Counts> = {},
  rules: readonly RuleTally[] = [aTally()],
): Of<'runFinished'> {
  return {
    kind: 'runFinished',
    counts: { passed: 0, failed: 0, skipped: 0, broken: 0, flaky: 0, ...counts },
    rules,
  }
}

/** What a test says between its start and its end; `test` is filled in. */
export type Told = Distribute<
  Exclude<RunEvent, { readonly kind: 'runStarted' | 'runFinished' | 'testStarted' | 'testFinished' }>
>
type Distribute<Event> = Event extends { readonly test: string } ? Omit<Event, 'test'> : never

/** A test from start to end, with what it says in between. */
export function aTestRun(
  test: TestRef,
  outcome: Outcome = passed,
  told: readonly Told[] = [],
  end: { readonly at?: number; readonly flaky?: boolean } = {},
): readonly RunEvent[] {
  const inner = told.map((event) => ({ ...event, test: test.id }))
  const { at = told.at(-1)?.at ?? 0, flaky = false } = end
  return [{ kind: 'testStarted', test }, ...inner, { kind: 'testFinished', at, test, outcome, flaky }]
}

/** A failing await, told with all that happens before it. */
export function aFailingStory(outcome: Outcome, step: StepRef = aStep()): readonly Told[] {
  const send = aStep({ path: '1', verb: 'send', line: 11, summary: 'send drone_close to drone-001' })
  const created = aCall({
    seq: 1,
    method: 'POST',
    path: '/api/v1/open/downlink/commands',
    request: '{"vendor":"dji","device_id":"drone-001","command_type":"drone_close","payload":{}}',
    status: 202,
    response: '{"command_id":"5f0c8a52-6a0d-4f6e-9d5b-0d1a5c3c8f01","status":"ACCEPTED"}',
  })
  const services = aFrame({
    seq: 2,
    from: 'platform',
    topic: 'thing/product/7CTDM3D001/services',
    payload: '{"tid":"t-1","bid":"b-1","method":"drone_close","data":{}}',
  })
  return [
    { kind: 'stepStarted', at: 0, step: send },
    { kind: 'httpExchanged', at: 0, http: created },
    { kind: 'statusSeen', at: 0, command: 'closing', status: 'ACCEPTED' },
    { kind: 'stepFinished', at: 0, step: send, outcome: passed },
    { kind: 'stepStarted', at: 0, step, withinMs: 30_000 },
    { kind: 'frameHeard', at: 4, frame: services },
    { kind: 'frameHeard', at: 212, frame: aFrame() },
    { kind: 'httpExchanged', at: 250, http: aCall() },
    { kind: 'statusSeen', at: 250, command: 'closing', status: 'FAILED' },
    { kind: 'stepFinished', at: 250, step, outcome },
  ]
}

/** A scenario file as the code frames show it. */
export const aSource = `scenario: a device code wins over the result number
proves: [reply-code-prefers-code]
devices:
  drone-001:
    on:
      drone_close:
        reply:
          result: 314000
          code: DOCK_BUSY
steps:
  - send: { device_id: drone-001, command_type: drone_close }
    as: closing
  - await: FAILED
    expect:
      response_code: DOCK_BUSY
`

export interface WrittenContext extends ReporterContext {
  /** All that was written so far. */
  text(): string
  /** What was written to further files, by path. */
  readonly files: ReadonlyMap<string, string>
}

/** A context that keeps in memory what reporters write. */
export function aContext(overrides: Partial<ReporterContext> = {}): WrittenContext {
  const written: string[] = []
  const files = new Map<string, string>()
  return {
    write: (text) => void written.push(text),
    color: false,
    width: 100,
    isTTY: false,
    unicode: true,
    cwd: '/project',
    env: {},
    plan: [],
    readSource: () => aSource,
    rule: (id) => ({ statement: `The statement of ${id}.`, source: 'page', level: 'must' }),
    rerun: (test, seed) => `dockrig test "${test.id}" --seed ${seed}`,
    open: (path, how) => {
      if (how === 'replace') files.set(path, '')
      return {
        write: (text) => void files.set(path, (files.get(path) ?? '') + text),
        close: async () => undefined,
      }
    },
    startUpMs: 300,
    startedAt: 1_767_225_600_000,
    ...overrides,
    text: () => written.join(''),
    files,
  }
}

/** Plays a stream to a reporter, a fixed step of wall time between two events. */
export async function play(reporter: Reporter, events: readonly RunEvent[], stepMs = 3): Promise<void> {
  for (const [index, event] of events.entries()) reporter.on(event, { wallMs: index * stepMs })
  await reporter.close()
}

/** The same stream as several workers would send it: tests take turns event by event. */
export function interleave(...runs: readonly (readonly RunEvent[])[]): readonly RunEvent[] {
  const longest = Math.max(...runs.map((run) => run.length))
  return Array.from({ length: longest }, (_, index) => runs.flatMap((run) => run[index] ?? [])).flat()
}
