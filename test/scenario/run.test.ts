import { describe, expect, it } from 'vitest'
import { referenceTarget } from '../../src/compose.ts'
import type { Target } from '../../src/scenario/index.ts'
import { runText } from '../support/run-scenario.ts'

const device = 'devices: { drone-001: { on: { drone_close: { reply: { result: 0 } } } } }'
const close = '{ send: { device_id: drone-001, command_type: drone_close } }'

function scenario(name: string, steps: string, head = ''): string {
  return `scenario: ${name}\n${head}${device}\nsteps: [${steps}]\n`
}

const good = scenario('good', `${close}, { await: SUCCEEDED }`)
const bad = scenario('bad', `${close}, { await: FAILED }`)
/** A gateway that answers in words of its own. */
const lying = referenceTarget({
  parts: { mapReply: () => ({ outcome: 'succeeded', response_code: 'LIE', vendor_response: {} }) },
})

describe('a run', () => {
  it('counts what became of its tests', async () => {
    const { counts } = await runText(
      `${good}---\n${bad}---\n${scenario('b', '{ gateway: stop }, { gateway: start }', 'only: external\n')}`,
    )

    expect(counts).toEqual({ passed: 1, failed: 1, skipped: 1, broken: 0, flaky: 0 })
  })

  it('says when it begins and ends', async () => {
    const { events } = await runText(good)

    expect(events[0]).toMatchObject({ kind: 'runStarted', tests: 1, time: 'virtual' })
    expect(events.at(-1)).toMatchObject({ kind: 'runFinished', counts: { passed: 1 } })
  })

  it('says how long a step may wait, where that is known when it begins', async () => {
    const steps = [
      '{ send: { device_id: drone-001, command_type: drone_close, timeout_seconds: 5 } }',
      '{ wait: 1s }',
      '{ await: SUCCEEDED }',
      '{ await: SUCCEEDED, within: 3s }',
      '{ stays: SUCCEEDED, for: 4s }',
      '{ expect-mqtt: { topic: services }, for: 2s }',
      '{ expect-mqtt: { mark: now } }',
    ]

    const { events } = await runText(scenario('good', steps.join(', ')))

    const slackMs = referenceTarget().profile.slack_ms
    expect(events.flatMap((event) => (event.kind === 'stepStarted' ? [event.withinMs] : []))).toEqual([
      undefined,
      1000,
      // a second for the answer that shows the deadline
      5000 + slackMs + 1000 - 1000,
      3000,
      4000,
      7000,
      undefined,
    ])
  })

  it('ends after as many failures as it may have', async () => {
    const { list } = await runText(`${bad}---\n${good}`, { bail: 1 })

    expect(list.map(({ kind }) => kind)).toEqual(['failed', 'skipped'])
  })

  it('begins nothing new once it is stopped', async () => {
    const { list } = await runText(good, { isStopped: () => true })

    expect(list).toEqual([{ kind: 'skipped', because: 'the run was ended before' }])
  })

  it('calls a test flaky that passes when it is tried again', async () => {
    let opened = 0
    const target: Target = {
      ...lying,
      open: (request) => (opened++ === 0 ? lying : referenceTarget()).open(request),
    }

    const { counts, events } = await runText(good, { retries: 1 }, target)

    expect(counts).toMatchObject({ passed: 0, failed: 0, flaky: 1 })
    expect(events.filter(({ kind }) => kind === 'testStarted')).toHaveLength(2)
  })

  it('fails a test for a finding that no step asserts', async () => {
    const { list, rules } = await runText(good, {}, lying)

    const [outcome] = list
    expect(outcome?.kind === 'failed' && outcome.failures.map(({ kind }) => kind)).toContain('finding')
    expect(rules.find(({ rule }) => rule === 'reply-code-falls-to-result')?.verdict).toBe('broken')
  })

  it('lets pass what the scenario allows with a reason', async () => {
    const { list } = await runText(good, {}, lying)
    const rules = list.flatMap((outcome) =>
      outcome.kind === 'failed'
        ? outcome.failures.flatMap((failure) => (failure.kind === 'finding' ? [failure.finding.rule] : []))
        : [],
    )
    const allow = `allow: { ${rules.map((rule) => `${rule}: it is known`).join(', ')} }\n`

    const allowed = await runText(scenario('good', `${close}, { await: SUCCEEDED }`, allow), {}, lying)

    expect(rules.length).toBeGreaterThan(0)
    expect(allowed.list).toEqual([{ kind: 'passed' }])
    expect(allowed.events.some(({ kind }) => kind === 'findingRaised')).toBe(true)
  })

  it('ends a test that takes longer than it may, and hears no more of it', async () => {
    const { list, events } = await runText(scenario('slow', '{ wait: 60s }', 'timeout: 5s\n'))
    const last = events.findIndex(({ kind }) => kind === 'testFinished')

    expect(list[0]).toMatchObject({ kind: 'timedOut', expectation: { withinMs: 5000 } })
    expect(events.slice(last).map(({ kind }) => kind)).toEqual(['testFinished', 'runFinished'])
  })
})

