import { describe, expect, it } from 'vitest'
import { hashSeed, planTests } from '../../src/scenario/index.ts'
import { firstTestOf, scenariosOf, withSteps } from '../support/scenario-text.ts'

const table = `scenario: a table
proves: [reply-code-prefers-code]
tags: [one]
examples:
  - { name: strong, reply: { result: 1, code: "\${request.tid}" }, status: FAILED }
  - { name: weak,   reply: { result: 0 }, status: SUCCEEDED, proves: [reply-code-null-absent, reply-code-prefers-code] }
devices: { drone-001: { on: { drone_close: { reply: "\${example.reply}" } } } }
steps:
  - send: { device_id: drone-001, command_type: drone_close, idempotency_key: "k-\${example.name}-\${fresh.key}" }
  - await: "\${example.status}"
`

describe('planning a table', () => {
  it('makes a test of each row, with its own id and line', async () => {
    const tests = planTests(await scenariosOf(table))

    expect(tests.map(({ ref }) => [ref.id, ref.example, ref.line])).toEqual([
      ['a.yaml#strong', 'strong', 5],
      ['a.yaml#weak', 'weak', 6],
    ])
  })

  it('runs a test at the weakest level of what it proves; a row replaces the proves of the file', async () => {
    const tests = planTests(await scenariosOf(table))

    expect(tests.map(({ ref }) => ref.level)).toEqual(['must', 'may'])
    expect(tests[1]?.ref.proves).toEqual(['reply-code-null-absent', 'reply-code-prefers-code'])
  })

  it('fills the row in and leaves templates inside its values for the run', async () => {
    const [test] = planTests(await scenariosOf(table))

    expect(test?.devices['drone-001']?.on?.['drone_close']).toEqual({
      reply: { result: 1, code: '${request.tid}' },
    })
    expect(test?.steps.map(({ body }) => body)).toMatchObject([
      { idempotency_key: 'k-strong-${fresh.key}' },
      'FAILED',
    ])
    expect(test?.steps[1]?.summary).toBe('await FAILED')
  })

  it('names the tests of a file with several documents by their sentences', async () => {
    const tests = planTests(await scenariosOf(`scenario: one\nsteps: [{ wait: 1s }]\n---\n${table}`))

    expect(tests.map(({ ref }) => ref.id)).toEqual([
      'a.yaml#one',
      'a.yaml#a-table/strong',
      'a.yaml#a-table/weak',
    ])
  })
})

describe('planning devices', () => {
  it('counts a group out', async () => {
    const test = await firstTestOf(withSteps('  - wait: 1s'))

    expect(test.groups).toEqual({ dock: ['dock-1', 'dock-2', 'dock-3'] })
    expect(Object.keys(test.devices)).toEqual(['drone-001', 'dock-1', 'dock-2', 'dock-3'])
  })
})

describe('seeds', () => {
  it('differ from test to test and run to run, and not otherwise', async () => {
    const scenarios = await scenariosOf(table)

    const seeds = [1, 2].flatMap((seed) => planTests(scenarios, { seed }).map((test) => test.seed))

    expect(new Set(seeds).size).toBe(4)
    expect(planTests(scenarios, { grep: 'weak' })[0]?.seed).toBe(seeds[1])
    expect(seeds[0]).toBe(hashSeed(1, 'a.yaml#strong'))
  })

  it('follow the file where it names one', async () => {
    const text = `seed: 7\n${withSteps('  - wait: 1s')}`

    expect((await firstTestOf(text, { seed: 3 })).seed).toBe(hashSeed(7, 'a.yaml'))
  })
})

const send = (more = ''): string => `  - send: { device_id: drone-001, command_type: drone_close${more} }\n`

describe('the estimate', () => {
  it.each([
    ['waits', '  - wait: 1s\n  - wait: 500ms', 1500],
    [
      'holding times',
      `${send()}  - stays: ACCEPTED\n    for: 2s\n  - expect-mqtt: { count: 0 }\n    for: 3s`,
      5000,
    ],
    ['an awaited timeout', `${send(', timeout_seconds: 3')}  - await: TIMED_OUT`, 3000],
    ['the default timeout', `${send()}  - await: TIMED_OUT`, 30_000],
    [
      'a timeout that began before a wait',
      `${send(', timeout_seconds: 3')}  - wait: 2s\n  - await: TIMED_OUT`,
      3000,
    ],
    ['an earliest moment', `${send()}  - await: SUCCEEDED\n    after: 4s`, 4000],
    ['rounds one after another', '  - repeat: { times: 2, each: dock, steps: [{ wait: 1s }] }', 6000],
    [
      'rounds side by side',
      '  - parallel: { repeat: { times: 2, each: dock, steps: [{ wait: 1s }] } }',
      1000,
    ],
    ['the longest branch', '  - parallel: [{ wait: 1s }, [{ wait: 2s }, { wait: 2s }]]', 4000],
  ])('adds up %s', async (_, steps, expected) => {
    const test = await firstTestOf(withSteps(steps))

    expect(test.estimateMs).toBe(expected)
    expect(test.long).toBe(expected > 5000)
  })

  it('counts scripted delays, those of further messages included', async () => {
    const text = `scenario: a\ndevices: { d: { on: { drone_close: { delay: { min: 1s, max: 2s }, reply: null, then: [{ delay: 500ms, reply: { result: 0 } }] } } } }
steps:\n  - send: { device_id: d, command_type: drone_close }\n  - await: SUCCEEDED\n`

    expect((await firstTestOf(text)).estimateMs).toBe(2500)
  })
})

describe('selecting', () => {
  const files = `${table}---\nscenario: another\nproves: [lifecycle-final]\ntags: [two]\nsteps: [{ wait: 1s }]\n`
  const names = async (options: Parameters<typeof planTests>[1]): Promise<readonly string[]> =>
    planTests(await scenariosOf(files), options).map(({ ref }) => ref.example ?? ref.scenario)

  it.each([
    ['by words', { grep: 'ANOTHER' }, ['another']],
    ['by expression', { grep: 'st.*ng$' }, ['strong']],
    ['by words that are no expression', { grep: '(' }, []],
    ['by tag', { tags: ['two', 'three'] }, ['another']],
    ['by rule', { rules: ['reply-code-null-absent'] }, ['weak']],
    ['by level', { level: 'must' as const }, ['strong', 'another']],
    ['everything', {}, ['strong', 'weak', 'another']],
  ])('takes tests %s', async (_, options, expected) => {
    expect(await names(options)).toEqual(expected)
  })

  it('deals every test into exactly one shard', async () => {
    const shards = await Promise.all([1, 2].map((index) => names({ shard: { index, count: 2 } })))

    expect(shards).toEqual([['strong', 'another'], ['weak']])
  })

  it('shuffles by the seed, and keeps the order of what is left when fewer are selected', async () => {
    const orders = await Promise.all([1, 2, 3, 4, 5].map((seed) => names({ order: 'random', seed })))
    const all = orders[0] ?? []

    expect(new Set(orders.map(String)).size).toBeGreaterThan(1)
    expect(await names({ order: 'random', seed: 1, tags: ['one'] })).toEqual(
      all.filter((name) => name !== 'another'),
    )
  })
})
