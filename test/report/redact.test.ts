import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createSecrets,
  openReporters,
  redactEvents,
  reporters,
  type ReporterName,
} from '../../src/report/index.ts'
import { bodyLimit } from '../../src/report/redact.ts'
import type { Outcome, RunEvent } from '../../src/scenario/index.ts'
import {
  aCall,
  aContext,
  aFailingStory,
  aFinding,
  aFrame,
  aRunEnd,
  aRunStart,
  aStep,
  aTest,
  aTestRun,
  passed,
  play,
} from '../support/run-events.ts'

const canary = 'CANARY"\\ключ/7f+3&x'

const encodings: readonly (readonly [string, (secret: string) => string])[] = [
  ['as it is', (secret) => secret],
  ['URL-encoded', encodeURIComponent],
  [
    'URL-encoded in lower case',
    (secret) => encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
  ],
  ['form-encoded', (secret) => new URLSearchParams({ a: secret }).toString().slice(2)],
  ['JSON-escaped', (secret) => JSON.stringify(secret).slice(1, -1)],
  ['JSON-escaped twice', (secret) => JSON.stringify(JSON.stringify(secret)).slice(1, -1)],
  ['in base64', (secret) => Buffer.from(secret).toString('base64')],
  ['in base64 after a user name', (secret) => Buffer.from(`u:${secret}`).toString('base64')],
  ['in base64 within a text', (secret) => Buffer.from(`user:${secret}!`).toString('base64')],
  ['in base64url', (secret) => Buffer.from(secret).toString('base64url')],
  ['in hexadecimal', (secret) => Buffer.from(secret).toString('hex').toUpperCase()],
]

const everyForm = encodings.map(([, encode]) => encode(canary)).join(' | ')

const leaky: Outcome = {
  kind: 'failed',
  failures: [
    {
      kind: 'differs',
      what: `what ${everyForm}`,
      differences: [
        {
          path: `body.${canary}`,
          expected: { deep: [everyForm] },
          actual: everyForm,
          reason: `reason ${everyForm}`,
        },
      ],
      seq: 4,
    },
    { kind: 'finding', finding: aFinding({ seen: everyForm, due: everyForm }) },
  ],
  nearest: [{ what: everyForm, why: everyForm, seq: 6 }],
}

const leakyTest = aTest({ scenario: `scenario ${everyForm}`, example: `row ${canary}`, tags: [canary] })
const flakyTest = aTest({ scenario: 'flaky', file: 'scenarios/flaky.yaml' })
const leakyStep = aStep({ summary: `await ${everyForm}` })

const leakyRun: readonly RunEvent[] = [
  aRunStart({ tests: 5, target: `http://user:${canary}@host` }),
  ...aTestRun(leakyTest, leaky, [
    ...aFailingStory(leaky, leakyStep),
    {
      kind: 'frameHeard',
      at: 9,
      frame: aFrame({ payload: everyForm, refused: everyForm, from: canary, topic: canary }),
    },
    {
      kind: 'httpExchanged',
      at: 9,
      http: aCall({ request: everyForm, response: everyForm, path: `/${everyForm}` }),
    },
    { kind: 'statusSeen', at: 9, command: canary, status: canary },
    { kind: 'timerFired', at: 9, name: canary },
    { kind: 'findingRaised', at: 9, finding: aFinding({ seen: everyForm }) },
  ]),
  ...aTestRun(aTest({ file: 'scenarios/skipped.yaml' }), { kind: 'skipped', because: everyForm }),
  ...aTestRun(aTest({ file: 'scenarios/broken.yaml' }), {
    kind: 'broken',
    error: { code: 'X', message: everyForm },
  }),
  ...aTestRun(aTest({ file: 'scenarios/waits.yaml' }), {
    kind: 'timedOut',
    expectation: { what: everyForm, withinMs: 1 },
    nearest: [],
  }),
  { kind: 'testStarted', test: flakyTest },
  { kind: 'stepFinished', test: flakyTest.id, at: 0, step: leakyStep, outcome: leaky },
  ...aTestRun(flakyTest, passed, [], { flaky: true }),
  aRunEnd({ passed: 1, failed: 2, broken: 1, skipped: 1, flaky: 1 }),
]

