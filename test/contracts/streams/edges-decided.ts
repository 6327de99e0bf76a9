import type { Observation } from '../../../contracts/index.ts'
import { aCreate, aFrame, aRead, aReply, aService, decided } from '../../support/observations.ts'
import { strange, timedOut } from './lifecycle.ts'
import type { Edges } from './row.ts'
import { at, closing, quick, sent, slow, succeeded, tolerant, up } from './row.ts'

const delivered = { status: 'DELIVERED' }
const job = { result: 0, output: { status: 'in_progress' } }
const failed = { ...decided(1), vendor_response: job }
const otherTopic = { topic: 'thing/product/DOCK2/services_reply' }
const failing = (seq: number, bid = 'bid-1'): Observation =>
  aFrame(at(seq, 2), { envelope: { bid, data: { result: 0, output: { status: 'failed' } } } })
const second = (seq: number, ms: number): readonly Observation[] => [
  aCreate(at(seq, ms), 2),
  aService(at(seq + 2, ms), 2),
]
const all = { profile: { ...quick.profile, keeps: 'all' } } as const
const at1 = { ...tolerant, profile: quick.profile }

/** What decides a command, and what may not. */
export const decidedEdges: Edges = {
  innocents: [
    [
      'a job that has failed at its end',
      [...sent, aReply(at(4, 2), 1, job), failing(5), aRead(at(6, 3), 1, failed)],
      quick,
    ],
    [
      'a reply that names another method',
      [
        ...sent,
        aReply(at(4, 2), 1, { result: 0 }, { envelope: { method: 'drone_open' } }),
        aRead(at(6, 15_000), 1, delivered),
      ],
      quick,
    ],
    [
      'a reply that names another method and counts',
      [
        ...sent,
        aReply(at(4, 2), 1, { result: 0 }, { envelope: { method: 'drone_open' } }),
        aRead(at(6, 3), 1, decided(0)),
      ],
    ],
    [
      'a reply that may have come too late',
      [...sent, aReply(at(4, 19_500)), aRead(at(6, 60_000), 1, timedOut)],
      slow,
    ],
    ['a read at the instant of the reply', [...sent, aReply(at(4, 2)), aRead(at(5, 2), 1, delivered)]],
    ['a strange reply after the last read', [...succeeded, strange(8, 10)]],
    ['a strange reply after an open read', [...sent, aRead(at(4, 1), 1, delivered), strange(6, 5)]],
    [
      'a reply on another topic, and then a good one',
      [
        ...sent,
        aReply(at(4, 2), 1, { result: 0 }, otherTopic),
        aReply(at(5, 3)),
        aRead(at(6, 4), 1, decided(0)),
      ],
    ],
    [
      'a reply without a result, and then a good one',
      [...sent, aReply(at(4, 2), 1, { result: '0' }), aReply(at(5, 3)), aRead(at(6, 4), 1, decided(0))],
    ],
    [
      'a reply that says nothing, and an open command',
      [...sent, aReply(at(4, 2), 1, null), aRead(at(6, 4), 1, delivered)],
    ],
    [
      'a reply on another topic after the last read',
      [...sent, aRead(at(4, 1), 1, delivered), aReply(at(6, 4), 1, { result: 0 }, otherTopic)],
    ],
  ],
  guilty: [
    ['failing a job that has only started', closing(job, failed), ['reply-zero-succeeds']],
    [
      'failing a job whose events say that it failed',
      [...sent, aReply(at(4, 2), 1, job), failing(5), aRead(at(6, 3), 1, failed)],
      ['reply-zero-succeeds'],
    ],
    [
      'failing a job while another one failed',
      [...sent, aReply(at(4, 2), 1, job), failing(5, 'other'), aRead(at(6, 3), 1, failed)],
      ['reply-zero-succeeds'],
    ],
    [
      'failing a command that was done, for an event',
      [...sent, aReply(at(4, 2)), failing(5), aRead(at(6, 3), 1, decided(1))],
      ['reply-zero-succeeds'],
      quick,
    ],
    [
      'failing by a reply without a result',
      [...sent, aReply(at(4, 2), 1, { result: '0' }), aRead(at(6, 4), 1, decided(1))],
      ['reply-without-result'],
    ],
    [
      'succeeding by a strange reply after one that says nothing',
      [...sent, aReply(at(4, 2), 1, null), strange(5, 3), aRead(at(6, 4), 1, decided(0))],
      ['unmatched-never-decides'],
    ],
    ['succeeding without any reply', [...sent, aRead(at(5, 3), 1, decided(0))], ['unmatched-never-decides']],
    [
      'succeeding by a reply from before the command',
      [...succeeded, ...second(7, 10), aRead(at(10, 11), 2, decided(0))],
      ['unmatched-never-decides'],
    ],
    [
      'succeeding before a reply to another command',
      [...sent, ...second(4, 1), aRead(at(7, 2), 1, decided(0)), aReply(at(9, 3), 2)],
      ['unmatched-never-decides'],
    ],
    [
      'succeeding without a message',
      [up, aCreate(at(1, 1)), aRead(at(5, 3), 1, decided(0))],
      ['mqtt-services'],
    ],
    ['failing without a message', [up, aCreate(at(1, 1)), aRead(at(5, 3), 1, decided(1))], ['mqtt-services']],
    [
      'leaving a job open that it declares to count',
      [...sent, aReply(at(4, 2), 1, job), aRead(at(5, 15_000), 1, delivered)],
      ['reply-zero-succeeds'],
      all,
    ],
    [
      'losing a reply just before the deadline',
      [...sent, aReply(at(4, 30_000)), aRead(at(5, 30_005), 1, timedOut)],
      ['reply-zero-succeeds'],
    ],
    [
      'losing a reply before the slack',
      [...sent, aReply(at(4, 18_000), 1, { result: 3 }), aRead(at(5, 29_500), 1, delivered)],
      ['reply-nonzero-fails'],
      slow,
    ],
    [
      'losing a reply that one after it repeats without data',
      [...sent, aReply(at(4, 2)), aReply(at(5, 2), 1, null), aRead(at(6, 9), 1, delivered)],
      ['reply-zero-succeeds'],
    ],
    [
      'losing a reply after one without a result',
      [...sent, aReply(at(4, 2), 1, { result: '0' }), aReply(at(5, 3)), aRead(at(6, 9), 1, delivered)],
      ['reply-without-result'],
    ],
    [
      'losing an early reply in real time',
      [...sent, aReply(at(4, 40)), aRead(at(5, 9_000), 1, delivered)],
      ['lifecycle-early-reply'],
      at1,
    ],
    [
      'losing a reply in real time',
      [...sent, aReply(at(4, 200)), aRead(at(5, 9_000), 1, delivered)],
      ['reply-zero-succeeds'],
      at1,
    ],
    [
      'losing a reply before another command',
      [...sent, aReply(at(4, 2)), ...second(5, 3), aRead(at(8, 9), 1, delivered)],
      ['reply-zero-succeeds'],
    ],
    [
      'losing the second reply to a command of two',
      [...sent, ...second(4, 1), aReply(at(7, 2), 2), aRead(at(8, 9), 2, { ...delivered })],
      ['reply-by-tid'],
    ],
  ],
}
