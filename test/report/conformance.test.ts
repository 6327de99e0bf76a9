import { describe, expect, it } from 'vitest'
import type { Profile } from '../../contracts/index.ts'
import { foreignProfile, ruleFamilies, rules } from '../../contracts/index.ts'
import type { ReporterName } from '../../src/report/index.ts'
import { createSecrets, openReporters, parseReporterOptions } from '../../src/report/index.ts'
import type { Outcome, RuleTally, RunEvent } from '../../src/scenario/index.ts'
import type { WrittenContext } from '../support/run-events.ts'
import {
  aContext,
  aFinding,
  aRunEnd,
  aRunStart,
  aTally,
  aTest,
  aTestRun,
  passed,
  play,
} from '../support/run-events.ts'

const names = ['conformance', 'conformance-json', 'conformance-markdown', 'badge', 'badge-svg'] as const

const profile: Profile = {
  ...foreignProfile,
  name: 'a gateway | of <ours>',
  capabilities: ['parallel-per-device'],
  keeps: ['create-replay-200'],
  waives: ['unmatched-shown'],
}

const breach = aFinding()
const broken: Outcome = { kind: 'failed', failures: [{ kind: 'finding', finding: breach }], nearest: [] }
const silent: Outcome = {
  kind: 'timedOut',
  expectation: { what: 'the command to reach TIMED_OUT', withinMs: 12_000 },
  nearest: [],
}
const noControl: Outcome = {
  kind: 'skipped',
  because: 'a gateway | of <ours> does not declare gateway-control, durable-store',
}
const lateFinding = aFinding({
  rule: 'create-request-id',
  level: 'may',
  seen: 'no request_id in the answer',
  due: 'a request_id',
})

const tests = {
  kept: aTest({
    scenario: 'a good reply succeeds',
    file: 'scenarios/good.yaml',
    proves: ['reply-zero-succeeds'],
  }),
  code: [1, 2, 3, 4].map((line) =>
    aTest({ scenario: 'every code | wins', example: `code ${line}`, file: 'scenarios/codes.yaml', line }),
  ),
  silent: aTest({
    scenario: 'a silent dock times out',
    file: 'scenarios/silent.yaml',
    proves: ['lifecycle-deadline'],
  }),
  restart: ['once', 'twice'].map((example) =>
    aTest({
      scenario: 'a restart loses nothing',
      example,
      file: 'scenarios/restart.yaml',
      proves: ['restart-keeps'],
    }),
  ),
  remark: aTest({
    scenario: 'an answer says who asked',
    file: 'scenarios/answer.yaml',
    proves: ['create-accepts'],
  }),
}

/** Whether a rule was reached, as the runner would tell of all of them. */
function tallies(told: readonly Partial<RuleTally>[]): readonly RuleTally[] {
  const known = new Map(told.map((tally) => [tally.rule, tally]))
  return rules().map(({ id, level }) =>
    aTally({ rule: id, level, verdict: 'not reached', exercised: 0, ...known.get(id) }),
  )
}

const brokenRun: readonly RunEvent[] = [
  aRunStart({ target: 'http://127.0.0.1:8090', time: 'real', level: 'should', tests: 9 }),
  ...aTestRun(tests.kept),
  ...tests.code.flatMap((test) => aTestRun(test, broken)),
  ...aTestRun(tests.silent, silent),
  ...tests.restart.flatMap((test) => aTestRun(test, noControl)),
  ...aTestRun(tests.remark, passed, [{ kind: 'findingRaised', at: 5, finding: lateFinding }]),
  aRunEnd(
    { passed: 2, failed: 5, skipped: 2 },
    tallies([
      { rule: 'create-accepts', verdict: 'kept', exercised: 9 },
      { rule: 'create-request-id', verdict: 'kept', exercised: 1 },
      { rule: 'query-status-enum', verdict: 'kept', exercised: 31 },
      { rule: 'reply-zero-succeeds', verdict: 'kept', exercised: 1 },
      {
        rule: 'reply-code-prefers-code',
        verdict: 'broken',
        exercised: 4,
        brokenBy: tests.code.map(({ id }) => id),
      },
      { rule: 'lifecycle-deadline', verdict: 'broken', exercised: 1, brokenBy: [tests.silent.id] },
    ]),
  ),
]

