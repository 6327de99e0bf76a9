import { referenceProfile } from '../../../contracts/index.ts'
import { aRead, decided, refusal } from '../../support/observations.ts'
import type { Innocent, Row } from './row.ts'
import { at, closing, sent, succeeded, up } from './row.ts'

const openReads = {
  profile: { ...referenceProfile, signing: { ...referenceProfile.signing, reads: 'open' as const } },
}

const unsignedHeaders = {
  'x-api-id': undefined,
  'x-api-timestamp': undefined,
  'x-api-nonce': undefined,
  'x-api-signature': undefined,
}
const unsigned = { headers: unsignedHeaders }

export const queryRows: readonly Row[] = [
  {
    rule: 'query-shows-command',
    accepts: succeeded,
    refuses: [...sent, aRead(at(5, 1), 1, { device_id: 'drone-002' })],
  },
  {
    rule: 'query-shows-command',
    case: 'not found',
    accepts: succeeded,
    refuses: [...sent, aRead(at(5, 1), 1, {}, { status: 404 })],
  },
  {
    rule: 'query-status-enum',
    accepts: succeeded,
    refuses: [...sent, aRead(at(5, 1), 1, { status: 'DONE' })],
  },
  {
    rule: 'query-response-fields',
    accepts: succeeded,
    refuses: closing({ result: 0 }, { ...decided(0), response_code: null }),
  },
  {
    rule: 'query-response-fields',
    case: 'a message that is known',
    accepts: closing(
      { result: 0, message: 'Done' },
      { ...decided(0), response_message: 'Done', vendor_response: { result: 0, message: 'Done' } },
    ),
    refuses: closing(
      { result: 0, message: 'Done' },
      { ...decided(0), vendor_response: { result: 0, message: 'Done' } },
    ),
    finds: ['query-response-fields', 'reply-message-message'],
  },
  {
    rule: 'query-unknown-id',
    accepts: [up, aRead(at(1, 1), 7, {}, { status: 404 })],
    refuses: [up, aRead(at(1, 1), 7, {}, { status: 404, body: refusal('NOT_FOUND') })],
  },
  {
    rule: 'query-timestamps',
    accepts: succeeded,
    refuses: [...sent, aRead(at(5, 1), 1, { updated_at: undefined })],
  },
  {
    rule: 'query-own-commands',
    accepts: [...succeeded, aRead(at(7, 9), 1, {}, { api_id: 'api-2', status: 404 })],
    refuses: [...succeeded, aRead(at(7, 9), 1, decided(0), { api_id: 'api-2' })],
  },
  {
    rule: 'sign-reads',
    accepts: [
      ...succeeded,
      aRead(
        at(7, 9),
        1,
        {},
        { signing: { kind: 'unsigned' }, ...unsigned, status: 401, body: refusal('UNAUTHORIZED') },
      ),
    ],
    refuses: [...succeeded, aRead(at(7, 9), 1, decided(0), { signing: { kind: 'unsigned' }, ...unsigned })],
  },
]

export const queryInnocents: readonly Innocent[] = [
  [
    'an unsigned read where reads are open',
    [...succeeded, aRead(at(7, 9), 1, decided(0), { signing: { kind: 'unsigned' }, ...unsigned })],
    openReads,
  ],
  [
    'a read of an id that is none',
    [
      up,
      aRead(
        at(1, 1),
        1,
        {},
        { path: '/api/v1/open/downlink/commands/x', status: 400, body: refusal('VALIDATION_FAILED') },
      ),
    ],
  ],
  [
    'what is not known as null, an empty text or an empty object',
    [
      ...sent,
      aRead(at(5, 1), 1, {
        status: 'ACCEPTED',
        response_code: null,
        response_message: '',
        vendor_response: {},
      }),
    ],
  ],
]
