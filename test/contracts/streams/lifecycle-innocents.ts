import { foreignProfile } from '../../../contracts/index.ts'
import {
  aBroker,
  aCreate,
  aDock,
  aGateway,
  aRead,
  aReply,
  aService,
  decided,
  sn,
} from '../../support/observations.ts'
import { silent, strange, timedOut, unmatched } from './lifecycle.ts'
import type { Innocent } from './row.ts'
import { at, sent, up } from './row.ts'

const foreign = { profile: foreignProfile, level: 'should' as const }
const quick = { profile: { ...foreignProfile, slack_ms: 0 }, level: 'should' as const }
const restart = [aGateway(at(6, 100), 'stopped'), aGateway(at(7, 200), 'ready')]

/** Cases in which a correct gateway must not be accused. */
export const lifecycleInnocents: readonly Innocent[] = [
  [
    'an absent dock that comes back for one of two commands',
    [
      aDock(at(0, 0), 'down'),
      aCreate(at(1, 1), 1, { request: { timeout_seconds: 0 } }),
      aCreate(at(3, 1), 2),
      aDock(at(5, 1)),
      aService(at(6, 1), 2),
    ],
  ],
  [
    'reads that overlap',
    [
      ...sent,
      aRead(at(6, 1), 1, { status: 'DELIVERED' }, { done: at(7, 1) }),
      aRead(at(5, 1), 1, {}, { done: at(8, 1) }),
    ],
  ],
  [
    'a reply after the deadline that completes the command after all',
    [...silent(5, 30_005), aReply(at(7, 30_010)), aRead(at(8, 30_020), 1, decided(0))],
    quick,
  ],
  [
    'a status that shows late on a foreign gateway',
    [...sent, aReply(at(4, 2)), aRead(at(5, 9_000), 1, { status: 'DELIVERED' })],
    foreign,
  ],
  ['a deadline that shows within the slack', silent(5, 39_000, { status: 'DELIVERED' }), foreign],
  ['ACCEPTED for a while after the message', silent(5, 8_000, { status: 'ACCEPTED' }), foreign],
  [
    'a command that the broker lost',
    [up, aBroker(at(0, 0), 'faulty'), ...sent.slice(1), aReply(at(4, 2)), aRead(at(5, 31_000), 1, timedOut)],
  ],
  [
    'a deadline that passes while the gateway is down',
    [...sent, ...restart, aRead(at(9, 40_000), 1, { status: 'DELIVERED' })],
    quick,
  ],
  [
    'a message that is sent again after a restart',
    [...sent, ...restart, aService(at(8, 200)), aReply(at(9, 300)), aRead(at(10, 400), 1, decided(0))],
  ],
  [
    'a message that is sent again after an outage',
    [
      ...sent,
      aBroker(at(5, 5), 'down'),
      aBroker(at(6, 9), 'up'),
      aService(at(8, 12)),
      aReply(at(9, 300)),
      aRead(at(10, 400), 1, decided(0)),
    ],
  ],
  [
    'another tid for each of its own retries',
    [...sent, aService(at(8, 3_000), 2), aReply(at(9, 3_001), 2), aRead(at(10, 3_002), 1, decided(0))],
    quick,
  ],
  [
    'a dock that leaves before it answers',
    [
      ...sent,
      aDock(at(4, 2), 'down'),
      aRead(at(5, 3), 1, { status: 'DELIVERED' }),
      aRead(at(7, 31_000), 1, timedOut),
    ],
  ],
  [
    'an immediate end for an absent dock',
    [aDock(at(0, 0), 'down'), aCreate(at(1, 1)), aRead(at(3, 2), 1, timedOut)],
    quick,
  ],
  [
    'a dropped reply under a strange tid that is waived',
    [...sent, strange(4, 2), aRead(at(5, 31_000), 1, timedOut)],
    { ...quick, profile: { ...quick.profile, waives: ['unmatched-shown'] } },
  ],
  [
    'a strange reply while two commands are open',
    [
      ...sent,
      aCreate(at(4, 1), 2),
      aService(at(6, 1), 2),
      strange(7, 2, 1, 'none'),
      aRead(at(8, 31_000), 1, timedOut),
      aRead(at(10, 31_000), 2, timedOut),
    ],
  ],
  ['a strange reply after the deadline', [...sent, strange(4, 30_500), aRead(at(5, 31_000), 1, timedOut)]],
  [
    'a reply that was refused by the broker',
    [
      ...sent,
      aReply(at(4, 2), 1, { result: 0 }, { refused: 'not its topic' }),
      aRead(at(5, 31_000), 1, timedOut),
    ],
  ],
  [
    'a status of UNMATCHED_RESPONSE that is final as soon as it shows',
    [
      ...sent,
      strange(4, 2),
      aRead(at(5, 3), 1, unmatched),
      aReply(at(7, 4)),
      aRead(at(8, 15_000), 1, unmatched),
    ],
    quick,
  ],
  [
    'a job that has only started and waits for its end',
    [
      ...sent,
      aReply(at(4, 2), 1, { result: 0, output: { status: 'in_progress' } }),
      aRead(at(5, 15_000), 1, { status: 'DELIVERED' }),
    ],
    quick,
  ],
  [
    'a message that a subscriber heard after the answer that shows it',
    [
      up,
      aCreate(at(1, 1)),
      aRead(at(3, 5), 1, decided(0)),
      aService(at(6, 6), 1, { sender: 'unknown' }),
      aReply(at(7, 7), 1, { result: 0 }, { sender: 'unknown' }),
    ],
    { ...foreign, exact: 'tolerant', tolerance_ms: 500 },
  ],
  ['a client that never reads', [...sent, aReply(at(4, 2))]],
  ['duplicates of a reply', [...sent, aReply(at(4, 2)), aReply(at(5, 2)), aRead(at(6, 3), 1, decided(0))]],
  [
    'a dock that forges another topic',
    [
      ...sent,
      aReply(at(4, 2), 1, { result: 0 }, { topic: 'thing/product/DOCK2/services_reply' }),
      aRead(at(5, 31_000), 1, timedOut),
    ],
  ],
  [
    'commands of one dock that wait for each other',
    [...sent, aCreate(at(4, 1), 2), aRead(at(6, 31_000), 1, timedOut), aRead(at(8, 41_000), 2, timedOut)],
    quick,
  ],
  [
    `a dock that is announced again after trouble (${sn})`,
    [
      aGateway(at(0, 0), 'stopped'),
      aGateway(at(1, 10), 'ready'),
      aDock(at(2, 11)),
      aCreate(at(3, 12)),
      aService(at(5, 12)),
      aRead(at(6, 20), 1, { status: 'ACCEPTED' }),
    ],
    foreign,
  ],
]
