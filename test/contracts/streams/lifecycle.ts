import type { JsonObject, Observation } from '../../../contracts/index.ts'
import { aCreate, aDock, aRead, aReply, aService, decided, time } from '../../support/observations.ts'
import type { Row } from './row.ts'
import { at, sent, succeeded } from './row.ts'

export const timedOut = { status: 'TIMED_OUT' }
export const silent = (seq: number, ms: number, shown: JsonObject = timedOut): readonly Observation[] => [
  ...sent,
  aRead(at(seq, ms), 1, shown),
]
export const strange = (seq: number, ms: number, n = 1, bid = `bid-${n}`): Observation =>
  aReply(at(seq, ms), n, { result: 0 }, { envelope: { tid: 'strange', bid } })
export const unmatched = { status: 'UNMATCHED_RESPONSE', response_code: '0', vendor_response: { result: 0 } }

export const lifecycleRows: readonly Row[] = [
  {
    rule: 'lifecycle-forward',
    accepts: [
      ...sent,
      aRead(at(5, 1)),
      aRead(at(7, 2), 1, { status: 'DELIVERED' }),
      aReply(at(9, 3)),
      aRead(at(10, 4), 1, decided(0)),
    ],
    refuses: [...sent, aRead(at(5, 1), 1, { status: 'DELIVERED' }), aRead(at(7, 1))],
  },
  {
    rule: 'lifecycle-final',
    accepts: [...succeeded, aRead(at(9, 20), 1, decided(0))],
    refuses: [...succeeded, aReply(at(8, 10), 1, { result: 7 }), aRead(at(9, 20), 1, decided(7))],
    finds: ['lifecycle-final', 'reply-zero-succeeds'],
  },
  {
    rule: 'lifecycle-timed-out-final',
    accepts: [...silent(5, 30_005), aReply(at(7, 30_010)), aRead(at(8, 30_020), 1, timedOut)],
    refuses: [...silent(5, 30_005), aReply(at(7, 30_010)), aRead(at(8, 30_020), 1, decided(0))],
    finds: ['lifecycle-deadline-from-acceptance', 'lifecycle-timed-out-final'],
  },
  {
    rule: 'lifecycle-timed-out-final',
    case: 'details',
    accepts: [...succeeded, aReply(at(7, 10)), aRead(at(8, 20), 1, decided(0))],
    refuses: [...succeeded, aReply(at(7, 10)), aRead(at(8, 20), 1, decided(0, { completed_at: time(15) }))],
  },
  {
    rule: 'lifecycle-delivered',
    accepts: silent(5, 5_000, { status: 'DELIVERED' }),
    refuses: silent(5, 5_000, { status: 'ACCEPTED' }),
  },
  {
    rule: 'lifecycle-early-reply',
    accepts: [...sent, aReply(at(4, 1)), aRead(at(5, 2), 1, decided(0))],
    refuses: [...sent, aReply(at(4, 1)), aRead(at(5, 2), 1, { status: 'DELIVERED' })],
  },
  {
    rule: 'lifecycle-deadline',
    accepts: silent(5, 30_005),
    refuses: silent(5, 20_000),
    finds: ['lifecycle-deadline', 'lifecycle-deadline-from-acceptance'],
  },
  {
    rule: 'lifecycle-deadline',
    case: 'too late',
    accepts: silent(5, 30_005),
    refuses: silent(5, 31_000, { status: 'DELIVERED' }),
    finds: ['lifecycle-deadline', 'lifecycle-deadline-from-acceptance'],
  },
  {
    rule: 'lifecycle-deadline',
    case: 'unmatched without a reply',
    accepts: silent(5, 30_005),
    refuses: silent(5, 31_000, { status: 'UNMATCHED_RESPONSE' }),
  },
  {
    rule: 'lifecycle-deadline-from-acceptance',
    accepts: silent(5, 30_005),
    refuses: silent(5, 29_500),
  },
  {
    rule: 'offline-waits',
    accepts: [
      aDock(at(0, 0), 'down'),
      aCreate(at(1, 1)),
      aRead(at(5, 10)),
      aDock(at(7, 20)),
      aService(at(8, 20)),
    ],
    refuses: [aDock(at(0, 0), 'down'), aCreate(at(1, 1)), aService(at(3, 1))],
  },
  {
    rule: 'offline-waits',
    case: 'times out',
    accepts: [aDock(at(0, 0), 'down'), aCreate(at(1, 1)), aRead(at(5, 30_005), 1, timedOut)],
    refuses: [aDock(at(0, 0), 'down'), aCreate(at(1, 1)), aRead(at(5, 31_000))],
    finds: ['lifecycle-deadline-from-acceptance', 'offline-waits'],
  },
  {
    rule: 'offline-waits',
    case: 'sent when the dock is back',
    accepts: [aDock(at(0, 0), 'down'), aCreate(at(1, 1)), aDock(at(7, 20)), aService(at(8, 20))],
    refuses: [
      aDock(at(0, 0), 'down'),
      aCreate(at(1, 1)),
      aDock(at(7, 20)),
      aRead(at(8, 30_005), 1, timedOut),
    ],
  },
  {
    rule: 'one-publish',
    accepts: succeeded,
    refuses: [...succeeded, aService(at(8, 5_000))],
  },
  {
    rule: 'one-publish',
    case: 'under another tid',
    accepts: succeeded,
    refuses: [...sent, aService(at(8, 5_000), 2), aReply(at(9, 5_001)), aRead(at(10, 5_002), 1, decided(0))],
  },
  {
    rule: 'unmatched-never-decides',
    accepts: [...sent, strange(4, 2), aRead(at(5, 3), 1, unmatched)],
    refuses: [...sent, strange(4, 2), aRead(at(5, 3), 1, decided(0))],
    finds: ['unmatched-never-decides', 'unmatched-provisional'],
  },
  {
    rule: 'unmatched-shown',
    accepts: [...sent, strange(4, 2), aRead(at(5, 31_000), 1, unmatched)],
    refuses: [...sent, strange(4, 2), aRead(at(5, 31_000), 1, timedOut)],
    finds: ['unmatched-provisional', 'unmatched-shown'],
  },
  {
    rule: 'unmatched-provisional',
    accepts: [
      ...sent,
      strange(4, 2),
      aRead(at(5, 3), 1, unmatched),
      aReply(at(7, 4)),
      aRead(at(8, 5), 1, decided(0)),
    ],
    refuses: [...sent, strange(4, 2), aRead(at(5, 3), 1, { status: 'DELIVERED' })],
  },
  {
    rule: 'unmatched-provisional',
    case: 'yields to a matched reply',
    accepts: [...sent, strange(4, 2), aReply(at(7, 4)), aRead(at(8, 5), 1, decided(0))],
    refuses: [...sent, strange(4, 2), aReply(at(7, 4)), aRead(at(8, 5), 1, unmatched)],
  },
]
