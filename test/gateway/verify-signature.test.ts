import { describe, expect, it } from 'vitest'
import { canonicalString, defaultHeaders, defaultSigning, signRequest } from '../../contracts/index.ts'
import type { NonceVerdict } from '../../src/gateway/nonce-memory.ts'
import { isInWindow, sameSignature, verifySignature } from '../../src/gateway/signing.ts'
import { credential } from '../support/gateway-world.ts'

const now = Date.UTC(2026, 0, 1) / 1000

describe('verifySignature', () => {
  it.each<[NonceVerdict, object]>([
    ['fresh', { kind: 'accepted', credential: { ...credential, scopes: [] } }],
    ['replayed', { kind: 'refused', code: 'NONCE_REPLAYED', message: 'The nonce was used before.' }],
    [
      'forgotten',
      {
        kind: 'refused',
        code: 'TIMESTAMP_EXPIRED',
        message: 'Too many requests have come since that timestamp; sign it anew.',
      },
    ],
  ])('goes by what the memory says of a nonce: %s', async (used, expected) => {
    const asked: unknown[] = []
    const request = {
      method: 'GET',
      target: '/x',
      body: '',
      nonce: 'n',
      timestamp: String(now),
      api_id: 'client-1',
    }
    const headers = signRequest({ ...request, api_key: 'key-1' }, defaultSigning, defaultHeaders)

    const verdict = await verifySignature(
      { ...request, body: Buffer.alloc(0), signature: headers[defaultHeaders.signature] },
      {
        spec: defaultSigning,
        credentials: new Map([['client-1', { ...credential, scopes: [] }]]),
        nonces: {
          use(use) {
            asked.push(use)
            return used
          },
        },
        now: now * 1000 + 999,
        checks: { canonical: canonicalString, sameSignature, isInWindow },
      },
    )

    expect(verdict).toEqual(expected)
    expect(asked).toEqual([{ api_id: 'client-1', nonce: 'n', timestamp: now, now }])
  })
})

describe('a signature, to the letter', () => {
  const right = 'ab'.repeat(32)

  it.each([`0${right}`, `${right}0`, ` ${right}`, `${right}\n`, right.toUpperCase(), ''])(
    'is not %j',
    (given) => {
      expect(sameSignature(given, right)).toBe(false)
    },
  )

  it.each([` ${now}`, `${now} `, `+${now}`, '1e9', '', '1767225600000'])(
    'has no timestamp like %j',
    (timestamp) => {
      expect(isInWindow(timestamp, now * 1000, 300)).toBe(false)
    },
  )
})
