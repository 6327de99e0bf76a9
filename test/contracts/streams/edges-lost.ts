import type { Observation } from '../../../contracts/index.ts'
import { aCreate, aRead, aReply, aService, decided } from '../../support/observations.ts'
import { refused } from './create.ts'
import { timedOut } from './lifecycle.ts'
import type { Edges } from './row.ts'
import { at, quick, sent, succeeded, up } from './row.ts'

const lost = (seq: number, n: number, api_id = 'api-1'): Observation =>
  aCreate(at(seq, seq), n, { api_id, unanswered: 'timeout', done: at(seq + 1, seq) })
const busy = refused('DEVICE_BUSY', 409)
const nonce = (value: string): Record<string, string> => ({ 'x-api-nonce': value })
const tampered = { signing: { kind: 'tampered', what: 'key' } } as const
/** Creates that were lost or refused, and nonces and API IDs that were used. */
export const lostEdges: Edges = {
  innocents: [
    [
      'a lost create that was carried out, beside another command',
      [
        ...succeeded,
        aCreate(at(7, 10), 2, { unanswered: 'timeout', done: at(9, 20) }),
        aService(at(10, 21), 2),
      ],
    ],
    [
      'a dock that is busy with another lost command',
      [
        up,
        lost(1, 1),
        lost(3, 2),
        aService(at(5, 5)),
        aCreate(at(6, 9), 1),
        aReply(at(8, 10)),
        aRead(at(9, 11), 1, decided(0)),
        aCreate(at(11, 12), 3, busy),
      ],
      quick,
    ],
    [
      'a used nonce that may be forgotten by now',
      [...succeeded, aCreate(at(7, 150_001), 2, { headers: nonce('nonce-1') }), aService(at(9, 150_001), 2)],
    ],
    [
      'a used nonce that may be remembered still',
      [
        ...succeeded,
        aCreate(at(7, 200_000), 2, { headers: nonce('nonce-1'), ...refused('NONCE_REPLAYED', 401) }),
      ],
    ],
    [
      'a nonce that an invalid request has used',
      [
        ...succeeded,
        aCreate(at(7, 10), 2, { ...tampered, headers: nonce('n'), ...refused('SIGNATURE_INVALID', 401) }),
        aCreate(at(9, 11), 3, { headers: nonce('n'), requestText: '{', ...refused('INVALID_REQUEST_BODY') }),
        aCreate(at(11, 12), 4, { headers: nonce('n'), ...refused('NONCE_REPLAYED', 401) }),
      ],
    ],
    [
      'an API ID whose only request got no answer',
      [
        ...succeeded,
        lost(7, 2, 'api-9'),
        aCreate(at(9, 11), 3, { ...tampered, api_id: 'api-9', ...refused('UNAUTHORIZED', 401) }),
      ],
    ],
  ],
  guilty: [
    ['sending something before a lost create', [...sent, aService(at(4, 2), 9), lost(5, 2)], ['one-publish']],
    [
      'refusing a command after a lost one that was found again',
      [
        up,
        lost(1, 1),
        aService(at(3, 3)),
        aCreate(at(4, 9), 1),
        aReply(at(6, 10)),
        aRead(at(7, 11), 1, decided(0)),
        aCreate(at(9, 12), 3, busy),
      ],
      ['create-accepts'],
      quick,
    ],
    [
      'counting the time from the lost create of another API ID',
      [
        up,
        lost(1, 1, 'api-2'),
        aCreate(at(3, 5_000)),
        aService(at(5, 5_000)),
        aRead(at(6, 30_005), 1, timedOut),
      ],
      ['lifecycle-deadline', 'lifecycle-deadline-from-acceptance'],
    ],
    [
      'counting the time from a refused create',
      [
        up,
        aCreate(at(1, 1), 1, refused('RATE_LIMITED', 429)),
        aCreate(at(3, 5_000)),
        aService(at(5, 5_000)),
        aRead(at(6, 30_005), 1, timedOut),
      ],
      ['lifecycle-deadline', 'lifecycle-deadline-from-acceptance'],
    ],
    [
      'not knowing an API ID, twice',
      [
        up,
        aCreate(at(1, 1), 1, { api_id: 'api-9', ...refused('UNAUTHORIZED', 401) }),
        aCreate(at(3, 2), 2, { ...tampered, api_id: 'api-9', ...refused('UNAUTHORIZED', 401) }),
      ],
      ['sign-accepts'],
    ],
    [
      'refusing without a word, and with one',
      [up, aRead(at(1, 1), 7, {}, { status: 404, text: '' }), aRead(at(3, 2), 7, {}, { status: 404 })],
      ['error-envelope', 'query-unknown-id'],
    ],
  ],
}
