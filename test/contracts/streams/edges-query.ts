import { aRead, decided, refusal, time, uuid } from '../../support/observations.ts'
import type { JsonObject } from '../../../contracts/index.ts'
import { silent, timedOut } from './lifecycle.ts'
import type { Edges, Guilty } from './row.ts'
import { at, closing, quick, sent, succeeded, up } from './row.ts'

function shown(name: string, body: JsonObject, ...finds: readonly string[]): Guilty {
  return [name, [...sent, aRead(at(5, 1), 1, body)], finds]
}

const unknown = (name: string): string => `/api/v1/open/downlink/commands/${name}`

/** Reads, and what is told by when. */
export const queryEdges: Edges = {
  innocents: [
    [
      'an id that is longer than ids are',
      [up, aRead(at(1, 1), 7, {}, { path: unknown(`${uuid(7)}0`), status: 404, body: refusal('ANY') })],
    ],
    [
      'an id with a prefix',
      [up, aRead(at(1, 1), 7, {}, { path: unknown(`c-${uuid(7)}`), status: 404, body: refusal('ANY') })],
    ],
    [
      'an unknown id that is asked for too fast',
      [up, aRead(at(1, 1), 7, {}, { status: 429, body: refusal('RATE_LIMITED') })],
    ],
    ['a command from before anybody listened', [up, aRead(at(1, 1), 7)]],
    ['times that are not known as null', [...sent, aRead(at(5, 1), 1, { completed_at: null })]],
    [
      'a read that is too fast',
      [...sent, aRead(at(5, 1), 1, {}, { status: 429, body: refusal('RATE_LIMITED') })],
    ],
    [
      'the command of another API ID, asked for too fast',
      [...succeeded, aRead(at(7, 9), 1, {}, { api_id: 'api-2', status: 429, body: refusal('RATE_LIMITED') })],
    ],
  ],
  guilty: [
    shown('showing another vendor', { vendor: 'px4' }, 'query-shows-command'),
    shown('showing another method', { command_type: 'drone_open' }, 'query-shows-command'),
    shown('showing another command', { command_id: uuid(2) }, 'query-shows-command'),
    shown('showing no status', { status: undefined }, 'query-shows-command'),
    shown('showing a number as status', { status: 5 }, 'query-shows-command'),
    [
      'showing a command with another status of HTTP',
      [
        ...sent,
        aRead(
          at(5, 1),
          1,
          {},
          {
            status: 203,
            body: {
              command_id: uuid(1),
              status: 'ACCEPTED',
              vendor: 'dji',
              device_id: 'drone-001',
              command_type: 'drone_close',
            },
          },
        ),
      ],
      ['query-shows-command'],
    ],
    [
      'refusing a read of an unknown id for its signature',
      [up, aRead(at(1, 1), 7, {}, { status: 401, body: refusal('SIGNATURE_INVALID') })],
      ['sign-accepts'],
    ],
    [
      'showing another command for an unknown id',
      [up, aRead(at(1, 1), 7, { command_id: uuid(8) })],
      ['query-unknown-id'],
    ],
    [
      'showing nonsense for an unknown id',
      [up, aRead(at(1, 1), 7, { status: 'DONE' })],
      ['query-unknown-id'],
    ],
    [
      'showing a command for an unknown id with another status of HTTP',
      [up, aRead(at(1, 1), 7, {}, { status: 203, body: { command_id: uuid(7), status: 'ACCEPTED' } })],
      ['query-unknown-id'],
    ],
    [
      'calling an unknown id gone',
      [up, aRead(at(1, 1), 7, {}, { status: 410, body: refusal('COMMAND_NOT_FOUND') })],
      ['query-unknown-id'],
    ],
    shown(
      'not telling when it was delivered',
      { status: 'DELIVERED', delivered_at: undefined },
      'query-timestamps',
    ),
    [
      'not telling when it succeeded',
      closing({ result: 0 }, { ...decided(0), completed_at: undefined }),
      ['query-timestamps'],
    ],
    [
      'not telling when the response came',
      closing({ result: 0 }, { ...decided(0), response_received_at: undefined }),
      ['query-timestamps'],
    ],
    [
      'not telling why it failed',
      closing({ result: 1 }, { ...decided(1), failure_reason: undefined }),
      ['query-timestamps'],
    ],
    [
      'not telling what failed',
      closing({ result: 1 }, { ...decided(1), failure_code: undefined }),
      ['query-timestamps'],
    ],
    [
      'not telling when it failed',
      closing({ result: 1 }, { ...decided(1), completed_at: undefined, response_received_at: undefined }),
      ['query-timestamps'],
    ],
    [
      'not telling when it timed out',
      silent(5, 30_005, { ...timedOut, completed_at: undefined }),
      ['query-timestamps'],
    ],
    shown('telling a time without a zone', { updated_at: '2026-01-01T00:00:00' }, 'query-timestamps'),
    shown('telling a time that is not due in another way', { delivered_at: 5 }, 'query-timestamps'),
    shown('not telling two times', { updated_at: undefined, accepted_at: undefined }, 'query-timestamps'),
    [
      'hiding its own command in another way',
      [
        ...sent,
        aRead(at(5, 1), 1, {}, { status: 403, body: refusal('ANY') }),
        aRead(at(7, 2), 1, {}, { status: 410, body: refusal('ANY') }),
      ],
      ['error-forbidden', 'query-shows-command'],
    ],
    [
      'showing a command to another API ID in another way',
      [...succeeded, aRead(at(7, 9), 1, {}, { api_id: 'api-2', status: 410, body: refusal('ANY') })],
      ['query-own-commands'],
    ],
    [
      'changing a failure',
      [...closing({ result: 1 }, decided(1)), aRead(at(7, 4), 1, decided(1, { failure_reason: 'Another.' }))],
      ['lifecycle-timed-out-final'],
    ],
    [
      'taking a failure back',
      [
        ...closing({ result: 1 }, decided(1)),
        aRead(at(7, 4), 1, { status: 'TIMED_OUT', completed_at: time(2) }),
      ],
      ['lifecycle-deadline', 'lifecycle-deadline-from-acceptance', 'lifecycle-final', 'reply-nonzero-fails'],
      quick,
    ],
  ],
}
