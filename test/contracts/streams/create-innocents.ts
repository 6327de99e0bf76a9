import { foreignProfile, referenceProfile } from '../../../contracts/index.ts'
import { aCreate, aRead, aReply, aService, decided, time, uuid } from '../../support/observations.ts'
import { again, opening, refused, restarted, unlimited } from './create.ts'
import type { Innocent } from './row.ts'
import { at, closing, sent, succeeded, up } from './row.ts'

const foreign = { profile: { ...foreignProfile, slack_ms: 0 }, level: 'should' as const }

/** Cases in which a correct gateway must not be accused. */
export const createInnocents: readonly Innocent[] = [
  ['a 429 for a valid request', [up, aCreate(at(1, 1), 1, refused('RATE_LIMITED', 429))]],
  [
    'a create without an answer that was carried out',
    [up, aCreate(at(1, 1), 1, { unanswered: 'timeout', done: at(9, 5_000) }), aService(at(10, 5_001))],
  ],
  [
    'a lost answer, and the same request again',
    [
      up,
      aCreate(at(1, 1), 1, { unanswered: 'timeout', done: at(9, 5_000) }),
      aService(at(10, 5_000)),
      aCreate(at(11, 6_000), 1, { status: 202, body: { accepted_at: time(1) } }),
      aReply(at(13, 6_001)),
      aRead(at(14, 6_002), 1, decided(0)),
    ],
    foreign,
  ],
  [
    'a replay that is answered before the first request',
    [
      up,
      aCreate(at(2, 1), 1, { status: 200, done: at(3, 1) }),
      aCreate(at(1, 1), 1, { done: at(4, 1) }),
      aService(at(5, 1)),
    ],
  ],
  [
    'a conflict that is answered before the first request',
    [
      up,
      aCreate(at(2, 1), 1, {
        request: { timeout_seconds: 9 },
        ...refused('IDEMPOTENCY_CONFLICT', 409),
        done: at(3, 1),
      }),
      aCreate(at(1, 1), 1, { done: at(4, 1) }),
      aService(at(5, 1)),
    ],
  ],
  [
    'a second command that a gateway will not run beside the first',
    [...sent, aCreate(at(5, 2), 2, refused('DEVICE_BUSY', 409))],
    foreign,
  ],
  [
    'an unknown field that a gateway ignores',
    [up, aCreate(at(1, 1), 1, { request: { x: 1 } }), aService(at(3, 1))],
    foreign,
  ],
  ['a method that the target does not offer', [up, opening(refused('UNSUPPORTED_COMMAND'))], foreign],
  [
    'a replay after a restart without a durable store',
    [
      ...restarted(),
      aCreate(at(12, 9_000), 1, { body: { command_id: uuid(2) } }),
      aService(at(14, 9_000), 2),
    ],
    foreign,
  ],
  [
    'a refused request whose key is used again',
    [
      up,
      aCreate(at(1, 1), 1, { request: { timeout_seconds: 900 }, ...refused('VALIDATION_FAILED') }),
      aCreate(at(3, 2)),
      aService(at(5, 2)),
    ],
  ],
  [
    'a replay of a request with the default timeout spelt out',
    [
      ...succeeded.slice(0, 1),
      unlimited(),
      ...succeeded.slice(2),
      again(7, refused('IDEMPOTENCY_CONFLICT', 409)),
    ],
  ],
  [
    'an answer for a device that the judge does not know',
    [aCreate(at(1, 1), 1, { request: { device_id: 'drone-777' } })],
    foreign,
  ],
  [
    'a reply that is mapped with other names beside',
    closing({ result: 1 }, { ...decided(1), extra: true }),
    { profile: referenceProfile },
  ],
]
