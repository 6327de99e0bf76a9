import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/scenario/index.ts'
import { runSteps } from '../support/run-scenario.ts'

const close = '- send: { device_id: drone-001, command_type: drone_close }'

/** The first difference of a failure, as `path: expected / actual`. */
function difference(outcome: Outcome): string {
  const [first] = outcome.kind === 'failed' ? outcome.failures : []
  const [part] = first?.kind === 'differs' ? first.differences : []
  return part === undefined
    ? JSON.stringify(outcome)
    : `${part.path}: ${JSON.stringify(part.expected)} / ${JSON.stringify(part.actual)}`
}

function nearest(outcome: Outcome): string {
  return 'nearest' in outcome ? outcome.nearest.map(({ what, why }) => `${what}: ${why}`).join('; ') : ''
}

describe('steps that hold', () => {
  it.each([
    ['send', `${close}\n  expect: { http: 202, body: { status: ACCEPTED } }`],
    ['query', `${close}\n- query: last\n  expect: { http: 200, body: { command_type: drone_close } }`],
    ['await', `${close}\n- await: SUCCEEDED\n  expect: { response_code: "0" }`],
    ['await a list', `${close}\n- await: [FAILED, SUCCEEDED]`],
    ['stays', `${close}\n- await: SUCCEEDED\n- stays: SUCCEEDED\n  for: 60s`],
    ['lifecycle', `${close}\n- await: SUCCEEDED\n- lifecycle: [ACCEPTED, DELIVERED, SUCCEEDED]`],
    [
      'request',
      '- request: { method: GET, path: /nowhere, sign: false }\n  expect: { http: { $oneOf: [401, 404] } }',
    ],
    [
      'expect-mqtt',
      `${close}\n- expect-mqtt: { device: drone-001, topic: services, method: drone_close, count: 1, qos: 1 }\n  for: 2s`,
    ],
    ['device', '- device: { disconnect: drone-001, how: cut }\n- device: { connect: drone-001 }'],
    [
      'device script',
      `- device: { script: drone-001, on: { drone_close: { reply: { result: 7 } } } }\n${close}\n- await: FAILED\n  expect: { response_code: "7" }`,
    ],
    ['gateway', `- gateway: restart\n${close}\n- await: SUCCEEDED`],
    ['broker', `- broker: stop\n- broker: start\n${close}\n- await: SUCCEEDED`],
    ['broker puback', `- broker: { puback: 1s }\n${close}\n- stays: SUCCEEDED\n  for: 2s`],
    ['broker drop', `- broker: { drop: gateway }\n- wait: 10s\n${close}\n- await: SUCCEEDED`],
    ['wait', '- wait: 300s'],
    [
      'parallel',
      `- parallel:\n    - [{ send: { device_id: drone-001, command_type: drone_close } }, { await: SUCCEEDED }]\n    - [{ wait: 1s }]`,
    ],
    [
      'repeat',
      '- repeat: { times: 3, steps: [{ send: { device_id: drone-001, command_type: drone_close } }, { await: SUCCEEDED }] }',
    ],
  ])('passes %s', async (_, steps) => {
    expect(await runSteps(steps)).toEqual({ kind: 'passed' })
  })

  it('releases a held reply', async () => {
    const held = '{ drone_close: { hold: true, reply: { result: 0 } } }'

    expect(
      await runSteps(`${close}\n- await: DELIVERED\n- release: drone-001\n- await: SUCCEEDED`, held),
    ).toEqual({ kind: 'passed' })
  })
})

