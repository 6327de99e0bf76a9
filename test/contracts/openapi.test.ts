import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { buildOpenApi, httpErrors, methods } from '../../contracts/index.ts'

const document = buildOpenApi({ version: '1.2.3', methods: methods(), errors: httpErrors })

describe('buildOpenApi', () => {
  it('accepts the example of every offered method as a payload', () => {
    const fits = validatorOf('CreateCommand')

    const refused = methods().filter(
      ({ name, example, offered }) => offered && !fits(aRequest(name, example)),
    )

    expect(refused).toEqual([])
  })

  it.each([
    ['a payload of another method', aRequest('drone_close', { action: 1 })],
    ['a method that is not offered', aRequest('esim_activate', { imei: '1', device_type: 'dock' })],
    ['a timeout beyond 300 seconds', { ...aRequest('drone_close', {}), timeout_seconds: 301 }],
    ['a misspelt field', { ...aRequest('drone_close', {}), timeout_second: 30 }],
  ])('refuses %s', (_, request) => {
    expect(validatorOf('CreateCommand')(request)).toBe(false)
  })

  it('describes every error code under its status', () => {
    const { components } = document as {
      readonly components: { readonly responses: Readonly<Record<string, unknown>> }
    }

    const missing = httpErrors.filter(
      ({ status, code }) => !JSON.stringify(components.responses[`Error${status}`]).includes(code),
    )

    expect(missing).toEqual([])
  })
})

function aRequest(command_type: string, payload: object): Record<string, unknown> {
  return { vendor: 'dji', device_id: 'drone-001', command_type, idempotency_key: 'key-1', payload }
}

function validatorOf(schema: string): (value: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  ajv.addSchema(document, 'document')
  const fits = ajv.compile({ $ref: `document#/components/schemas/${schema}` })
  return (value) => fits(value)
}
