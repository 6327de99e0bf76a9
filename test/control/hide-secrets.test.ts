import { describe, expect, it } from 'vitest'
import { hideSecrets } from '../../src/control/hide-secrets.ts'

describe('hideSecrets', () => {
  it.each(['password', 'app_key', 'app_license', 'access_key_secret', 'security_token', 'device_secret'])(
    'hides %s, quotation marks in it too, at any depth',
    (field) => {
      const text = JSON.stringify({ a: [{ [field]: 'x"y\\', after: 1 }] })

      expect(JSON.parse(hideSecrets(text))).toEqual({ a: [{ [field]: '***', after: 1 }] })
    },
  )

  it('leaves alone what holds none, and what is empty', () => {
    const text = '{"device_secret":"","username":"u","passwords":"p"}'

    expect(hideSecrets(text)).toBe(text)
  })
})
