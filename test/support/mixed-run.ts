import type { Outcome, RunEvent } from '../../src/scenario/index.ts'
import {
  aFailingStory,
  aFinding,
  aRunEnd,
  aRunStart,
  aStep,
  aTally,
  aTest,
  aTestRun,
  interleave,
  passed,
} from './run-events.ts'

export const timedOut: Outcome = {
  kind: 'timedOut',
  expectation: { what: 'command closing to reach FAILED', withinMs: 30_000 },
  nearest: [],
}

const codes = { scenario: 'every code becomes a string', file: 'scenarios/reply-mapping/codes.yaml' }
export const fine = aTest()
export const failing = aTest({ scenario: 'a silent dock times out', file: 'scenarios/lifecycle/silent.yaml' })
const remarked = aTest({
  scenario: 'create answers 202',
  file: 'scenarios/create/answers.yaml',
  level: 'must',
})
const skipped = aTest({ scenario: 'a restart keeps commands', file: 'scenarios/create/restart.yaml' })
const rows = ['zero', '零号机场'].map((example, index) => aTest({ ...codes, example, line: 20 + index }))
const brokenTest = aTest({ scenario: 'nobody answers', file: 'scenarios/zebra.yaml' })
const flaky = aTest({ scenario: 'a lost reply is sent again', file: 'scenarios/zulu.yaml' })

const [zero, dock] = rows
if (zero === undefined || dock === undefined) throw new Error('the table has two rows')

/** One test of every verdict, tables and names in Chinese included. */
export const mixedTests: readonly (readonly RunEvent[])[] = [
  aTestRun(remarked, passed, [{ kind: 'findingRaised', at: 5, finding: aFinding({ level: 'should' }) }]),
  aTestRun(skipped, { kind: 'skipped', because: 'the target does not declare "gateway-control"' }),
  aTestRun(failing, timedOut, aFailingStory(timedOut), { at: 300_000 }),
  aTestRun(fine, passed, aFailingStory(passed), { at: 250 }),
  aTestRun(zero, passed, [], { at: 20 }),
  aTestRun(dock, passed, [], { at: 1500 }),
  aTestRun(brokenTest, {
    kind: 'broken',
    error: { code: 'GATEWAY_UNREACHABLE', message: 'Cannot reach it.' },
  }),
  [
    { kind: 'testStarted', test: flaky },
    { kind: 'stepFinished', test: flaky.id, at: 0, step: aStep(), outcome: timedOut },
    ...aTestRun(flaky, passed, [], { flaky: true }),
  ],
]
export const mixedPlan = [remarked, skipped, failing, fine, zero, dock, brokenTest, flaky].map(({ id }) => id)
const tallies = [
  aTally(),
  aTally({ rule: 'lifecycle-deadline', verdict: 'broken', brokenBy: [failing.id] }),
  aTally({ rule: 'restart-keeps', level: 'should', verdict: 'not reached', exercised: 0 }),
]
const counts = { passed: 4, failed: 1, skipped: 1, broken: 1, flaky: 1 }
export const mixedEnd = aRunEnd(counts, tallies)

/** All of them side by side. */
export const mixedRun: readonly RunEvent[] = [
  aRunStart({ tests: mixedPlan.length }),
  ...interleave(...mixedTests),
  mixedEnd,
]
