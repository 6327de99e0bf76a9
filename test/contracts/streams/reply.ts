import { foreignProfile } from '../../../contracts/index.ts'
import type { JsonObject, Observation } from '../../../contracts/index.ts'
import { aCreate, aRead, aReply, aService, decided } from '../../support/observations.ts'
import type { Innocent, Row } from './row.ts'
import { at, closing, sent, succeeded, up } from './row.ts'

/** A reply with what a correct and a wrong gateway show of it. */
function mapping(
  rule: string,
  data: JsonObject,
  [right, wrong]: readonly [JsonObject, JsonObject],
  more: Partial<Row> = {},
): Row {
  const shown = { ...decided(Number(data['result'])), vendor_response: data }
  return {
    rule,
    accepts: closing(data, { ...shown, ...right }),
    refuses: closing(data, { ...shown, ...wrong }),
    ...more,
  }
}

const two: readonly Observation[] = [...sent, aCreate(at(4, 1), 2), aService(at(6, 1), 2)]
const otherTopic = { topic: 'thing/product/DOCK2/services_reply' }
const unfinished = { status: 'DELIVERED' }

export const replyRows: readonly Row[] = [
  {
    rule: 'reply-by-tid',
    accepts: [
      ...two,
      aReply(at(7, 2), 2, { result: 5 }),
      aReply(at(8, 2), 1),
      aRead(at(9, 3), 1, decided(0)),
      aRead(at(11, 3), 2, decided(5)),
    ],
    refuses: [
      ...two,
      aReply(at(7, 2), 2),
      aRead(at(8, 3), 1, decided(0)),
      aRead(at(10, 3), 2, { status: 'DELIVERED' }),
    ],
    finds: ['reply-by-tid', 'reply-by-tid'],
  },
  mapping('reply-code-prefers-code', { result: 5, code: 'BUSY' }, [
    { response_code: 'BUSY' },
    { response_code: '5' },
  ]),
  mapping(
    'reply-code-prefers-code',
    { result: 5, code: 0 },
    [{ response_code: '0' }, { response_code: '5' }],
    { case: 'zero' },
  ),
  mapping('reply-code-falls-to-result', { result: 5 }, [{ response_code: '5' }, { response_code: 'FAILED' }]),
  mapping('reply-code-string', { result: 5 }, [{ response_code: '5' }, { response_code: 5 }]),
  mapping('reply-code-null-absent', { result: 5, code: null }, [
    { response_code: '5' },
    { response_code: 'null' },
  ]),
  mapping(
    'reply-code-null-absent',
    { result: 5, code: '' },
    [{ response_code: '' }, { response_code: '5' }],
    { case: 'empty' },
  ),
  mapping('reply-message-message', { result: 5, message: 'M' }, [
    { response_message: 'M' },
    { response_message: 'X' },
  ]),
  mapping('reply-message-msg', { result: 5, msg: 'M' }, [
    { response_message: 'M' },
    { response_message: 'X' },
  ]),
  mapping('reply-message-description', { result: 5, description: 'M' }, [
    { response_message: 'M' },
    { response_message: 'X' },
  ]),
  mapping(
    'reply-message-one-of',
    { result: 5, message: 'M', msg: 'N' },
    [{ response_message: 'M' }, { response_message: 'X' }],
    {
      finds: ['reply-message-one-of', 'reply-message-order'],
    },
  ),
  mapping('reply-message-order', { result: 5, message: 'M', msg: 'N' }, [
    { response_message: 'M' },
    { response_message: 'N' },
  ]),
  {
    rule: 'reply-zero-succeeds',
    accepts: closing(
      { result: 0, code: 'E' },
      decided(0, { response_code: 'E', vendor_response: { result: 0, code: 'E' } }),
    ),
    refuses: closing(
      { result: 0, code: 'E' },
      { ...decided(1), response_code: 'E', vendor_response: { result: 0, code: 'E' } },
    ),
  },
  {
    rule: 'reply-nonzero-fails',
    accepts: closing({ result: -256 }, decided(-256)),
    refuses: closing({ result: -256 }, decided(0)),
  },
  {
    rule: 'reply-nonzero-fails',
    case: 'lost',
    accepts: closing({ result: 512 }, decided(512)),
    refuses: closing({ result: 512 }, { status: 'TIMED_OUT' }),
    finds: ['lifecycle-deadline', 'lifecycle-deadline-from-acceptance', 'reply-nonzero-fails'],
  },
  mapping('reply-vendor-response', { result: 5 }, [{}, { vendor_response: '{"result":5}' }]),
  mapping('reply-vendor-preserves', { result: 5, x: { y: 1 } }, [{}, { vendor_response: { result: 5 } }], {
    finds: ['reply-vendor-exact', 'reply-vendor-preserves'],
  }),
  mapping('reply-vendor-exact', { result: 5 }, [{}, { vendor_response: { data: { result: '5' } } }]),
  {
    rule: 'reply-topic',
    accepts: [...sent, aReply(at(4, 2), 1, { result: 0 }, otherTopic), aRead(at(5, 3), 1, unfinished)],
    refuses: [...sent, aReply(at(4, 2), 1, { result: 0 }, otherTopic), aRead(at(5, 3), 1, decided(0))],
  },
  {
    rule: 'reply-malformed',
    accepts: [...sent, aReply(at(4, 2), 1, null), aReply(at(5, 3)), aRead(at(6, 4), 1, decided(0))],
    refuses: [...sent, aReply(at(4, 2), 1, null), aRead(at(6, 4), 1, decided(1))],
  },
  {
    rule: 'reply-malformed',
    case: 'a good one after it counts',
    accepts: [...sent, aReply(at(4, 2), 1, null), aReply(at(5, 3)), aRead(at(6, 4), 1, decided(0))],
    refuses: [...sent, aReply(at(4, 2), 1, null), aReply(at(5, 3)), aRead(at(6, 4), 1, unfinished)],
  },
  {
    rule: 'reply-without-result',
    accepts: [...sent, aReply(at(4, 2), 1, { result: '0' }), aRead(at(6, 4), 1, unfinished)],
    refuses: [...sent, aReply(at(4, 2), 1, { result: '0' }), aRead(at(6, 4), 1, decided(0))],
  },
]