const plan = [tests.kept, ...tests.code, tests.silent, ...tests.restart, tests.remark].map(({ id }) => id)

async function written(
  name: ReporterName,
  events: readonly RunEvent[] = brokenRun,
  context: WrittenContext = aContext({ plan, profile, node: '24.0.0', width: 110 }),
): Promise<string> {
  const secrets = createSecrets(['hunter2'])
  await play(await openReporters(parseReporterOptions([name]), context, secrets), events)
  return context.text()
}

/** A run in which one rule was looked at, or none. */
function aSmallRun(outcome: Outcome, verdict: RuleTally['verdict'], counts: object): readonly RunEvent[] {
  const exercised = verdict === 'not reached' ? 0 : 1
  return [
    aRunStart({ level: 'must' }),
    ...aTestRun(tests.kept, outcome),
    aRunEnd(counts, [aTally({ rule: 'reply-zero-succeeds', verdict, exercised })]),
  ]
}

describe('the conformance reports', () => {
  it.each(names)('are written as agreed: %s', async (name) => {
    await expect(await written(name)).toMatchFileSnapshot(`../golden/report/${name}.txt`)
  })

  it('tell the same of the same run, whatever the walls say', async () => {
    const contexts = [1, 2].map((startedAt) => aContext({ plan, profile, startedAt }))

    const [first, second] = await Promise.all(
      contexts.map((context) => written('conformance-json', brokenRun, context)),
    )

    expect(first).toBe(second)
  })

  it('account for every rule of every family', async () => {
    const told = JSON.parse(await written('conformance-json')) as {
      readonly families: readonly {
        readonly family: string
        readonly rules: readonly { readonly rule: string }[]
      }[]
    }

    expect(told.families.map(({ family }) => family)).toEqual([...ruleFamilies])
    expect(told.families.flatMap((family) => family.rules.map(({ rule }) => rule))).toEqual(
      rules().map(({ id }) => id),
    )
  })

  it('keep secrets to themselves, in the profile too', async () => {
    const context = aContext({ plan, profile: { ...profile, name: 'gateway of hunter2' } })

    const text = await written('conformance-json', brokenRun, context)

    expect(text).toContain('gateway of [redacted]')
    expect(text).not.toContain('hunter2')
  })

  it('write nothing when nothing began', async () => {
    expect(await Promise.all(names.map((name) => written(name, [])))).toEqual(names.map(() => ''))
  })
})

describe('the verdict', () => {
  const brokenTest: Outcome = { kind: 'broken', error: { code: 'GATEWAY_UNREACHABLE', message: 'Cannot.' } }

  it.each([
    ['is kept when a rule was', aSmallRun(passed, 'kept', { passed: 1 }), 'kept', 'yellowgreen'],
    [
      'is broken when a test fails and names no rule',
      aSmallRun(silent, 'kept', { failed: 1 }),
      'broken',
      'red',
    ],
    ['is unclear when a test broke', aSmallRun(brokenTest, 'kept', { broken: 1 }), 'unclear', 'lightgrey'],
    [
      'is unclear when nothing was reached',
      aSmallRun(noControl, 'not reached', { skipped: 1 }),
      'unclear',
      'lightgrey',
    ],
    [
      'is unclear when tests did not run',
      [aRunStart({ tests: 2 }), ...aSmallRun(passed, 'kept', { passed: 1 }).slice(1)],
      'unclear',
      'lightgrey',
    ],
  ])('%s', async (_, events, verdict, color) => {
    const report: unknown = JSON.parse(await written('conformance-json', events))
    const badge: unknown = JSON.parse(await written('badge', events))

    expect(report).toMatchObject({ verdict })
    expect(badge).toMatchObject({ color })
  })

  it('is bright green only when every rule that binds was seen kept', async () => {
    const all = rules()
      .filter(({ family }) => family !== 'dock')
      .map(({ id, level }) => aTally({ rule: id, level, verdict: 'kept' }))
    const events = [aRunStart(), ...aTestRun(tests.kept), aRunEnd({ passed: 1 }, all)]

    expect(JSON.parse(await written('badge', events))).toMatchObject({
      message: `${all.length - 1} of ${all.length - 1} rules kept`,
      color: 'brightgreen',
    })
  })
})
