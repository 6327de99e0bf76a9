import type { Observation } from '../../../contracts/index.ts'
import type { ExchangeParts } from '../../support/observations.ts'
import { aBroker, aCreate, aService } from '../../support/observations.ts'
import { again, refused } from './create.ts'
import type { Edges } from './row.ts'
import { at, sent, slow, succeeded, tolerant, up } from './row.ts'

const conflict = { request: { timeout_seconds: 60 }, ...refused('IDEMPOTENCY_CONFLICT', 409) }
const tooLong = { timeout_seconds: 301 }
const surplus = (ms: number): Observation => aService(at(20, ms), 9)
const other = (parts: ExchangeParts): Observation => aCreate(at(7, 10), 2, parts)

/** Messages that no command explains. */
export const surplusEdges: Edges = {
  innocents: [
    ['a message from before anybody listened', [up, aService(at(3, 1))]],
    [
      'a second message of a repetition on a faulty broker',
      [aBroker(at(0, 0), 'faulty'), ...succeeded, again(7), surplus(10)],
    ],
  ],
  guilty: [
    [
      'sending again by itself, long after a repetition',
      [...succeeded, again(7), surplus(5_000)],
      ['one-publish'],
    ],
    [
      'sending again a second after a repetition',
      [...succeeded, again(7), surplus(1_010)],
      ['create-replay-same-command'],
    ],
    [
      'sending again within the tolerance',
      [...succeeded, again(7), surplus(1_200)],
      ['create-replay-same-command'],
      { ...tolerant, profile: { ...slow.profile, slack_ms: 0 } },
    ],
    [
      'sending again after a refused request for another dock',
      [
        ...succeeded,
        other({ request: { device_id: 'drone-002', ...tooLong }, ...refused('VALIDATION_FAILED') }),
        surplus(10),
      ],
      ['one-publish'],
    ],
    [
      'sending again after a refused request for another method',
      [
        ...succeeded,
        other({ request: { command_type: 'drone_open', ...tooLong }, ...refused('VALIDATION_FAILED') }),
        surplus(10),
      ],
      ['one-publish'],
    ],
    [
      'sending again after a body that is no JSON',
      [...succeeded, other({ requestText: '{', ...refused('INVALID_REQUEST_BODY') }), surplus(10)],
      ['one-publish'],
    ],
    [
      'sending again after a body without a key',
      [
        ...succeeded,
        other({ request: { idempotency_key: undefined }, ...refused('VALIDATION_FAILED') }),
        surplus(10),
      ],
      ['one-publish'],
    ],
    [
      'sending again before a refused request',
      [
        ...sent,
        aService(at(4, 2), 9),
        aCreate(at(5, 3), 2, { request: tooLong, ...refused('VALIDATION_FAILED') }),
        ...succeeded.slice(3).map(later),
      ],
      ['one-publish'],
    ],
    [
      'sending what simultaneous copies ask for twice',
      [
        up,
        aCreate(at(1, 1), 1, { done: at(4, 1) }),
        aCreate(at(2, 1), 1, { status: 200, done: at(5, 1) }),
        aService(at(6, 1)),
        aService(at(7, 1), 9),
      ],
      ['create-replay-simultaneous'],
    ],
    [
      'sending again for a key that was refused at first',
      [
        up,
        aCreate(at(1, 1), 1, refused('RATE_LIMITED', 429)),
        aCreate(at(3, 2)),
        aService(at(5, 2)),
        again(7),
        surplus(10),
      ],
      ['create-replay-same-command'],
    ],
    [
      'sending again after a conflict by another name',
      [...succeeded, again(7, { ...conflict, ...refused('ANY', 409) }), surplus(10)],
      ['create-conflict', 'one-publish'],
    ],
    [
      'sending again after a conflict with another status',
      [...succeeded, again(7, { ...conflict, ...refused('IDEMPOTENCY_CONFLICT') }), surplus(10)],
      ['create-conflict', 'one-publish'],
    ],
    [
      'sending again on a faulty broker',
      [aBroker(at(0, 0), 'faulty'), ...succeeded, surplus(5_000)],
      ['one-publish'],
    ],
    [
      'sending what was not signed',
      [
        ...succeeded,
        other({
          signing: { kind: 'unsigned' },
          headers: { 'x-api-signature': undefined },
          ...refused('UNAUTHORIZED', 401),
        }),
        surplus(10),
      ],
      ['sign-requires'],
    ],
    [
      'sending what came too late',
      [
        ...succeeded,
        other({ headers: { 'x-api-timestamp': '1767225000' }, ...refused('TIMESTAMP_EXPIRED', 401) }),
        surplus(10),
      ],
      ['sign-window'],
    ],
    [
      'sending what was signed with a used nonce',
      [
        ...succeeded,
        other({ headers: { 'x-api-nonce': 'nonce-1' }, ...refused('NONCE_REPLAYED', 401) }),
        surplus(10),
      ],
      ['sign-nonce'],
    ],
  ],
}

/** The same, behind what was put before it. */
function later(observation: Observation): Observation {
  if (observation.kind === 'frame')
    return { ...observation, frame: { ...observation.frame, seq: observation.frame.seq + 10 } }
  if (observation.kind !== 'http') return observation
  const { exchange } = observation
  return {
    ...observation,
    exchange: { ...exchange, seqSent: exchange.seqSent + 10, seqDone: exchange.seqDone + 10 },
  }
}