const quick = { profile: { ...foreignProfile, slack_ms: 0 }, level: 'should' as const }

export const replyInnocents: readonly Innocent[] = [
  [
    'numbers of the vendor response as texts, elsewhere',
    closing(
      { result: 5, x: [1, { y: 2 }] },
      decided(5, { vendor_response: { raw: { result: '5', x: ['1', { y: '2' }] } } }),
    ),
    quick,
  ],
  [
    'a big code in another notation',
    closing(
      { result: 1, code: 2 ** 70 },
      decided(1, {
        response_code: '1180591620717411303424',
        vendor_response: { result: 1, code: '1180591620717411303424' },
      }),
    ),
    quick,
  ],
  [
    'any message of several',
    closing(
      { result: 1, message: 'M', description: 'D' },
      decided(1, { response_message: 'D', vendor_response: { result: 1, message: 'M' } }),
    ),
    quick,
  ],
  [
    'a message of its own where the dock gave none',
    closing({ result: 0 }, decided(0, { response_message: 'Success' })),
  ],
  [
    'a null code shown in some way',
    closing({ result: 1, code: null }, decided(1, { response_code: 'null' })),
    quick,
  ],
  [
    'empty things left out of the vendor response',
    closing({ result: 1, output: {}, a: null, b: [] }, decided(1)),
    quick,
  ],
  [
    'replies of two like commands in either order',
    [
      ...two,
      aReply(at(7, 2), 1, { result: 3 }),
      aReply(at(8, 2), 2, { result: 4 }),
      aRead(at(9, 3), 1, decided(3)),
      aRead(at(11, 3), 2, decided(4)),
    ],
  ],
  [
    'messages of two simultaneous commands that nobody can tell apart',
    [
      up,
      aCreate(at(1, 1), 1, { done: at(3, 1) }),
      aCreate(at(2, 1), 2, { done: at(4, 1) }),
      aService(at(5, 1), 2),
      aService(at(6, 1), 1),
      aReply(at(7, 2), 2, { result: 4 }),
      aReply(at(8, 2), 1, { result: 3 }),
      aRead(at(9, 3), 1, decided(4)),
      aRead(at(11, 3), 2, decided(3)),
    ],
  ],
  [
    'a code with a lone exponent',
    closing(
      { result: 1, code: 1e21 },
      decided(1, { response_code: '1000000000000000000000', vendor_response: { result: 1, code: '1e21' } }),
    ),
    quick,
  ],
  [
    'a second reply that contradicts at the same instant',
    [...sent, aReply(at(4, 2)), aReply(at(5, 2), 1, { result: 9 }), aRead(at(6, 3), 1, decided(9))],
    quick,
  ],
  ['an ordinary life', succeeded],
]
