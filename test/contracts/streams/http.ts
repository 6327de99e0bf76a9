import { foreignProfile } from '../../../contracts/index.ts'
import type { Observation } from '../../../contracts/index.ts'
import { aBroker, aCreate, aGateway, aService, refusal, start } from '../../support/observations.ts'
import type { ExchangeParts } from '../../support/observations.ts'
import type { Innocent, Row } from './row.ts'
import { at, succeeded, up } from './row.ts'

const refused = (code: string, status = 401): ExchangeParts => ({ status, body: refusal(code) })
const tampered = { signing: { kind: 'tampered' as const, what: 'key' } }
const nonce = (value: string): Readonly<Record<string, string>> => ({ 'x-api-nonce': value })
const stale = { 'x-api-timestamp': String(start / 1_000 - 600) }
const missing = { 'x-api-signature': undefined }

/** A create after a good one, refused as due, and let through. */
function second(rule: string, parts: ExchangeParts, due: ExchangeParts, more: Partial<Row> = {}): Row {
  return {
    rule,
    accepts: [...succeeded, aCreate(at(7, 10), 2, { ...parts, ...due })],
    refuses: [...succeeded, aCreate(at(7, 10), 2, parts), aService(at(9, 10), 2)],
    ...more,
  }
}

export const httpRows: readonly Row[] = [
  {
    rule: 'sign-accepts',
    accepts: succeeded,
    refuses: [up, aCreate(at(1, 1), 1, refused('SIGNATURE_INVALID'))],
  },
  second('sign-requires', { headers: missing, signing: { kind: 'unsigned' } }, refused('UNAUTHORIZED')),
  second('sign-refuses', tampered, refused('SIGNATURE_INVALID')),
  {
    rule: 'sign-refuses',
    case: 'nothing sent',
    accepts: [...succeeded, aCreate(at(7, 10), 2, { ...tampered, ...refused('SIGNATURE_INVALID') })],
    refuses: [
      ...succeeded,
      aCreate(at(7, 10), 2, { ...tampered, ...refused('SIGNATURE_INVALID') }),
      aService(at(9, 10), 2),
    ],
  },
  second('sign-window', { headers: stale }, refused('TIMESTAMP_EXPIRED')),
  second('sign-nonce', { headers: nonce('nonce-1') }, refused('NONCE_REPLAYED')),
  second(
    'sign-hex-case',
    { ...tampered, headers: { 'x-api-signature': 'AB'.repeat(32) } },
    refused('SIGNATURE_INVALID'),
  ),
  {
    rule: 'sign-bad-keeps-nonce',
    accepts: [
      ...succeeded,
      spoilt(),
      aCreate(at(9, 20), 3, { headers: nonce('n') }),
      aService(at(11, 20), 3),
    ],
    refuses: [
      ...succeeded,
      spoilt(),
      aCreate(at(9, 20), 3, { headers: nonce('n'), ...refused('NONCE_REPLAYED') }),
    ],
  },
  {
    rule: 'sign-bad-keeps-nonce',
    case: 'the signature is looked at first',
    accepts: [
      ...succeeded,
      aCreate(at(7, 10), 2, { ...tampered, requestText: '{', ...refused('SIGNATURE_INVALID') }),
    ],
    refuses: [
      ...succeeded,
      aCreate(at(7, 10), 2, { ...tampered, requestText: '{', ...refused('INVALID_REQUEST_BODY', 400) }),
    ],
  },
  answer(
    'error-envelope',
    409,
    { code: 'X', message: 'Y' },
    { finds: ['create-refuses-json', 'error-envelope'] },
  ),
  answer('error-no-500', 500, refusal('INTERNAL_ERROR'), { finds: ['create-refuses-json', 'error-no-500'] }),
  {
    rule: 'error-request-id-echo',
    accepts: [up, aCreate(at(1, 1), 1, { headers: { 'x-request-id': 'r-1' } }), ...succeeded.slice(2)],
    refuses: [up, aCreate(at(1, 1), 1, { headers: { 'x-request-id': 'mine' } }), ...succeeded.slice(2)],
  },
  answer('error-no-stack-trace', 400, {
    ...refusal('INVALID_REQUEST_BODY'),
    message: 'E\n    at f (/a/b.js:1:2)',
  }),
  answer('error-forbidden', 403, refusal('NO'), { accepts: [up, broken(403, refusal('FORBIDDEN'))] }),
  answer('error-payload-too-large', 413, refusal('NO'), {
    accepts: [up, broken(413, refusal('PAYLOAD_TOO_LARGE'), 'x'.repeat(5_000))],
    refuses: [up, broken(413, refusal('NO'), 'x'.repeat(5_000))],
  }),
  answer('error-rate-limited', 429, refusal('NO'), { accepts: [up, broken(429, refusal('RATE_LIMITED'))] }),
  {
    rule: 'error-unsupported-media-type',
    accepts: [
      up,
      aCreate(at(1, 1), 1, {
        headers: { 'content-type': 'text/plain' },
        ...refused('UNSUPPORTED_MEDIA_TYPE', 415),
      }),
    ],
    refuses: [up, aCreate(at(1, 1), 1, { headers: { 'content-type': 'text/plain' } }), ...succeeded.slice(2)],
  },
]

