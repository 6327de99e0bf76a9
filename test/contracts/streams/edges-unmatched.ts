import type { Observation } from '../../../contracts/index.ts'
import { aBroker, aCreate, aRead, aReply, aService, decided } from '../../support/observations.ts'
import { strange, timedOut, unmatched } from './lifecycle.ts'
import type { Edges } from './row.ts'
import { at, closing, quick, sent, slow, succeeded, tolerant, up } from './row.ts'

const delivered = { status: 'DELIVERED' }
const second = (seq: number, ms: number): readonly Observation[] => [
  aCreate(at(seq, ms), 2),
  aService(at(seq + 2, ms), 2),
]
const late = aRead(at(30, 31_000), 1, timedOut)
const noBid = [up, aCreate(at(1, 1)), aService(at(3, 1), 1, { envelope: { bid: undefined } })]
const withoutBid = { ...quick, profile: { ...quick.profile, waives: ['mqtt-envelope'] } }
const other = (seq: number, ms: number, envelope: object, data: unknown = { result: 0 }): Observation =>
  aReply(at(seq, ms), 1, data, { envelope: { tid: 'strange', ...envelope } })

/** Replies under a tid that nobody has sent. */
export const unmatchedEdges: Edges = {
  innocents: [
    [
      'a strange reply after another command had ended',
      [...succeeded, ...second(7, 10), strange(10, 11, 2), aRead(at(11, 31_100), 2, unmatched)],
    ],
    [
      'a strange reply after another command had failed',
      [
        ...closing({ result: 1 }, decided(1)),
        ...second(7, 10),
        strange(10, 11, 2),
        aRead(at(11, 31_100), 2, unmatched),
      ],
    ],
    [
      'a strange reply beside a command that ended later',
      [
        ...sent,
        ...second(4, 1),
        aReply(at(7, 2)),
        aRead(at(8, 3), 1, decided(0)),
        strange(10, 4, 2),
        aRead(at(11, 31_100), 2, timedOut),
      ],
      quick,
    ],
    [
      'a strange reply before a command within the slack',
      [
        ...sent,
        strange(4, 2),
        ...second(5, 35_000),
        aRead(at(30, 60_000), 1, timedOut),
        aRead(at(32, 80_000), 2, timedOut),
      ],
      slow,
    ],
    [
      'a strange reply before a command at the deadline',
      [...sent, strange(4, 2), ...second(5, 30_001), late],
      quick,
    ],
    ['a strange reply that says nothing', [...sent, other(4, 2, {}, null), late]],
    [
      'a strange reply after one that says nothing',
      [...sent, aReply(at(4, 2), 1, null), strange(5, 3), late],
      quick,
    ],
    [
      'a strange reply after a good one',
      [...sent, aReply(at(4, 2)), strange(5, 3), aRead(at(6, 4), 1, decided(0))],
    ],
    ['a strange reply before a late one', [...sent, strange(4, 2), aReply(at(5, 30_500)), late], quick],
    [
      'a strange reply before a good one on another topic',
      [
        ...sent,
        strange(4, 2),
        aReply(at(5, 3), 1, { result: 0 }, { topic: 'thing/product/DOCK2/services_reply' }),
        late,
      ],
      quick,
    ],
    ['a strange reply under another bid', [...sent, strange(4, 2, 1, 'other'), late], quick],
    ['a strange reply under another method', [...sent, other(4, 2, { method: 'drone_open' }), late], quick],
    [
      'a strange reply under another bid and method',
      [...sent, other(4, 2, { bid: 'other', method: 'drone_open' }), late],
    ],
    [
      'a strange reply to a message without a bid',
      [...noBid, other(4, 2, { bid: undefined }), late],
      withoutBid,
    ],
    [
      'a strange reply without a bid and with another method',
      [...noBid, other(4, 2, { bid: undefined, method: 'drone_open' }), late],
      withoutBid,
    ],
    ['a strange reply at the deadline', [...sent, strange(4, 30_001), late], quick],
    [
      'a strange reply that may have come too late',
      [...sent, strange(4, 25_000), aRead(at(30, 60_000), 1, timedOut)],
      slow,
    ],
    [
      'a time out within the slack after a strange reply',
      [...sent, strange(4, 2), aRead(at(5, 35_000), 1, timedOut)],
      slow,
    ],
    [
      'a time out within the tolerance after a strange reply',
      [...sent, strange(4, 2), aRead(at(5, 40_400), 1, timedOut)],
      tolerant,
    ],
    [
      'a time out at the deadline after a strange reply',
      [...sent, strange(4, 2), aRead(at(5, 30_001), 1, timedOut)],
      quick,
    ],
    [
      'a read before a strange reply',
      [...sent, aRead(at(4, 1), 1, delivered), strange(6, 2), aRead(at(7, 3), 1, unmatched)],
    ],
    ['a strange reply that nobody reads', [...sent, strange(4, 2)]],
    ['a read at the instant of a strange reply', [...sent, strange(4, 2), aRead(at(5, 2), 1, delivered)]],
    [
      'a run of reads that goes on until a good reply',
      [
        ...sent,
        strange(4, 2),
        aRead(at(5, 2), 1, delivered),
        aReply(at(7, 5)),
        aRead(at(8, 5), 1, delivered),
      ],
    ],
    [
      'a strange reply that a faulty broker may have lost',
      [up, aBroker(at(0, 0), 'faulty'), ...sent.slice(1), strange(4, 2), aRead(at(5, 3), 1, delivered)],
    ],
    ['a strange and a good reply that nobody reads', [...sent, strange(4, 2), aReply(at(5, 3))]],
    [
      'a strange reply that yields after an early read',
      [...sent, aRead(at(4, 1)), strange(6, 2), aReply(at(7, 3)), aRead(at(8, 4), 1, decided(0))],
    ],
    [
      'a strange reply that yields to a failure',
      [...sent, strange(4, 2), aReply(at(5, 3), 1, { result: 1 }), aRead(at(6, 4), 1, decided(1))],
    ],
    [
      'two strange replies of which one is shown',
      [...sent, strange(4, 2), other(5, 2, { tid: 's-2' }, { result: 7 }), aRead(at(6, 3), 1, unmatched)],
    ],
    [
      'two strange replies of which one says nothing',
      [...sent, other(4, 2, { tid: 's-2' }, null), strange(5, 2), aRead(at(6, 3), 1, unmatched)],
    ],
    [
      'a strange reply that is final before a good one',
      [...sent, strange(4, 2), aReply(at(5, 3)), strange(6, 4, 1, 'x'), aRead(at(8, 9), 1, unmatched)],
      quick,
    ],
  ],
  guilty: [
    [
      'timing out after a strange reply, with another command that had ended',
      [...succeeded, ...second(7, 10), strange(10, 11, 2), aRead(at(11, 31_100), 2, timedOut)],
      ['unmatched-provisional', 'unmatched-shown'],
    ],
    [
      'timing out after a strange reply, with another command that began later',
      [...sent, strange(4, 2), late, ...second(32, 40_000)],
      ['unmatched-provisional', 'unmatched-shown'],
    ],
    [
      'staying DELIVERED after a strange reply',
      [...sent, strange(4, 2), aRead(at(30, 31_000), 1, delivered)],
      ['lifecycle-deadline', 'lifecycle-deadline-from-acceptance', 'unmatched-provisional'],
    ],
    [
      'showing another code than that of the strange reply',
      [...sent, strange(4, 2), aRead(at(5, 3), 1, { ...unmatched, response_code: '9' })],
      ['unmatched-provisional'],
    ],
    [
      'staying DELIVERED while a strange reply is in, until a good one comes',
      [
        ...sent,
        strange(4, 2),
        aRead(at(5, 3), 1, delivered),
        aReply(at(7, 5)),
        aRead(at(8, 6), 1, decided(0)),
      ],
      ['unmatched-provisional'],
    ],
    [
      'losing a good reply to a strange one that came after it',
      [...sent, aReply(at(4, 2)), strange(5, 2), aRead(at(6, 9), 1, unmatched)],
      ['reply-zero-succeeds'],
    ],
    [
      'losing a good reply after a strange one',
      [...sent, strange(4, 2), aReply(at(5, 3)), aRead(at(6, 9), 1, delivered)],
      ['reply-zero-succeeds'],
    ],
    [
      'losing a good reply between two strange ones',
      [...sent, strange(4, 2), aReply(at(5, 3)), strange(6, 4), aRead(at(8, 9), 1, unmatched)],
      ['unmatched-provisional'],
    ],
  ],
}