describe('redaction', () => {
  it.each(Object.keys(reporters) as ReporterName[])('lets no canary through %s', async (name) => {
    const context = aContext({
      plan: [leakyTest.id],
      isTTY: true,
      readSource: () => `steps:\n${`  - send: ${everyForm}\n`.repeat(30)}`,
      env: { GITHUB_STEP_SUMMARY: 'summary.md' },
    })

    await play(await openReporters([{ kind: 'ours', name }], context, createSecrets([canary])), leakyRun)

    const all = [context.text(), ...context.files.values()].join('\n')
    // a badge says nothing in words that are not ours
    expect(/\[redacted\]|&#91;redacted&#93;/.test(all)).toBe(!name.startsWith('badge'))
    expect(all).not.toMatch(/canary/i)
    expect(
      encodings.filter(([, encode]) => all.toLowerCase().includes(encode(canary).toLowerCase())),
    ).toEqual([])
  })

  it.each(encodings)('finds a secret %s', (_, encode) => {
    const text = createSecrets([canary]).redact(`before ${encode(canary)} after`)

    expect(text).toContain('[redacted]')
    expect(text).not.toContain(encode(canary))
  })

  it('finds any secret in any of its forms', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 4, unit: 'grapheme' }),
        fc.constantFrom(...encodings),
        (secret, [, encode]) => {
          const hidden = createSecrets([secret]).redact(encode(secret))
          expect(hidden).toContain('[redacted]')
        },
      ),
    )
  })

  it.each([
    ['{"password":"hunter2","a":1}', '{"password":"[redacted]","a":1}'],
    [
      '{\\"mqtt_password\\": \\"hun ter\\", \\"a\\": 1}',
      '{\\"mqtt_password\\": \\"[redacted]\\", \\"a\\": 1}',
    ],
    ['{"X-Api-Signature":"abc\\"def"}', '{"X-Api-Signature":"[redacted]"}'],
    ['GET /x?api_key=abc&b=1', 'GET /x?api_key=[redacted]&b=1'],
    ['headers:\n  X-Api-Signature: abcdef\n  b: 1', 'headers:\n  X-Api-Signature: [redacted]\n  b: 1'],
    ['a wrong signature: 401 SIGNATURE_INVALID', 'a wrong signature: 401 SIGNATURE_INVALID'],
    ['    signature: { $format: hex64 }', '    signature: { $format: hex64 }'],
    ['{"command_id":"abc"}', '{"command_id":"abc"}'],
  ])('hides what stands under a telling name: %s', (text, expected) => {
    expect(createSecrets().redact(text)).toBe(expected)
  })

  it('hides values that are added while the run goes on', () => {
    const secrets = createSecrets()

    secrets.add('captured-value')

    expect(secrets.redact('a captured-value here')).toBe('a [redacted] here')
  })

  it('finds a very short secret only where it stands alone', () => {
    const secrets = createSecrets(['a1'])

    expect(secrets.redact('a1 "a1" xa1 a1b a1-b')).toBe('[redacted] "[redacted]" xa1 a1b a1-b')
  })

  it('hides expected and actual of a header that carries a signature, and numbers that were captured', async () => {
    const outcome: Outcome = {
      kind: 'failed',
      failures: [
        {
          kind: 'differs',
          what: 'headers',
          differences: [
            { path: 'headers.x-api-signature', expected: 'aaaa', actual: 'bbbb', reason: 'other' },
            { path: 'body', expected: { pin: 12345, password: 'p' }, actual: { pin: 1 }, reason: 'other' },
          ],
        },
      ],
      nearest: [],
    }
    const seen: RunEvent[] = []
    const reporter = redactEvents(
      { on: (event) => void seen.push(event), close: async () => undefined },
      createSecrets(['12345']),
    )

    await play(reporter, aTestRun(aTest(), outcome))

    const text = JSON.stringify(seen.at(-1))
    expect(text).toContain('"expected":{"pin":"[redacted]","password":"[redacted]"},"actual":{"pin":1}')
    expect(text).not.toMatch(/aaaa|bbbb|12345/)
  })

  it('cuts a long body and says how long it was, and leaves no half of a secret', async () => {
    const seen: RunEvent[] = []
    const body = `${'x'.repeat(bodyLimit - 5)}${canary}${'y'.repeat(5000)}`
    const reporter = redactEvents(
      { on: (event) => void seen.push(event), close: async () => undefined },
      createSecrets([canary]),
    )

    await play(
      reporter,
      aTestRun(aTest(), passed, [{ kind: 'frameHeard', at: 0, frame: aFrame({ payload: body }) }]),
    )

    const text = JSON.stringify(seen[1])
    expect(text).toMatch(/x\[reda\.\.\. \(9\d{3} characters in all\)/)
    expect(text).not.toContain('CAN')
  })

  it.each(['A', '\\', '\n', '"', 'password', 'a-'])('copes with a million characters of %j', (part) => {
    const text = part.repeat(1_000_000 / part.length)

    expect(createSecrets([canary]).redact(text)).toBe(text)
  })

  it('leaves an event without secrets as it was', async () => {
    const seen: RunEvent[] = []
    const reporter = redactEvents(
      { on: (event) => void seen.push(event), close: async () => undefined },
      createSecrets(['no such thing']),
    )
    const events = [aRunStart(), ...aTestRun(aTest(), passed, aFailingStory(passed)), aRunEnd()]

    await play(reporter, events)

    expect(seen).toEqual(events)
  })
})