export const httpInnocents: readonly Innocent[] = [
  [
    'a nonce that was used before a restart',
    [
      up,
      aCreate(at(1, 1), 1, { headers: nonce('n') }),
      ...succeeded.slice(2),
      aGateway(at(8, 100), 'stopped'),
      aGateway(at(9, 200), 'ready'),
      aCreate(at(10, 300), 2, { headers: nonce('n') }),
      aService(at(12, 300), 2),
    ],
  ],
  [
    'a 503 while the broker is down',
    [up, aBroker(at(1, 1), 'down'), aCreate(at(2, 2), 1, refused('INTERNAL_ERROR', 503))],
  ],
  [
    'a timestamp between the limits',
    [
      ...succeeded,
      aCreate(at(7, 10), 2, {
        headers: { 'x-api-timestamp': String(start / 1_000 - 200) },
        ...refused('TIMESTAMP_EXPIRED'),
      }),
    ],
  ],
  [
    'copies of a signed request of which one wins',
    [
      up,
      aCreate(at(2, 1), 1, { headers: nonce('n'), ...refused('NONCE_REPLAYED'), done: at(3, 1) }),
      aCreate(at(1, 1), 1, { headers: nonce('n'), done: at(4, 1) }),
      aService(at(5, 1)),
    ],
  ],
  [
    'a header that says less than the harness thinks',
    [up, aCreate(at(1, 1), 1, { headers: { 'x-api-timestamp': 'yesterday' }, ...refused('UNAUTHORIZED') })],
  ],
  [
    'a refusal that quotes a trace from the request',
    [
      up,
      aCreate(at(1, 1), 1, {
        requestText: '{ node_modules',
        status: 400,
        body: { ...refusal('INVALID_REQUEST_BODY'), message: 'near node_modules' },
      }),
    ],
  ],
  [
    'a body that is wrong and a wrong signature, in either order',
    [
      ...succeeded,
      aCreate(at(7, 10), 2, { ...tampered, requestText: '{', ...refused('INVALID_REQUEST_BODY', 400) }),
    ],
    { level: 'should', profile: foreignProfile },
  ],
  [
    'an unknown API ID',
    [...succeeded, aCreate(at(7, 10), 2, { ...tampered, api_id: 'api-9', ...refused('UNAUTHORIZED') })],
  ],
]

function spoilt(): Observation {
  return aCreate(at(7, 10), 2, { ...tampered, headers: nonce('n'), ...refused('SIGNATURE_INVALID') })
}

function broken(status: number, body: ExchangeParts['body'], requestText = '{'): Observation {
  return aCreate(at(1, 1), 1, { requestText, status, text: JSON.stringify(body) })
}

/** An answer to a body that is no JSON, in place of the due one. */
function answer(rule: string, status: number, body: ExchangeParts['body'], more: Partial<Row> = {}): Row {
  return {
    rule,
    accepts: [up, broken(400, refusal('INVALID_REQUEST_BODY'))],
    refuses: [up, broken(status, body)],
    ...more,
  }
}
