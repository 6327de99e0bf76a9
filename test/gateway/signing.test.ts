import { describe, expect, it } from 'vitest'
import { defaultHeaders } from '../../contracts/index.ts'
import type { Call } from '../support/gateway-world.ts'
import { aCreate, commandsPath, credential, openWorld } from '../support/gateway-world.ts'

const now = Date.UTC(2026, 0, 1) / 1000

describe('a signed call', () => {
  it.each<[string, Partial<Call>]>([
    ['as it should be', {}],
    ['with characters outside ASCII', { body: aCreate({ idempotency_key: '键-é-🚁' }) }],
    ['with a query', { target: `${commandsPath}?b=2&a=%20x&a=+y` }],
    ['60 s early', { sign: { timestamp: now - 60 } }],
    ['60 s late', { sign: { timestamp: now + 60 } }],
    ['at the edge of the window', { sign: { timestamp: now - 300 } }],
    ['with a very long nonce', { sign: { nonce: 'n'.repeat(5000) } }],
  ])('is accepted %s', async (_title, change) => {
    const world = await openWorld()

    expect((await world.call({ ...aCall(), ...change })).status).toBe(202)
  })

  it.each<[string, Partial<Call>, string]>([
    ['without any signing header', { sign: false }, 'UNAUTHORIZED'],
    ['without API ID', { headers: { [defaultHeaders.api_id]: '' } }, 'UNAUTHORIZED'],
    ['without timestamp', { headers: { [defaultHeaders.timestamp]: '' } }, 'UNAUTHORIZED'],
    ['without nonce', { headers: { [defaultHeaders.nonce]: '' } }, 'UNAUTHORIZED'],
    ['without signature', { headers: { [defaultHeaders.signature]: '' } }, 'UNAUTHORIZED'],
    ['of an unknown API ID', { by: { api_id: 'stranger', api_key: 'key-1' } }, 'UNAUTHORIZED'],
    ['of a property of all objects', { by: { api_id: '__proto__', api_key: 'key-1' } }, 'UNAUTHORIZED'],
    ['with another key', { by: { ...credential, api_key: 'key-2' } }, 'SIGNATURE_INVALID'],
    ['with another body', { sign: { body: '{}' } }, 'SIGNATURE_INVALID'],
    ['with another method', { sign: { method: 'GET' } }, 'SIGNATURE_INVALID'],
    ['with another path', { sign: { target: `${commandsPath}/` } }, 'SIGNATURE_INVALID'],
    ['with another query', { sign: { target: `${commandsPath}?a=1` } }, 'SIGNATURE_INVALID'],
    ['with another nonce', { headers: { [defaultHeaders.nonce]: 'other' } }, 'SIGNATURE_INVALID'],
    [
      'with another timestamp',
      { headers: { [defaultHeaders.timestamp]: String(now + 1) } },
      'SIGNATURE_INVALID',
    ],
    [
      'with a signature of zeros',
      { headers: { [defaultHeaders.signature]: '0'.repeat(64) } },
      'SIGNATURE_INVALID',
    ],
    [
      'with a signature that is too short',
      { headers: { [defaultHeaders.signature]: 'ab' } },
      'SIGNATURE_INVALID',
    ],
    ['600 s early', { sign: { timestamp: now - 600 } }, 'TIMESTAMP_EXPIRED'],
    ['600 s late', { sign: { timestamp: now + 600 } }, 'TIMESTAMP_EXPIRED'],
    ['one second outside the window', { sign: { timestamp: now + 301 } }, 'TIMESTAMP_EXPIRED'],
    ['with a timestamp in milliseconds', { sign: { timestamp: now * 1000 } }, 'TIMESTAMP_EXPIRED'],
    ['with a timestamp that is a word', { sign: { timestamp: 'yesterday' } }, 'TIMESTAMP_EXPIRED'],
    ['with a negative timestamp', { sign: { timestamp: '-1' } }, 'TIMESTAMP_EXPIRED'],
  ])('is refused %s', async (_title, change, code) => {
    const world = await openWorld()

    const { status, body } = await world.call({ ...aCall(), ...change })

    expect({ status, code: body['code'] }).toEqual({ status: 401, code })
    expect(world.services()).toEqual([])
  })

  it('is refused when its signature is in upper case', async () => {
    const world = await openWorld()
    let signature = ''
    const spied = await openWorld({
      parts: {
        sameSignature(_given, expected) {
          signature = expected
          return true
        },
      },
    })
    await spied.call({ ...aCall(), sign: { nonce: 'n' } })

    const headers = { [defaultHeaders.signature]: signature.toUpperCase() }
    const refused = await world.call({ ...aCall(), sign: { nonce: 'n' }, headers })
    const accepted = await world.call({ ...aCall(), sign: { nonce: 'n' } })

    expect(refused.body).toMatchObject({ code: 'SIGNATURE_INVALID' })
    expect(accepted.status).toBe(202)
  })

  it('also reads', async () => {
    const world = await openWorld()
    const closing = await world.command()

    const unsigned = await world.call({ target: `${commandsPath}/${closing.id}`, sign: false })

    expect(unsigned).toMatchObject({ status: 401, body: { code: 'UNAUTHORIZED' } })
  })
})

