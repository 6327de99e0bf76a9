import type { JsonObject, Observation } from '../../../contracts/index.ts'
import type { ExchangeParts } from '../../support/observations.ts'
import {
  aCreate,
  aDock,
  aGateway,
  aRead,
  aReply,
  aService,
  decided,
  refusal,
  time,
  uuid,
} from '../../support/observations.ts'
import type { Row } from './row.ts'
import { at, succeeded, up } from './row.ts'

export const refused = (code: string, status = 400): ExchangeParts => ({ status, body: refusal(code) })

/** An accepted answer with something changed in it. */
function answer(rule: string, body: JsonObject, more: Partial<Row> = {}): Row {
  return {
    rule,
    accepts: succeeded,
    refuses: [up, aCreate(at(1, 1), 1, { body }), ...succeeded.slice(2)],
    ...more,
  }
}

export const again = (seq: number, parts: ExchangeParts = {}): Observation =>
  aCreate(at(seq, 10), 1, { status: 200, body: { accepted_at: time(1) }, ...parts })

const surplus = aService(at(20, 10), 9)

export const createRows: readonly Row[] = [
  {
    rule: 'create-accepts',
    accepts: succeeded,
    refuses: [up, aCreate(at(1, 1), 1, refused('VALIDATION_FAILED'))],
  },
  answer('create-accepts', { status: 'DELIVERED' }, { case: 'another status' }),
  answer('create-accepted-at-utc', { accepted_at: '2026-01-01T01:00:00.001+01:00' }),
  {
    rule: 'create-answers-202',
    accepts: succeeded,
    refuses: [up, aCreate(at(1, 1), 1, { status: 200 }), ...succeeded.slice(2)],
  },
  {
    rule: 'create-command-id-shape',
    accepts: succeeded,
    refuses: [up, aCreate(at(1, 1), 1, { body: { command_id: 'c-1' } }), aService(at(3, 1))],
  },
  {
    rule: 'create-command-id-unique',
    accepts: [...succeeded, aCreate(at(7, 10), 2), aService(at(9, 10), 2)],
    refuses: [...succeeded, aCreate(at(7, 10), 2, { body: { command_id: uuid(1) } })],
  },
  answer('create-request-id', { request_id: undefined }),
  {
    rule: 'create-replay-same-command',
    accepts: [...succeeded, again(7)],
    refuses: [...succeeded, again(7, { status: 202, body: { command_id: uuid(2) } }), aService(at(9, 10), 2)],
    finds: ['create-replay-same-command'],
  },
  {
    rule: 'create-replay-same-command',
    case: 'sends nothing more',
    accepts: [...succeeded, again(7)],
    refuses: [...succeeded, again(7), surplus],
  },
  {
    rule: 'create-replay-simultaneous',
    accepts: [
      up,
      aCreate(at(1, 1), 1, { done: at(4, 1) }),
      aCreate(at(2, 1), 1, { status: 200, done: at(5, 1) }),
      aService(at(6, 1)),
    ],
    refuses: [
      up,
      aCreate(at(1, 1), 1, { done: at(4, 1) }),
      aCreate(at(2, 1), 1, { done: at(5, 1), body: { command_id: uuid(2) } }),
      aService(at(6, 1)),
      aService(at(7, 1), 2),
    ],
  },
  {
    rule: 'create-replay-accepted',
    accepts: [...succeeded, again(7)],
    refuses: [...succeeded, again(7, { body: { accepted_at: time(5_000) } })],
  },
  {
    rule: 'create-replay-200',
    accepts: [...succeeded, again(7)],
    refuses: [...succeeded, again(7, { status: 202, body: { accepted_at: time(1) } })],
  },
  {
    rule: 'create-conflict',
    accepts: [
      ...succeeded,
      again(7, { request: { timeout_seconds: 60 }, ...refused('IDEMPOTENCY_CONFLICT', 409) }),
    ],
    refuses: [...succeeded, again(7, { request: { timeout_seconds: 60 } })],
  },
  {
    rule: 'create-conflict',
    case: 'nothing sent',
    accepts: [
      ...succeeded,
      again(7, { request: { timeout_seconds: 60 }, ...refused('IDEMPOTENCY_CONFLICT', 409) }),
    ],
    refuses: [
      ...succeeded,
      again(7, { request: { timeout_seconds: 60 }, ...refused('IDEMPOTENCY_CONFLICT', 409) }),
      surplus,
    ],
  },
  {
    rule: 'create-same-when-parsed',
    accepts: [...succeeded, again(7, { requestText: spaced() })],
    refuses: [...succeeded, again(7, { requestText: spaced(), ...refused('IDEMPOTENCY_CONFLICT', 409) })],
  },
  {
    rule: 'create-key-per-api-id',
    accepts: [
      ...succeeded,
      aCreate(at(7, 10), 1, { api_id: 'api-2', body: { command_id: uuid(2) } }),
      aService(at(9, 10), 2),
    ],
    refuses: [
      ...succeeded,
      aCreate(at(7, 10), 1, { api_id: 'api-2', ...refused('IDEMPOTENCY_CONFLICT', 409) }),
    ],
  },
  {
    rule: 'create-accepts-timeout-range',
    accepts: [
      up,
      aCreate(at(1, 1), 1, { request: { timeout_seconds: 1 } }),
      aService(at(3, 1)),
      aReply(at(4, 2)),
      aRead(at(5, 3), 1, decided(0)),
    ],
    refuses: [
      up,
      aCreate(at(1, 1), 1, { request: { timeout_seconds: 300 }, ...refused('VALIDATION_FAILED') }),
    ],
  },
  {
    rule: 'create-timeout-zero',
    accepts: [
      up,
      aCreate(at(1, 1), 1, { request: { timeout_seconds: 0 } }),
      aService(at(3, 1)),
      aRead(at(5, 3), 1, { status: 'TIMED_OUT' }),
    ],
    refuses: [up, aCreate(at(1, 1), 1, { request: { timeout_seconds: 0 }, ...refused('VALIDATION_FAILED') })],
  },
  {
    rule: 'create-timeout-zero',
    case: 'its reply is late',
    accepts: [
      up,
      aCreate(at(1, 1), 1, { request: { timeout_seconds: 0 } }),
      aService(at(3, 1)),
      aReply(at(4, 1)),
      aRead(at(5, 3), 1, { status: 'TIMED_OUT' }),
    ],
    refuses: [
      up,
      aCreate(at(1, 1), 1, { request: { timeout_seconds: 0 } }),
      aService(at(3, 1)),
      aReply(at(4, 1)),
      aRead(at(5, 3), 1, decided(0)),
    ],
  },
  {
    rule: 'create-default-timeout',
    accepts: [up, unlimited(), aService(at(3, 1)), aRead(at(5, 30_005), 1, { status: 'TIMED_OUT' })],
    refuses: [up, unlimited(), aService(at(3, 1)), aRead(at(5, 10_000), 1, { status: 'TIMED_OUT' })],
    finds: ['create-default-timeout', 'lifecycle-deadline-from-acceptance'],
  },
  {
    rule: 'restart-keeps',
    accepts: [...restarted(), aRead(at(12, 9_000), 1, decided(0))],
    refuses: [...restarted(), aRead(at(12, 9_000), 1, {}, { status: 404 })],
  },
  {
    rule: 'restart-keeps',
    case: 'keys too',
    accepts: [...restarted(), aCreate(at(12, 9_000), 1, { status: 200, body: { accepted_at: time(1) } })],
    refuses: [
      ...restarted(),
      aCreate(at(12, 9_000), 1, { body: { command_id: uuid(2) } }),
      aService(at(14, 9_000), 2),
    ],
  },
  {
    rule: 'method-reaches-dock',
    accepts: [up, opening(), aService(at(3, 1), 1, { envelope: { method: 'drone_open' } })],
    refuses: [up, opening()],
  },
  {
    rule: 'method-reaches-dock',
    case: 'accepted',
    accepts: [up, opening(), aService(at(3, 1), 1, { envelope: { method: 'drone_open' } })],
    refuses: [up, opening(refused('UNSUPPORTED_COMMAND'))],
  },
  {
    rule: 'offline-waits',
    case: 'refused',
    accepts: [aDock(at(0, 0), 'down'), aCreate(at(1, 1)), aRead(at(5, 10), 1)],
    refuses: [aDock(at(0, 0), 'down'), aCreate(at(1, 1), 1, refused('VALIDATION_FAILED', 409))],
  },
]

function spaced(): string {
  return JSON.stringify({
    timeout_seconds: 30,
    payload: {},
    vendor: 'dji',
    device_id: 'drone-001',
    command_type: 'drone_close',
    idempotency_key: 'key-1',
  })
}

export function unlimited(): Observation {
  return aCreate(at(1, 1), 1, { request: { timeout_seconds: undefined } })
}

export function opening(parts: ExchangeParts = {}): Observation {
  return aCreate(at(1, 1), 1, { ...parts, request: { command_type: 'drone_open' } })
}

export function restarted(): readonly Observation[] {
  return [...succeeded, aGateway(at(8, 100), 'stopped'), aGateway(at(9, 200), 'ready')]
}