describe('steps that do not hold', () => {
  it.each([
    ['send', `${close}\n  expect: { http: 200 }`, 'http: 200 / 202'],
    [
      'a refused send',
      '- send: { device_id: drone-001, command_type: drone_close, timeout_seconds: 301 }',
      'http: "2xx" / 400',
    ],
    ['query', `${close}\n- query: last\n  expect: { body: { vendor: px4 } }`, 'body.vendor: "px4" / "dji"'],
    ['await by another final status', `${close}\n- await: FAILED`, 'status: "FAILED" / "SUCCEEDED"'],
    ['await too early', `${close}\n- await: SUCCEEDED\n  after: 2s`, 'status: "not before 2s" / "0 ms"'],
    [
      'await by its answer',
      `${close}\n- await: SUCCEEDED\n  expect: { response_code: "1" }`,
      'response_code: "1" / "0"',
    ],
    ['stays', `${close}\n- stays: ACCEPTED\n  for: 5s`, 'status: "ACCEPTED" / "SUCCEEDED"'],
    [
      'lifecycle',
      `${close}\n- await: SUCCEEDED\n- lifecycle: [ACCEPTED, FAILED]`,
      'lifecycle: ["ACCEPTED","FAILED"] / ["ACCEPTED","SUCCEEDED"]',
    ],
    ['request', '- request: { method: GET, path: /nowhere }\n  expect: { http: 200 }', 'http: 200 / 404'],
    [
      'a publish that had to be refused',
      '- device: { publish: drone-001, topic: services_reply, payload: x, refused: true }',
      'publish: "refused" / "forwarded"',
    ],
    [
      'the count of messages',
      `${close}\n- expect-mqtt: { device: drone-001, topic: services, count: 2 }`,
      'count: 2 / 1',
    ],
  ])('fail %s', async (_, steps, seen) => {
    expect(difference(await runSteps(steps))).toBe(seen)
  })

  it('time out with what almost fitted', async () => {
    const outcome = await runSteps(
      `${close}\n- await: SUCCEEDED\n  within: 5s`,
      '{ drone_close: { reply: { result: 0 }, tid: missing } }',
    )

    expect(outcome).toMatchObject({ kind: 'timedOut', expectation: { withinMs: 5000 } })
    expect(nearest(outcome)).toContain('it has no tid')
  })

  it('time out with nothing near when the dock is silent', async () => {
    const outcome = await runSteps(
      `${close}\n- await: SUCCEEDED\n  within: 5s`,
      '{ drone_close: { reply: null } }',
    )

    expect(nearest(outcome)).toContain('sent none since the command')
  })

  it('say that a release had nothing to let go', async () => {
    const outcome = await runSteps(
      `${close}\n- await: DELIVERED\n- release: { device: drone-001, reply: 2 }`,
      '{ drone_close: { hold: true, reply: { result: 0 } } }',
    )

    expect(outcome).toMatchObject({
      kind: 'timedOut',
      expectation: { what: 'drone-001 to hold its reply to call 2' },
    })
    expect(nearest(outcome)).toContain('a held reply to call 1')
  })

  it('time out when no message fits', async () => {
    const outcome = await runSteps('- expect-mqtt: { device: drone-002, topic: services, count: 1 }')

    expect(outcome).toMatchObject({ kind: 'timedOut', expectation: { withinMs: 5000 } })
  })

  it('break when the gateway does not run', async () => {
    expect(await runSteps(`- gateway: stop\n${close}`)).toMatchObject({
      kind: 'broken',
      error: { code: 'GATEWAY_UNREACHABLE' },
    })
  })

  it('break with the place of a template that cannot be filled', async () => {
    const steps = `${close}\n  as: one\n- await: SUCCEEDED\n- request: { method: GET, path: "/x/\${one.body.nothing}" }`

    expect(await runSteps(steps)).toMatchObject({
      kind: 'broken',
      error: { code: 'TEMPLATE_INVALID', position: { file: 'a.yaml', line: 7 } },
    })
  })

  it('judge the worst branch of a parallel block', async () => {
    const outcome = await runSteps(
      '- parallel:\n    - [{ wait: 1s }]\n    - [{ request: { method: GET, path: /x }, expect: { http: 1 } }]',
    )

    expect(outcome.kind).toBe('failed')
  })
})

describe('templates', () => {
  it('name what earlier steps left behind', async () => {
    const steps = `${close}
  as: one
- await: SUCCEEDED
- request: { method: GET, path: "/downlink/commands/\${one.command_id}" }
  expect: { body: { device_id: "\${device.drone-001.id}", command_id: "\${one.body.command_id}" } }
- expect-mqtt: { device: drone-001, topic: services, payload: { tid: "\${one.tid}" }, count: 1 }`

    expect(await runSteps(steps)).toEqual({ kind: 'passed' })
  })

  it('of a script name the request', async () => {
    const on = '{ drone_close: { reply: { result: 0, message: "for ${request.method} ${request.call}" } } }'
    const steps = `${close}\n- await: SUCCEEDED\n- send: { device_id: drone-001, command_type: drone_close }\n- await: SUCCEEDED\n  expect: { response_message: for drone_close 2 }`

    expect(await runSteps(steps, on)).toEqual({ kind: 'passed' })
  })

  it('count rounds', async () => {
    const steps =
      '- repeat:\n    times: 2\n    each: [drone-001]\n    steps:\n      - send: { device_id: "${each}", command_type: drone_close, idempotency_key: "key-${index}" }\n      - await: SUCCEEDED\n- expect-mqtt: { device: drone-001, topic: services, distinct: tid, count: 2 }'

    expect(await runSteps(steps)).toEqual({ kind: 'passed' })
  })
})
