import type { Observation } from '../../../contracts/index.ts'
import type { ExchangeParts } from '../../support/observations.ts'
import { aBroker, aCreate, aRead, aService, refusal, time, uuid } from '../../support/observations.ts'
import { refused } from './create.ts'
import { silent, timedOut } from './lifecycle.ts'
import type { Edges } from './row.ts'
import { at, quick, succeeded, up } from './row.ts'

const create = (parts: ExchangeParts): readonly Observation[] => [up, aCreate(at(1, 1), 1, parts)]
const answered = (body: object): readonly Observation[] => [
  up,
  aCreate(at(1, 1), 1, { body: { ...body } }),
  aService(at(3, 1)),
]
const padded = (length: number): string =>
  JSON.stringify({
    vendor: 'dji',
    device_id: 'drone-001',
    command_type: 'drone_close',
    idempotency_key: 'key-1',
    payload: {},
  }).padEnd(length)
const lost = aCreate(at(7, 10), 2, {
  request: { command_type: 'drone_open' },
  unanswered: 'timeout',
  done: at(9, 20),
})
const busy = refused('DEVICE_BUSY', 409)
const foreignTwo = { profile: { ...quick.profile, methods: 'all' }, level: 'should' } as const
const tooLong = { timeout_seconds: 301 }
const odd = { idempotency_key: 'ké' }

/** What is created, and what is refused. */
export const createEdges: Edges = {
  innocents: [
    [
      'a request without a content type',
      [up, aCreate(at(1, 1), 1, { headers: { 'content-type': undefined } }), ...succeeded.slice(2)],
    ],
    [
      'a content type that only ends in JSON',
      create({ headers: { 'content-type': 'x/application/json' }, ...refused('VALIDATION_FAILED') }),
    ],
    [
      'an error while the broker is down',
      [up, aBroker(at(0, 0), 'down'), aCreate(at(1, 1), 1, refused('INTERNAL_ERROR', 500))],
    ],
    [
      'a dock that is busy with a lost command',
      [up, aCreate(at(1, 1), 1, { unanswered: 'timeout' }), aService(at(3, 1)), aCreate(at(4, 2), 2, busy)],
      quick,
    ],
    [
      'a dock that is busy with a lost command of another method',
      [...succeeded, lost, aCreate(at(10, 30), 3, busy)],
      foreignTwo,
    ],
    [
      'three commands that wait for each other',
      [
        ...succeeded,
        aCreate(at(7, 10), 2),
        aService(at(9, 10), 2),
        aCreate(at(10, 11), 3),
        aRead(at(12, 31_000), 2, timedOut),
        aRead(at(14, 41_500), 3, timedOut),
      ],
      quick,
    ],
    [
      'a request id that cannot be repeated',
      [...create({ headers: { 'x-request-id': '!mine' } }), aService(at(3, 1))],
    ],
    [
      'a request id that ends oddly',
      [...create({ headers: { 'x-request-id': 'mine!' } }), aService(at(3, 1))],
    ],
    [
      'two faults of which the weaker is named',
      create({ request: { command_type: '', ...tooLong }, ...refused('ANY') }),
    ],
    [
      'a fault beside an unusual key',
      create({ request: { ...odd, ...tooLong }, status: 404, body: refusal('ANY') }),
    ],
    [
      'several unknown arguments of which the first is named',
      create({
        request: { payload: { force: 1, x: 2 } },
        status: 400,
        body: { ...refusal('VALIDATION_FAILED'), message: '/force is unknown' },
      }),
    ],
    ['a time out that is read twice', [...silent(5, 30_005), aRead(at(7, 30_006), 1, timedOut)]],
  ],
  guilty: [
    [
      'refusing a request that is repeated later',
      [...create(refused('VALIDATION_FAILED')), aCreate(at(5, 10)), aService(at(7, 10))],
      ['create-accepts'],
    ],
    ['finding a small body too large', create(refused('PAYLOAD_TOO_LARGE', 413)), ['create-accepts']],
    [
      'finding a body of 4,096 characters too large',
      create({ requestText: padded(4_096), ...refused('PAYLOAD_TOO_LARGE', 413) }),
      ['create-accepts'],
    ],
    [
      'refusing a large body for something else',
      create({ requestText: padded(5_000), ...refused('VALIDATION_FAILED') }),
      ['create-accepts'],
    ],
    ['telling its times in a list', answered({ accepted_at: [time(1)] }), ['create-accepted-at-utc']],
    [
      'telling its times with words before them',
      answered({ accepted_at: `at ${time(1)}` }),
      ['create-accepted-at-utc'],
    ],
    [
      'telling its times with words after them',
      answered({ accepted_at: `${time(1)} or so` }),
      ['create-accepted-at-utc'],
    ],
    [
      'telling a month that does not exist',
      answered({ accepted_at: '2026-13-01T00:00:00Z' }),
      ['create-accepted-at-utc'],
    ],
    ['not telling when', answered({ accepted_at: undefined }), ['create-accepts']],
    [
      'giving a number as command_id',
      create({ body: { command_id: 5 } }),
      ['create-accepts', 'create-command-id-shape'],
    ],
    [
      'giving a list as command_id',
      create({ body: { command_id: [uuid(1)] } }),
      ['create-accepts', 'create-command-id-shape'],
    ],
    [
      'giving an empty command_id',
      answered({ command_id: '' }),
      ['create-accepts', 'create-command-id-shape'],
    ],
    ['giving a longer command_id', answered({ command_id: `${uuid(1)}0` }), ['create-command-id-shape']],
    [
      'giving a command_id with a prefix',
      answered({ command_id: `c-${uuid(1)}` }),
      ['create-command-id-shape'],
    ],
    ['giving an empty request_id', answered({ request_id: '' }), ['create-request-id']],
  ],
}
