import { describe, expect, it } from 'vitest'
import {
  createCollector,
  createLook,
  failureLines,
  failureSources,
  type TestRecord,
} from '../../src/report/index.ts'
import type { Outcome, RunEvent } from '../../src/scenario/index.ts'
import {
  aCall,
  aContext,
  aFailingStory,
  aFinding,
  aFrame,
  aRunStart,
  aSource,
  aStep,
  aTest,
  aTestRun,
  type Told,
} from '../support/run-events.ts'

const differs: Outcome = {
  kind: 'failed',
  failures: [
    {
      kind: 'differs',
      what: 'the command closing is not as expected',
      differences: [
        {
          path: 'body.response_code',
          expected: 'DOCK_BUSY',
          actual: '314000',
          reason: 'the string "314000", expected the string "DOCK_BUSY"',
        },
      ],
      seq: 6,
    },
  ],
  nearest: [],
}

const timedOut: Outcome = {
  kind: 'timedOut',
  expectation: { what: 'command closing to reach SUCCEEDED', withinMs: 30_000 },
  nearest: [
    {
      what: 'services_reply of drone-001',
      why: 'its tid "t-2" belongs to no command, closing has "t-1"',
      seq: 4,
    },
    { what: 'status DELIVERED of closing', why: 'it is not SUCCEEDED' },
  ],
}

const poll = (seq: number, at: number): Told => ({
  kind: 'httpExchanged',
  at,
  http: aCall({ seq, response: '{"status":"DELIVERED"}' }),
})

const aLongWait: readonly Told[] = [
  ...aFailingStory(timedOut).slice(0, 6),
  { kind: 'frameHeard', at: 212, frame: aFrame({ seq: 4, payload: '{"tid":"t-2","data":{"result":0}}' }) },
  { kind: 'statusSeen', at: 250, command: 'closing', status: 'DELIVERED' },
  ...Array.from({ length: 59 }, (_, index) => poll(10 + index, 500 * (index + 1))),
  { kind: 'timerFired', at: 30_000, name: 'deadline of closing' },
  ...Array.from({ length: 40 }, (_, index): Told => {
    const osd = {
      seq: 100 + index,
      topic: 'thing/product/7CTDM3D001/osd',
      payload: `{"data":{"height":${index}}}`,
      qos: 0,
    }
    return { kind: 'frameHeard', at: 30_000 + index, frame: aFrame(osd) }
  }),
  { kind: 'stepFinished', at: 30_000, step: aStep(), outcome: timedOut },
]

const manyDifferences: Outcome = {
  kind: 'failed',
  failures: [
    {
      kind: 'differs',
      what: 'the answer of POST /downlink/commands is not as expected',
      differences: [
        { path: 'http', expected: 202, actual: 400, reason: 'the number 400, expected the number 202' },
        {
          path: 'body.vendor_response',
          expected: { result: 0, output: { status: 'ok', percent: 100 } },
          actual: { result: 0, output: { status: 'failed', percent: 100 }, extra: true },
          reason: 'the string "failed", expected the string "ok"',
        },
        {
          path: 'body.message',
          expected:
            'payload: /flight_id must be a string of the form 8-4-4-4-12, and it is required for this method',
          actual:
            'payload: /flight_id must be a string of the form 8-4-4-4-13, and it is required for this method',
          reason: 'another string',
        },
        {
          path: 'body.request_id',
          expected: { $any: true },
          actual: undefined,
          reason: 'there is no such key',
        },
        {
          path: 'headers.content-type',
          expected: 'application/json',
          actual: 'text/html',
          reason: 'another string',
        },
      ],
      seq: 1,
    },
    {
      kind: 'differs',
      what: 'the second thing',
      differences: [{ path: 'headers', expected: [1, 2], actual: [1], reason: '1 item, expected 2' }],
    },
    { kind: 'finding', finding: aFinding({ rule: 'error-envelope', level: 'should' }) },
  ],
  nearest: [],
}

