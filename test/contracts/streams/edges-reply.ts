import type { JsonObject } from '../../../contracts/index.ts'
import { aRead, aReply, decided } from '../../support/observations.ts'
import type { Edges, Guilty, Innocent } from './row.ts'
import { at, closing, quick, sent } from './row.ts'

/** What a read shows of a reply, with something changed. */
function shown(name: string, data: JsonObject, change: JsonObject, options?: Innocent[2]): Innocent {
  return [
    name,
    closing(data, { ...decided(Number(data['result'])), vendor_response: data, ...change }),
    options,
  ]
}

function wrong(name: string, data: JsonObject, change: JsonObject, ...finds: readonly string[]): Guilty {
  return [name, shown(name, data, change)[1], finds]
}

const texts = { result: 5, message: 'M', msg: 'N' }

/** What is shown of a reply, to the letter. */
export const replyEdges: Edges = {
  innocents: [
    shown('an empty code as nothing', { result: 5, code: '' }, { response_code: null }),
    shown(
      'an empty message of several as nothing',
      { result: 5, message: '', msg: 'N' },
      { response_message: null },
    ),
    shown('messages that are no texts as nothing', { result: 5, message: 5, msg: {} }, {}),
    [
      'two replies at once of which the second is shown',
      [
        ...sent,
        aReply(at(4, 2), 1, { result: 3 }),
        aReply(at(5, 2), 1, { result: 4 }),
        aRead(at(6, 3), 1, decided(4)),
      ],
      quick,
    ],
    [
      'two replies at once of which the first is shown',
      [
        ...sent,
        aReply(at(4, 2), 1, { result: 3 }),
        aReply(at(5, 2), 1, { result: 4 }),
        aRead(at(6, 3), 1, decided(3)),
      ],
      quick,
    ],
    shown('a code as a number with a zero', { result: 5, code: 7 }, { response_code: '7.0' }, quick),
  ],
  guilty: [
    wrong(
      'showing a null code as an empty text',
      { result: 5, code: null },
      { response_code: '' },
      'reply-code-null-absent',
    ),
    wrong(
      'showing a null code as nothing',
      { result: 5, code: null },
      { response_code: null },
      'reply-code-null-absent',
    ),
    wrong(
      'showing a code with a blank',
      { result: 5, code: 'BUSY' },
      { response_code: 'BUSY ' },
      'reply-code-prefers-code',
    ),
    wrong(
      'showing no vendor response',
      { result: 5 },
      { vendor_response: {} },
      'query-response-fields',
      'reply-vendor-exact',
    ),
    wrong(
      'showing null as the vendor response',
      { result: 5 },
      { vendor_response: null },
      'query-response-fields',
    ),
    wrong(
      'showing an empty text as the vendor response',
      { result: 5 },
      { vendor_response: '' },
      'query-response-fields',
    ),
    wrong(
      'leaving the vendor response out',
      { result: 5 },
      { vendor_response: undefined },
      'query-response-fields',
    ),
    wrong('showing a number as the message', { result: 5 }, { response_message: 5 }, 'query-response-fields'),
    wrong('leaving the code out', { result: 5 }, { response_code: undefined }, 'query-response-fields'),
    wrong(
      'showing neither code nor vendor response',
      { result: 5 },
      { response_code: null, vendor_response: null },
      'query-response-fields',
    ),
    wrong(
      'showing none of several messages',
      texts,
      { response_message: null },
      'query-response-fields',
      'reply-message-one-of',
      'reply-message-order',
    ),
    wrong(
      'showing the second message, with the first empty',
      { result: 5, message: '', msg: 'N' },
      { response_message: 'N' },
      'reply-message-order',
    ),
    wrong(
      'losing two fields',
      { result: 5, x: 1, y: 2 },
      { vendor_response: { result: 5 } },
      'reply-vendor-exact',
      'reply-vendor-preserves',
    ),
    wrong(
      'showing a list as the vendor response',
      { result: 5 },
      { vendor_response: [{ result: 5 }] },
      'reply-vendor-response',
    ),
    [
      'showing neither of two replies at once',
      [
        ...sent,
        aReply(at(4, 2), 1, { result: 3 }),
        aReply(at(5, 2), 1, { result: 4 }),
        aRead(at(6, 3), 1, decided(5)),
      ],
      ['reply-code-falls-to-result', 'reply-vendor-exact', 'reply-vendor-preserves'],
      quick,
    ],
  ],
}
