import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadScenarioText } from '../../src/scenario/index.ts'
import { allProblemsOf, problemsOf, scenariosOf, withSteps } from '../support/scenario-text.ts'

const fifteen = readFileSync(join(import.meta.dirname, '../fixtures/fifteen-scenarios.yaml'), 'utf8')

describe('loading a text', () => {
  it('reads the fifteen scenarios of the language as they stand', async () => {
    const { scenarios, problems } = await loadScenarioText('fifteen-scenarios.yaml', fifteen)

    expect(problems).toEqual([])
    expect(scenarios).toHaveLength(15)
    expect(new Set(scenarios.map(({ id }) => id)).size).toBe(15)
  })

  it.each(fifteen.split(/^---$/m))('reads one of the fifteen alone, number %#', async (text) => {
    const { scenarios, problems } = await loadScenarioText('one.yaml', text)

    expect(problems).toEqual([])
    expect(scenarios.map(({ id }) => id)).toEqual(['one.yaml'])
  })

  it('keeps the place of every step', async () => {
    const text = withSteps(
      '  - wait: 1s\n  - repeat:\n      times: 2\n      steps:\n        - wait: 2s\n          note: again',
    )

    const [scenario] = await scenariosOf(text)

    const repeat = scenario?.steps[1]
    expect(scenario?.steps[0]).toMatchObject({ path: '1', verb: 'wait', line: 4, column: 5, body: '1s' })
    expect(repeat).toMatchObject({ path: '2', line: 5, endLine: 9, body: { times: 2 } })
    expect(repeat?.children?.[0]).toMatchObject([
      { path: '2.1', line: 8, endLine: 9, options: { note: 'again' } },
    ])
  })

  it('numbers the steps of branches', async () => {
    const steps =
      '  - parallel:\n      - - wait: 1s\n        - wait: 2s\n      - wait: 3s\n      - repeat: { times: 2, steps: [{ wait: 4s }] }'

    const [scenario] = await scenariosOf(withSteps(steps))

    const paths = scenario?.steps[0]?.children?.map((branch) => branch.map(({ path }) => path))
    expect(paths).toEqual([['1.1.1', '1.1.2'], ['1.2.1'], ['1.3.1']])
  })

  it('follows anchors and aliases', async () => {
    const text =
      'scenario: a\ndevices: { d1: &dock { telemetry: true }, d2: *dock }\nsteps: [&w { wait: 1s }, *w]\n'

    const [scenario] = await scenariosOf(text)

    expect(scenario?.devices).toEqual({ d1: { telemetry: true }, d2: { telemetry: true } })
    expect(scenario?.steps).toHaveLength(2)
  })

  it('reads a file with a byte order mark and Windows line ends', async () => {
    const { problems } = await loadScenarioText(
      'a.yaml',
      `\uFEFF${withSteps('  - wait: 1s').replaceAll('\n', '\r\n')}`,
    )

    expect(problems).toEqual([])
  })

  it('reports all problems of a file at once, in order of lines', async () => {
    const problems = await allProblemsOf(withSteps('  - wait: 1\n  - gateway: reboot\n  - sned: {}'))

    expect(problems.map(({ line, column, endColumn }) => [line, column, endColumn])).toEqual([
      [4, 11, 12],
      [5, 14, 20],
      [6, 5, 9],
    ])
    expect(problems[2]).toMatchObject({
      suggestion: 'send',
      message: "unknown verb 'sned', did you mean 'send'?",
    })
  })

  it('gives no scenario for a file with problems', async () => {
    const { scenarios } = await loadScenarioText('a.yaml', withSteps('  - wait: soon'))

    expect(scenarios).toEqual([])
  })
})

