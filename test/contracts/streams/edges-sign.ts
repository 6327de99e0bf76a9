import { referenceProfile } from '../../../contracts/index.ts'
import type { JsonObject } from '../../../contracts/index.ts'
import type { ExchangeParts } from '../../support/observations.ts'
import { aCreate, aRead, aService, decided, refusal, start } from '../../support/observations.ts'
import { refused } from './create.ts'
import type { Edges, Guilty, Innocent } from './row.ts'
import { at, quick, succeeded } from './row.ts'

const tampered = { signing: { kind: 'tampered', what: 'key' } } as const
const unsigned = { signing: { kind: 'unsigned' }, headers: { 'x-api-signature': undefined } } as const
const stamp = (seconds: number | string): Record<string, string> => ({
  'x-api-timestamp': typeof seconds === 'string' ? seconds : String(start / 1_000 + seconds),
})
const open = {
  profile: { ...referenceProfile, signing: { ...referenceProfile.signing, reads: 'open' } },
} as const
const no = (code: string): ExchangeParts => refused(code, 401)
const odd = { idempotency_key: 'ké' }
const spoilt = aCreate(at(7, 10), 2, {
  ...tampered,
  headers: { 'x-api-nonce': 'n' },
  ...no('SIGNATURE_INVALID'),
})

function second(name: string, parts: ExchangeParts, options?: Innocent[2]): Innocent {
  const sent = parts.status === undefined ? [aService(at(9, 1_000), 2)] : []
  return [name, [...succeeded, aCreate(at(7, 1_000), 2, parts), ...sent], options]
}

function wrong(name: string, parts: ExchangeParts, ...finds: readonly string[]): Guilty {
  const sent = parts.status === undefined ? [aService(at(9, 1_000), 2)] : []
  return [name, [...succeeded, aCreate(at(7, 1_000), 2, parts), ...sent], finds]
}

function read(parts: ExchangeParts, shown: JsonObject = {}): Innocent[1] {
  return [...succeeded, aRead(at(7, 9), 1, shown, parts)]
}

