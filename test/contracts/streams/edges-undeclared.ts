import type { JsonObject, Observation } from '../../../contracts/index.ts'
import { aRead, aReply, decided } from '../../support/observations.ts'
import type { Edges, Row } from './row.ts'
import { at, quick, sent } from './row.ts'

const elsewhere = { topic: 'thing/product/DOCK2/services_reply' }
const keeping = (rule: string): Row['options'] => ({
  ...quick,
  profile: { ...quick.profile, keeps: [rule] },
})
const onTopic = keeping('reply-topic')
const must = { ...quick, level: 'must' } as const

/** Two replies under the command's `tid`, and what is read after them. */
function twice(first: JsonObject, then: JsonObject, shown: JsonObject): readonly Observation[] {
  return [...sent, aReply(at(4, 2), 1, first), aReply(at(5, 3), 1, then), aRead(at(6, 4), 1, shown)]
}

/** The same, the first reply on the topic of another dock. */
function fromAnother(first: JsonObject, then: JsonObject, shown: JsonObject): readonly Observation[] {
  return [
    ...sent,
    aReply(at(4, 2), 1, first, elsewhere),
    aReply(at(5, 3), 1, then),
    aRead(at(6, 4), 1, shown),
  ]
}

const text = { result: '3', code: 'A', message: 'first', x: 1 }
const good = { result: 4, code: null, msg: 'second', y: 2 }
const ofText = {
  ...decided(3),
  response_code: 'A',
  response_message: 'first',
  vendor_response: text,
}
const ofGood = { ...decided(4), response_message: 'second', vendor_response: good }
const nothing = { response_code: '', response_message: '', vendor_response: {} }

/** Replies that decide only where the profile leaves it free. */
export const undeclaredEdges: Edges = {
  innocents: [
    ['showing a reply without a result before a good one', twice(text, good, ofText), quick],
    ['showing the good one of two', twice(text, good, ofGood), quick],
    ['showing what a reply with nothing in it says', twice({}, good, { ...decided(4), ...nothing }), quick],
    ['leaving out a result of null', twice({ result: null }, good, { ...decided(4), ...nothing }), quick],
    ['failing by a reply without a result, for good', twice(text, { result: 0 }, ofText), quick],
    [
      'succeeding by a result of text, at a level that leaves it free',
      twice({ result: '0' }, { result: 3 }, decided(0)),
      must,
    ],
    [
      'failing by a reply with nothing in it after one of another dock',
      fromAnother({ result: 1 }, {}, { ...decided(1), ...nothing }),
      onTopic,
    ],
    ['showing the reply of another dock', fromAnother({ result: 3 }, { result: 4 }, decided(3)), quick],
    [
      'failing by the reply of another dock, for good',
      fromAnother({ result: 3 }, { result: 0 }, decided(3)),
      quick,
    ],
    ['failing by the reply of another dock without a result', fromAnother(text, good, ofText), quick],
  ],
  guilty: [
    [
      'showing the code of neither reply',
      twice(text, good, { ...ofText, response_code: 'B' }),
      ['reply-code-prefers-code'],
      quick,
    ],
    [
      'showing the message of neither reply',
      twice(text, good, { ...ofGood, response_message: 'third' }),
      ['reply-message-msg'],
      quick,
    ],
    [
      'showing nothing of either reply',
      twice(text, good, { ...decided(4), ...nothing }),
      ['query-response-fields', 'reply-message-message', 'reply-vendor-exact'],
      quick,
    ],
    [
      'showing a result that neither reply has',
      twice({}, { result: 4 }, decided(5)),
      ['reply-code-falls-to-result', 'reply-vendor-exact', 'reply-vendor-preserves'],
      quick,
    ],
    [
      'showing a wrong code beside the good reply',
      twice(
        {},
        { result: 4, code: 'A' },
        { ...decided(4), response_code: 'B', vendor_response: { result: 4, code: 'A' } },
      ),
      ['reply-code-prefers-code'],
      quick,
    ],
    [
      'succeeding with the details of a reply without a result',
      twice(
        { result: '0', x: 1 },
        { result: 0, y: 2 },
        { ...decided(0), vendor_response: { result: '0', x: 1 } },
      ),
      ['reply-vendor-exact', 'reply-vendor-preserves'],
      quick,
    ],
    [
      'showing a reply without a result that it declares to pass over',
      twice(text, { result: 4 }, ofText),
      ['reply-code-falls-to-result', 'reply-vendor-exact', 'reply-vendor-preserves'],
      keeping('reply-without-result'),
    ],
    [
      'failing a command that was done before a reply without a result',
      twice({ result: 0 }, text, ofText),
      ['reply-zero-succeeds'],
      quick,
    ],
    [
      'succeeding by a result of text',
      twice({ result: '0' }, { result: 3 }, decided(0)),
      ['reply-nonzero-fails'],
      quick,
    ],
    [
      'succeeding by the reply of another dock before one without a result',
      fromAnother({ result: 0 }, {}, decided(0)),
      ['reply-topic'],
      onTopic,
    ],
    [
      'failing by the reply of another dock before a good one',
      fromAnother({ result: 3 }, { result: 0 }, decided(3)),
      ['reply-zero-succeeds'],
      onTopic,
    ],
  ],
}