describe('the check of a file', () => {
  const send = '  - send: { device_id: drone-001, command_type: drone_close }\n    as: first\n'

  it.each([
    ['an empty file', '', 'KEY_MISSING the file is empty'],
    ['a list', '[]', 'VALUE_WRONG this is a list, not an object with scenario and steps'],
    ['a missing sentence', 'steps: [{ wait: 1s }]', "KEY_MISSING the key 'scenario' is missing"],
    ['no steps', 'scenario: a\nsteps: []', 'VALUE_WRONG this list is empty'],
    ['an empty proves', 'scenario: a\nproves: []\nsteps: [{ wait: 1s }]', 'VALUE_WRONG this list is empty'],
    ['an empty sentence', 'scenario: ""\nsteps: [{ wait: 1s }]', 'VALUE_WRONG this text is empty'],
    ['an alias bomb', bomb(), 'LIMIT_EXCEEDED the file expands its aliases more than 100 times'],
    [
      'an alias to itself',
      'scenario: a\nsteps: &s [*s]',
      'LIMIT_EXCEEDED this alias stands within what it stands for',
    ],
    [
      'a tower of lists',
      `scenario: ${'['.repeat(100)}${']'.repeat(100)}`,
      'LIMIT_EXCEEDED this is nested deeper than 64 levels',
    ],
    ['a million brackets', '['.repeat(1_000_000), 'LIMIT_EXCEEDED this is nested deeper than 64 levels'],
    ['dashes without end', '- '.repeat(500_000), 'LIMIT_EXCEEDED this is nested deeper than 64 levels'],
    ['a huge file', 'x'.repeat(1024 * 1024 + 1), 'LIMIT_EXCEEDED the file is larger than 1 MiB'],
    [
      'one device twice',
      'scenario: a\ndevices: { d: { count: 2 }, d-2: {} }\nsteps: [{ wait: 1s }]',
      "VALUE_WRONG 'd-2' is one of the 2 devices of 'd' already",
    ],
  ])('finds %s', async (_, text, expected) => {
    expect(await problemsOf(text)).toContain(expected)
  })

  it.each([
    [
      'a reply out of range',
      `${send}  - release: { device: drone-001, reply: 0 }`,
      'VALUE_WRONG 0 is too small',
    ],
    [
      'a release of a dock without script',
      `${send}  - release: dock-2`,
      "RELEASE_IMPOSSIBLE 'dock-2' has nothing to release",
    ],
    ['a mark that nobody made', '  - expect-mqtt: { since: start }', "NAME_UNKNOWN unknown mark 'start'"],
    [
      'a field of a step in the wrong place',
      `${send}  - wait: "\${first.status}"`,
      "TEMPLATE_WRONG unknown field of a step 'status'",
    ],
    [
      'each outside of a repeat over devices',
      '  - repeat: { times: 2, steps: [{ release: "${each}" }] }',
      "TEMPLATE_WRONG '${each}' is known only in a repeat with each",
    ],
    [
      'a matcher in a list of a matcher',
      `${send}  - await: SUCCEEDED\n    expect: { a: { $oneOf: [{ $lenght: 1 }] } }`,
      "MATCHER_WRONG unknown matcher '$lenght', did you mean '$length'?",
    ],
    [
      'a misspelt field of expect',
      `${send}  - query: last\n    expect: { htpp: 200 }`,
      "KEY_UNKNOWN unknown part of an answer 'htpp', did you mean 'http'?",
    ],
    [
      'an unknown faker',
      `${send}  - request: { method: GET, path: "/\${faker:colour.human}" }`,
      "TEMPLATE_WRONG unknown faker 'colour.human', did you mean 'color'?",
    ],
  ])('finds %s', async (_, steps, expected) => {
    expect(await problemsOf(withSteps(steps))).toContain(expected)
  })

  it.each([
    [
      'what a literal holds',
      `${send}  - await: SUCCEEDED\n    expect: { a: { $literal: { $any: 1, $b: 2 } } }`,
    ],
    ['a method of somebody else', '  - device: { script: drone-001, on: { paint_dock: { reply: null } } }'],
    [
      'a misspelt method that shall be refused',
      '  - send: { device_id: drone-001, command_type: drone_clsoe }\n    expect: { http: 400 }',
    ],
    [
      'values of wrong types in a request',
      '  - send: { device_id: 7, command_type: null, timeout_seconds: "x", vendor: [] }',
    ],
    ['an escaped template', '  - request: { method: GET, path: "/$${nothing}" }'],
    [
      'a mark before its use',
      '  - expect-mqtt: { mark: start, count: 0 }\n  - expect-mqtt: { since: start, count: { $gte: 1 } }',
    ],
    ['a whole topic', '  - expect-mqtt: { topic: thing/product/x/services }'],
    ['zero as a duration', '  - expect-mqtt: { topic: services }\n    for: 0'],
    [
      'devices of a group',
      '  - repeat: { each: [dock, drone-001], steps: [{ send: { device_id: "${each}", command_type: drone_close } }] }',
    ],
    ['a faker that exists', '  - request: { method: GET, path: "/${faker:internet.ip}" }'],
  ])('allows %s', async (_, steps) => {
    expect(await problemsOf(withSteps(steps))).toEqual([])
  })

  it('names the example in whose place a value is wrong, at the line of the row', async () => {
    const text =
      'scenario: a\nexamples:\n  - { name: good, w: 1s }\n  - { name: bad, w: soon }\nsteps:\n  - wait: "${example.w}"\n'

    const problems = await allProblemsOf(text)

    expect(problems).toMatchObject([{ line: 4, code: 'VALUE_WRONG' }])
    expect(problems[0]?.message).toContain("(in the example 'bad')")
  })

  it('checks the templates within a row where the row is used', async () => {
    const text =
      'scenario: a\nexamples:\n  - { name: r, p: "${request.tid}" }\nsteps:\n  - request: { method: GET, path: "/${example.p}" }\n'

    expect(await problemsOf(text)).toEqual([
      "TEMPLATE_WRONG '${request.…}' is known only in the script of a device (in the example 'r')",
    ])
  })
})

function bomb(): string {
  const levels = ['a', 'b', 'c', 'd', 'e']
  const lines = levels.map((name, position) => {
    const before = levels[position - 1]
    const items = before === undefined ? 'x' : `*${before}`
    return `  - &${name} [${Array.from({ length: 9 }, () => items).join(', ')}]`
  })
  return `scenario: a\nsteps:\n${lines.join('\n')}\n`
}