/** Signatures that are nearly right, and what else is wrong beside them. */
export const signEdges: Edges = {
  innocents: [
    ['an unsigned call of another kind', read({ ...unsigned, path: '/api/v1/open/devices', status: 404 })],
    second(
      'an unusual key and a wrong signature',
      { ...tampered, request: odd, ...refused('VALIDATION_FAILED') },
      quick,
    ),
    second(
      'an unknown device and a wrong signature',
      { ...tampered, request: { device_id: 'nowhere' }, ...refused('DEVICE_NOT_FOUND', 404) },
      quick,
    ),
    second(
      'a long time and a wrong signature',
      { ...tampered, request: { timeout_seconds: 301 }, ...refused('VALIDATION_FAILED') },
      quick,
    ),
    second('an old timestamp and a wrong signature', {
      ...tampered,
      headers: stamp(-200),
      ...no('TIMESTAMP_EXPIRED'),
    }),
    second('an empty nonce and a wrong signature', {
      ...tampered,
      headers: { 'x-api-nonce': '' },
      ...no('UNAUTHORIZED'),
    }),
    second('an empty signature', { ...tampered, headers: { 'x-api-signature': '' }, ...no('UNAUTHORIZED') }),
    second('a timestamp with a letter before it and a wrong signature', {
      ...tampered,
      headers: stamp('x1767225601'),
      ...no('UNAUTHORIZED'),
    }),
    second('a timestamp with a letter after it and a wrong signature', {
      ...tampered,
      headers: stamp('1767225601x'),
      ...no('UNAUTHORIZED'),
    }),
    second('a used nonce and a wrong signature', {
      ...tampered,
      headers: { 'x-api-nonce': 'nonce-1' },
      ...no('NONCE_REPLAYED'),
    }),
    second("an API ID in the header that is not the signer's", {
      api_id: 'api-9',
      signing: { kind: 'valid', api_id: 'api-1' },
      ...no('UNAUTHORIZED'),
    }),
    second('a nonce that is empty', { headers: { 'x-api-nonce': '' }, ...no('UNAUTHORIZED') }),
    second('a signature that is short', { headers: { 'x-api-signature': 'ab' }, ...no('SIGNATURE_INVALID') }),
    second('a signature that is long', {
      headers: { 'x-api-signature': 'ab'.repeat(33) },
      ...no('SIGNATURE_INVALID'),
    }),
    second('headers of a request that is not signed', {
      signing: { kind: 'unsigned' },
      ...no('SIGNATURE_INVALID'),
    }),
    second('a timestamp a minute early', { headers: stamp(-60) }),
    second('a timestamp a minute late', { headers: stamp(62) }),
    second('a timestamp near the far limit', { headers: stamp(-597), ...no('TIMESTAMP_EXPIRED') }),
    second('a timestamp with a letter', { headers: stamp('1767225601x'), ...no('UNAUTHORIZED') }),
    [
      'a spared nonce that comes too fast',
      [
        ...succeeded,
        spoilt,
        aCreate(at(9, 20), 3, { headers: { 'x-api-nonce': 'n' }, ...refused('RATE_LIMITED', 429) }),
      ],
    ],
    ['a wrongly signed read that finds nothing', read({ ...tampered, status: 404 }), quick],
    ['an unsigned read that finds nothing', read({ ...unsigned, status: 404 }), quick],
    [
      'a wrongly signed read that finds nothing, where reads are open',
      read({ ...tampered, status: 404 }),
      open,
    ],
    [
      'a wrongly signed body that is too large',
      [...succeeded, aCreate(at(7, 10), 2, { ...tampered, ...refused('PAYLOAD_TOO_LARGE', 413) })],
    ],
  ],
  guilty: [
    ['refusing a signed read', read({ status: 401, body: refusal('SIGNATURE_INVALID') }), ['sign-accepts']],
    ['letting a wrongly signed read pass', read({ ...tampered }, decided(0)), ['sign-reads']],
    wrong(
      'calling a timestamp old that is not',
      { ...tampered, headers: stamp(-60), ...no('TIMESTAMP_EXPIRED') },
      'sign-refuses',
    ),
    wrong('calling a known API ID unknown', { ...tampered, ...no('UNAUTHORIZED') }, 'sign-refuses'),
    wrong(
      'refusing a signature with another status',
      { ...tampered, ...refused('SIGNATURE_INVALID') },
      'sign-refuses',
    ),
    wrong(
      'refusing a signature without a word',
      { ...tampered, status: 401, text: 'no' },
      'error-envelope',
      'sign-refuses',
    ),
    wrong('letting an unknown API ID pass', { ...tampered, api_id: 'api-9' }, 'sign-refuses'),
    wrong(
      'looking at the body before the missing headers',
      { ...unsigned, requestText: '{', ...refused('INVALID_REQUEST_BODY') },
      'sign-bad-keeps-nonce',
    ),
    wrong(
      'looking at the body before the timestamp',
      { headers: stamp(-600), requestText: '{', ...refused('INVALID_REQUEST_BODY') },
      'sign-bad-keeps-nonce',
    ),
    wrong(
      'looking at the body before the nonce',
      { headers: { 'x-api-nonce': 'nonce-1' }, requestText: '{', ...refused('INVALID_REQUEST_BODY') },
      'sign-bad-keeps-nonce',
    ),
    wrong(
      'refusing signature and body with a code of its own',
      { ...tampered, requestText: '{', ...no('ANY') },
      'sign-bad-keeps-nonce',
    ),
    wrong(
      'refusing signature and body with another status',
      { ...tampered, requestText: '{', ...refused('SIGNATURE_INVALID') },
      'sign-bad-keeps-nonce',
    ),
    wrong(
      'looking at the body of an unknown API ID first',
      { ...tampered, api_id: 'api-9', requestText: '{', ...refused('INVALID_REQUEST_BODY') },
      'sign-bad-keeps-nonce',
    ),
    wrong(
      'letting a body pass that is wrong, with a wrong signature',
      { ...tampered, request: { timeout_seconds: 301 } },
      'sign-bad-keeps-nonce',
      'sign-refuses',
    ),
    wrong(
      'refusing a timestamp a minute old',
      { headers: stamp(-60), ...no('TIMESTAMP_EXPIRED') },
      'sign-accepts',
    ),
    wrong(
      'refusing an upper-case signature for its key',
      { ...tampered, headers: { 'x-api-signature': 'AB'.repeat(32) }, ...no('ANY') },
      'sign-hex-case',
    ),
  ],
}