const broken: Outcome = {
  kind: 'broken',
  error: {
    code: 'GATEWAY_UNREACHABLE',
    message:
      'Cannot reach the gateway: "http://127.0.0.1:8090" refuses connections.\nStart it, or name another one with --gateway.',
    position: { file: 'dockrig.yaml', line: 3, column: 1 },
  },
}

const cases: readonly (readonly [string, readonly RunEvent[]])[] = [
  ['a-difference', aTestRun(aTest(), differs, aFailingStory(differs))],
  ['a-long-wait', aTestRun(aTest({ example: 'silent dock', line: 15 }), timedOut, aLongWait)],
  [
    'a-finding',
    aTestRun(aTest({ proves: ['reply-nonzero-fails'] }), aFindingOutcome(), [
      ...aFailingStory({ kind: 'passed' }),
      { kind: 'findingRaised', at: 250, finding: aFinding() },
    ]),
  ],
  [
    'many-differences',
    aTestRun(aTest({ proves: ['a', 'b', 'c', 'd', 'e'] }), manyDifferences, aFailingStory(manyDifferences)),
  ],
  ['a-broken-test', aTestRun(aTest(), broken)],
]

function aFindingOutcome(): Outcome {
  return { kind: 'failed', failures: [{ kind: 'finding', finding: aFinding() }], nearest: [] }
}

const files = new Map([
  [aTest().file, aSource],
  ['dockrig.yaml', 'target:\n  name: ours\n  gateway: http://127.0.0.1:8090\n'],
])

function recordOf(events: readonly RunEvent[]): TestRecord {
  const collector = createCollector([])
  collector.on(aRunStart(), { wallMs: 0 })
  const records = events.flatMap((event, index) => collector.on(event, { wallMs: index }) ?? [])
  const [record] = records
  if (record === undefined) throw new Error('the stream ends no test')
  return record
}

function textOf(events: readonly RunEvent[], look: Partial<Parameters<typeof createLook>[0]> = {}): string {
  const sources = failureSources(aContext({ readSource: (file) => files.get(file) }), 1)
  const lines = failureLines(
    recordOf(events),
    sources,
    createLook({ color: false, unicode: true, width: 100, ...look }),
  )
  return `${lines.join('\n')}\n`
}

describe('failure', () => {
  it.each(cases)('shows %s as agreed', async (name, events) => {
    await expect(textOf(events)).toMatchFileSnapshot(`../golden/report/failure-${name}.txt`)
  })

  it.each(cases)('shows %s in one screen of 48 lines, none wider than the terminal', (_, events) => {
    const lines = textOf(events, { width: 80 }).split('\n')

    expect(lines.length).toBeLessThanOrEqual(48)
    expect(lines.filter((line) => line.length > 80 && !line.startsWith('  again: '))).toEqual([])
  })

  it('shows a long wait in ASCII where nothing else can be shown', async () => {
    const [, [, events] = ['', []]] = cases

    const text = textOf(events, { unicode: false, width: 60 })

    await expect(text).toMatchFileSnapshot('../golden/report/failure-in-ascii.txt')
    // eslint-disable-next-line no-control-regex -- the range of ASCII
    expect(text).toMatch(/^[\u0000-\u007f]*$/)
  })

  it('shows the flags of a message that are out of the ordinary', () => {
    const frame = aFrame({ seq: 6, qos: 0, retain: true, refused: 'not its own topic' })

    const text = textOf(aTestRun(aTest(), differs, [{ kind: 'frameHeard', at: 1, frame }]))

    expect(text.replace(/\s+/g, ' ')).toContain(
      'services_reply [QoS 0, retained, refused: not its own topic] {',
    )
  })

  it('lets no control character of a payload through to the terminal', () => {
    const nasty = aFrame({ payload: '\u001b[2J\u001b]0;owned\u0007 \u202egpj.exe\r\n::error::injected' })
    const events = aTestRun(aTest(), differs, [{ kind: 'frameHeard', at: 1, frame: nasty }])

    const text = textOf(events)

    // eslint-disable-next-line no-control-regex -- exactly these must be gone
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|^\s*::/m)
    expect(text).toContain('\\x1b[2J')
  })
})