describe('a test is skipped', () => {
  const reference = referenceTarget()
  const poor: Target = {
    ...reference,
    profile: { ...reference.profile, name: 'poor', capabilities: [], methods: ['drone_close'] },
  }

  it.each([
    ['whose needs are not declared', 'needs: [durable-store]\n', 'poor does not declare durable-store'],
    [
      'whose method is not offered',
      'needs: ["method:drone_open"]\n',
      'poor does not declare method:drone_open',
    ],
    ['that is for others', 'only: external\n', 'only for external gateways'],
    [
      'that rests on a weaker rule',
      'proves: [create-replay-200]\n',
      'rests on create-replay-200, which does not bind at level must',
    ],
  ])('%s', async (_, head, because) => {
    const { list } = await runText(scenario('one', close, head), { level: 'must' }, poor)

    expect(list).toEqual([{ kind: 'skipped', because }])
  })

  it('that is long, in real time, unless long ones are asked for', async () => {
    const real: Target = { ...reference, time: 'real' }
    const text = scenario('one', '{ wait: 60s }')

    expect((await runText(text, {}, real)).list[0]).toMatchObject({ kind: 'skipped' })
    expect((await runText(text, { long: true }, real)).list[0]).toEqual({ kind: 'passed' })
  })
})

describe('on an external gateway', () => {
  const reference = referenceTarget()

  /** A target that notes how many tests were open at once. */
  function external(open: Target['open'] = (request) => reference.open(request)): {
    readonly target: Target
    readonly most: () => number
  } {
    let now = 0
    let most = 0
    const target: Target = {
      ...reference,
      kind: 'external',
      async open(request) {
        most = Math.max(most, ++now)
        const rig = await open(request)
        return { ...rig, close: () => rig.close().finally(() => now--) }
      },
    }
    return { target, most: () => most }
  }

  it('exclusive tests run alone, others side by side', async () => {
    const alone = external()
    const shared = external()
    const three = (head: string): string =>
      ['a', 'b', 'c'].map((name) => scenario(name, close, head)).join('---\n')

    await runText(three('exclusive: true\n'), { workers: 3 }, alone.target)
    await runText(three(''), { workers: 3 }, shared.target)

    expect([alone.most(), shared.most()]).toEqual([1, 3])
  })

  it('one lost gateway is one broken test, not a hundred', async () => {
    const { target } = external(async (request) => {
      const rig = await reference.open(request)
      return { ...rig, call: () => Promise.resolve({ kind: 'unanswered', why: 'nothing listens there' }) }
    })

    const { list } = await runText(`${good}---\n${bad}`, {}, target)

    expect(list).toMatchObject([
      { kind: 'broken', error: { code: 'GATEWAY_UNREACHABLE' } },
      { kind: 'skipped', because: 'the target was lost before: GATEWAY_UNREACHABLE' },
    ])
  })
})
