import type { Observation } from '../../../contracts/index.ts'
import type { ExchangeParts } from '../../support/observations.ts'
import { aCreate, aDock, aService, time, uuid } from '../../support/observations.ts'
import { again, refused } from './create.ts'
import type { Edges } from './row.ts'
import { at, quick, succeeded, up } from './row.ts'

const create = (parts: ExchangeParts): readonly Observation[] => [up, aCreate(at(1, 1), 1, parts)]
const tooLong = { timeout_seconds: 301 }
const odd = { idempotency_key: 'ké' }

/** Keys that are used again. */
export const replayEdges: Edges = {
  innocents: [
    [
      'a repetition that is invalid',
      [...succeeded, again(7, { request: tooLong, ...refused('VALIDATION_FAILED') })],
    ],
    [
      'a repetition for an unknown device',
      [...succeeded, again(7, { request: { device_id: 'nowhere' }, ...refused('DEVICE_NOT_FOUND', 404) })],
    ],
    [
      'a repetition while the dock is away',
      [...succeeded, aDock(at(7, 8), 'down'), again(8, refused('DEVICE_OFFLINE', 409))],
      quick,
    ],
    [
      'a key that a refused request had used',
      [
        ...create({ request: { timeout_seconds: 9 }, ...refused('RATE_LIMITED', 429) }),
        aCreate(at(3, 2)),
        aService(at(5, 2)),
        again(7, refused('IDEMPOTENCY_CONFLICT', 409)),
      ],
    ],
    [
      'another request under an unusual key',
      [
        ...create({ request: odd }),
        aService(at(3, 1)),
        again(7, { request: { ...odd, timeout_seconds: 9 }, ...refused('VALIDATION_FAILED') }),
      ],
    ],
    [
      'a conflict that has been forgotten',
      [
        ...succeeded,
        aCreate(at(7, 700_000), 1, { request: { timeout_seconds: 9 }, body: { command_id: uuid(2) } }),
        aService(at(9, 700_000), 2),
      ],
    ],
    [
      'a repetition a second later, as it says',
      [...succeeded, again(7, { body: { accepted_at: time(1_001) } })],
    ],
    ['a repetition that is refused for its speed', [...succeeded, again(7, refused('RATE_LIMITED', 429))]],
    [
      'an invalid request under the key of another API ID',
      [
        ...succeeded,
        aCreate(at(7, 10), 1, { api_id: 'api-2', request: tooLong, ...refused('VALIDATION_FAILED') }),
      ],
    ],
    [
      'a quick request under the key of another API ID',
      [...succeeded, aCreate(at(7, 10), 1, { api_id: 'api-2', ...refused('RATE_LIMITED', 429) })],
    ],
    [
      'a key of another API ID that was refused',
      [
        ...create({ signing: { kind: 'tampered', what: 'key' }, ...refused('SIGNATURE_INVALID', 401) }),
        aCreate(at(3, 2), 1, { api_id: 'api-2', ...refused('IDEMPOTENCY_CONFLICT', 409) }),
      ],
    ],
    [
      'a repetition under the key of another API ID',
      [
        ...succeeded,
        aCreate(at(7, 10), 1, { api_id: 'api-2', body: { command_id: uuid(2) } }),
        aService(at(9, 10), 2),
        aCreate(at(11, 20), 1, {
          api_id: 'api-2',
          status: 200,
          body: { command_id: uuid(2), accepted_at: time(10) },
        }),
      ],
    ],
  ],
  guilty: [],
}
