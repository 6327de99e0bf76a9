import { referenceProfile } from '../../../contracts/index.ts'
import type { Observation } from '../../../contracts/index.ts'
import {
  aBroker,
  aCreate,
  aDock,
  aRead,
  aReply,
  aService,
  decided,
  time,
} from '../../support/observations.ts'
import { silent, strange, timedOut } from './lifecycle.ts'
import type { Edges } from './row.ts'
import { at, quick, sent, slow, succeeded, tolerant, up } from './row.ts'

const delivered = { status: 'DELIVERED' }
const off = aDock(at(0, 0), 'down')
const absent: readonly Observation[] = [off, aCreate(at(1, 1))]
const acceptedAt = (ms: number): readonly Observation[] => [
  up,
  aCreate(at(1, 1), 1, { body: { accepted_at: time(ms) } }),
  aService(at(3, 1)),
  aRead(at(5, 30_005), 1, timedOut),
]
const zero = [up, aCreate(at(1, 1), 1, { request: { timeout_seconds: 0 } }), aService(at(3, 1))]
const all = { profile: { ...quick.profile, keeps: 'all' } } as const
const waiting = { ...quick, profile: { ...quick.profile, capabilities: [] } }
const from = 'lifecycle-deadline-from-acceptance'

/** Instants at the deadline, and docks that are off line. */
export const deadlineEdges: Edges = {
  innocents: [
    ['a time out a second early', silent(5, 29_001), quick],
    ['a time out early within the tolerance', silent(5, 28_900), tolerant],
    ['an open command at the deadline', silent(5, 30_001, delivered)],
    ['an open command within slack and tolerance', silent(5, 40_200, delivered), tolerant],
    [
      'an open command with a late reply',
      [...sent, aReply(at(4, 30_500)), aRead(at(5, 31_000), 1, delivered)],
      quick,
    ],
    ['a clock that is far from ours', acceptedAt(5_000)],
    ['a clock that is two seconds from ours', acceptedAt(2_001), quick],
    ['a time out at the deadline', silent(5, 30_001)],
    ['a time out just before the deadline, in real time', silent(5, 30_000), tolerant],
    [
      'a success by a reply within slack and delay',
      [...sent, aReply(at(4, 45_000)), aRead(at(5, 46_000), 1, decided(0))],
      slow,
    ],
    [
      'a success by a reply at the deadline',
      [...sent, aReply(at(4, 30_001)), aRead(at(5, 30_005), 1, decided(0))],
    ],
    [
      'ACCEPTED after a strange reply',
      [...sent, strange(4, 2), aRead(at(5, 5_000), 1, { status: 'ACCEPTED' })],
      quick,
    ],
    ['ACCEPTED at the deadline', silent(5, 30_001, { status: 'ACCEPTED' }), quick],
    ['an open command without any time', [...zero, aRead(at(5, 1), 1, delivered)]],
    ['a command of an absent dock that nobody reads', absent],
    [
      'a command that is sent to an absent dock after an outage',
      [...absent, aBroker(at(3, 2), 'down'), aBroker(at(4, 3), 'up'), aService(at(5, 4))],
    ],
    ['ACCEPTED at the deadline of an absent dock', [...absent, aRead(at(5, 30_001))]],
    ['ACCEPTED within the slack of an absent dock', [...absent, aRead(at(5, 35_000))], slow],
    ['ACCEPTED within slack and tolerance of an absent dock', [...absent, aRead(at(5, 40_200))], tolerant],
    ['a time out a second early of an absent dock', [...absent, aRead(at(5, 29_001), 1, timedOut)], quick],
    [
      'a time out early of an absent dock, in real time',
      [...absent, aRead(at(5, 28_900), 1, timedOut)],
      tolerant,
    ],
    ['a dock that is back while the time runs still', [off, aCreate(at(1, 590_000)), aDock(at(3, 590_010))]],
    [
      'a dock that is back when the time runs out at last',
      [off, aCreate(at(1, 570_000)), aDock(at(3, 570_010))],
    ],
    ['a dock that is back, with slack left', [off, aCreate(at(1, 565_000)), aDock(at(3, 565_010))], slow],
    [
      'a dock that is back, with tolerance left',
      [off, aCreate(at(1, 559_900)), aDock(at(3, 559_910))],
      tolerant,
    ],
    ['a dock that is back too late', [...absent, aDock(at(7, 29_500)), aRead(at(8, 30_005), 1, timedOut)]],
    [
      'a dock that is back a second before the deadline',
      [...absent, aDock(at(7, 29_001)), aRead(at(8, 30_005), 1, timedOut)],
    ],
    [
      'a dock that is back too late for a slow gateway',
      [...absent, aDock(at(7, 22_000)), aRead(at(8, 45_000), 1, timedOut)],
      slow,
    ],
    [
      'a dock that comes and goes',
      [...absent, aDock(at(7, 20)), aDock(at(8, 30), 'down'), aRead(at(9, 30_005), 1, timedOut)],
    ],
    [
      'a dock that is back for one command after another',
      [
        ...absent,
        aCreate(at(3, 2), 2),
        aDock(at(5, 20)),
        aService(at(6, 20)),
        aRead(at(8, 30_005), 2, timedOut),
      ],
      waiting,
    ],
  ],
  guilty: [
    [
      'being late without having sent anything',
      [up, aCreate(at(1, 1)), aRead(at(5, 31_000))],
      [from, 'mqtt-services'],
    ],
    ['being later than its slack', silent(5, 45_000, delivered), ['lifecycle-deadline', from], slow],
    [
      'inventing an unmatched reply, with an older reply',
      [
        ...succeeded,
        aCreate(at(7, 10), 2),
        aService(at(9, 10), 2),
        aRead(at(10, 31_100), 2, { status: 'UNMATCHED_RESPONSE' }),
      ],
      ['lifecycle-deadline'],
    ],
    [
      'failing by replies that came after the deadline',
      [
        ...sent,
        aReply(at(4, 30_500), 1, { result: 1 }),
        aReply(at(5, 30_600), 1, { result: 1 }),
        aRead(at(6, 31_000), 1, decided(1)),
      ],
      [from],
    ],
    [
      'timing out at once, though it declares to wait',
      [...absent, aRead(at(3, 2), 1, timedOut)],
      [from, 'offline-waits'],
      all,
    ],
    [
      'succeeding without any time',
      [...zero, aReply(at(4, 2)), aRead(at(5, 3), 1, decided(0))],
      ['create-timeout-zero'],
    ],
    [
      'failing without any time',
      [...zero, aReply(at(4, 2), 1, { result: 1 }), aRead(at(5, 3), 1, decided(1))],
      ['create-timeout-zero'],
    ],
    [
      'succeeding for an absent dock',
      [...absent, aRead(at(5, 3), 1, decided(0))],
      ['mqtt-services', 'offline-waits'],
    ],
    ['delivering to an absent dock', [...absent, aRead(at(5, 3), 1, delivered)], ['mqtt-services']],
    [
      'forgetting a dock that is back in time',
      [...absent, aDock(at(7, 15_000)), aRead(at(8, 45_000), 1, timedOut)],
      ['offline-waits'],
      slow,
    ],
    [
      'sending nothing to one of two docks that are back',
      [
        ...absent,
        aCreate(at(3, 2), 2),
        aDock(at(5, 20)),
        aService(at(6, 20)),
        aRead(at(8, 30_005), 2, timedOut),
      ],
      ['offline-waits'],
      { profile: referenceProfile },
    ],
    ['sending nothing beside an open command', [...sent, aCreate(at(4, 1), 2)], ['mqtt-services']],
    [
      'sending nothing after a command that had ended',
      [...succeeded, aCreate(at(7, 10), 2)],
      ['mqtt-services'],
      quick,
    ],
  ],
}