describe('a refusal', () => {
  it.each<[string, Partial<Call>, string]>([
    ['no signing headers', { sign: false }, 'The signing headers are missing or incomplete.'],
    [
      'no API ID',
      { headers: { [defaultHeaders.api_id]: '' } },
      'The signing headers are missing or incomplete.',
    ],
    ['an unknown API ID', { by: { api_id: 'stranger', api_key: 'key-1' } }, 'The API ID is unknown.'],
    ['another key', { by: { ...credential, api_key: 'key-2' } }, 'The signature does not match the request.'],
    [
      'an old timestamp',
      { sign: { timestamp: now - 600 } },
      "The timestamp is not within 300 s of the server's time.",
    ],
  ])('says what is wrong with %s', async (_title, change, message) => {
    const world = await openWorld()

    expect((await world.call({ ...aCall(), ...change })).body).toMatchObject({ message })
  })

  it('says that a nonce was used', async () => {
    const world = await openWorld()
    await world.call({ ...aCall(), sign: { nonce: 'n' } })

    const { body } = await world.call({ ...aCall(), sign: { nonce: 'n' } })

    expect(body).toMatchObject({ message: 'The nonce was used before.' })
  })
})

describe('a nonce', () => {
  it('serves once, for creates and reads together', async () => {
    const world = await openWorld()
    await world.call({ ...aCall(), sign: { nonce: 'n' } })

    const again = await world.call({ ...aCall(), sign: { nonce: 'n' } })
    const read = await world.call({ target: `${commandsPath}/x`, sign: { nonce: 'n' } })

    expect([again.body['code'], read.body['code']]).toEqual(['NONCE_REPLAYED', 'NONCE_REPLAYED'])
  })

  it('may be used by two API IDs', async () => {
    const world = await openWorld()
    await world.call({ ...aCall(), sign: { nonce: 'n' } })

    const other = await world.call({
      ...aCall(),
      by: { api_id: 'client-2', api_key: 'key-2' },
      sign: { nonce: 'n' },
    })

    expect(other.status).toBe(202)
  })

  it.each<[string, Partial<Call>]>([
    ['a wrong signature', { headers: { [defaultHeaders.signature]: '0'.repeat(64) } }],
    ['an expired timestamp', { sign: { nonce: 'n', timestamp: now - 600 } }],
  ])('is not used up by %s', async (_title, change) => {
    const world = await openWorld()
    await world.call({ ...aCall(), sign: { nonce: 'n' }, ...change })

    expect((await world.call({ ...aCall(), sign: { nonce: 'n' } })).status).toBe(202)
  })

  it('is used up by a body that is refused', async () => {
    const world = await openWorld()
    await world.call({ ...aCall(), body: '{', sign: { nonce: 'n' } })

    expect((await world.call({ ...aCall(), sign: { nonce: 'n' } })).body).toMatchObject({
      code: 'NONCE_REPLAYED',
    })
  })

  it('is refused for as long as its timestamp is accepted', async () => {
    const world = await openWorld()
    const late = { nonce: 'n', timestamp: now + 300 }
    await world.call({ ...aCall(), sign: late })
    await world.pass(600_000)

    expect((await world.call({ ...aCall(), sign: late })).body).toMatchObject({ code: 'NONCE_REPLAYED' })
  })
})

describe('the signing lines', () => {
  it('are those of the configuration', async () => {
    const world = await openWorld({ signing: { lines: ['{nonce}'], reads: 'signed', window_seconds: 300 } })

    expect((await world.create()).body).toMatchObject({ code: 'SIGNATURE_INVALID' })
  })

  it('are refused at the start when they name an unknown part', async () => {
    const opening = openWorld({ signing: { lines: ['{body md5}'], reads: 'signed', window_seconds: 300 } })

    await expect(opening).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
  })
})

function aCall(): Call {
  return { method: 'POST', target: commandsPath, body: aCreate() }
}
