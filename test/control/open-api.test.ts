import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { buildControlOpenApi } from '../../src/control/index.ts'
import { aDesk } from '../support/control-desk.ts'

interface Operation {
  readonly responses: Readonly<Record<string, object>>
  readonly requestBody?: object
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

const document = buildControlOpenApi('1.2.3') as unknown as Document

function validatorOf(path: string, method: string, of: string): (value: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema(document, 'document')
  const pointer = [path.replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D'), method, of].join(
    '/',
  )
  const fits = ajv.compile({ $ref: `document#/paths/${pointer}/content/application~1json/schema` })
  return (value) => fits(value)
}

describe('the description of the control API', () => {
  it('has the routes that there are, and no others', async () => {
    const { app } = await aDesk()
    await app.ready()
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => ({ path, method: method.toUpperCase() })),
    )

    const missing = described.filter(
      ({ path, method }) => !app.hasRoute({ method, url: path.replaceAll(/\{(\w+)\}/g, ':$1') }),
    )

    expect(missing).toEqual([])
    expect(described).toHaveLength(routesOf(app.printRoutes({ commonPrefix: false })))
  })

  it('is served', async () => {
    const { ask } = await aDesk()

    const { status, json } = await ask('GET', '/openapi.json')

    expect([status, json['paths']]).toEqual([200, document.paths])
  })

  it.each([
    ['GET', '/', '/', 200],
    ['GET', '/devices?limit=1', '/devices', 200],
    ['GET', '/devices/drone-001', '/devices/{name}', 200],
    ['GET', '/devices/drone-001/frames', '/devices/{name}/frames', 200],
    ['POST', '/devices/drone-001/reboot', '/devices/{name}/reboot', 202],
    ['GET', '/devices/drone-9', '/devices/{name}', 404],
    ['GET', '/scripts', '/scripts', 200],
  ])('is right about the answer to %s %s', async (method, url, path, status) => {
    const { rig, ask } = await aDesk()
    rig.script({ devices: { '*': { quirks: 'slow-dock' } } })

    const answer = await ask(method, url)

    const of = status === 404 ? undefined : `responses/${status}`
    expect(answer.status).toBe(status)
    expect(of === undefined || validatorOf(path, method.toLowerCase(), of)(answer.json)).toBe(true)
  })

  it.each([
    ['/devices', { count: 3, model: 'dock3', tags: ['north'], place: { latitude: 1, longitude: 2 } }],
    ['/devices/actions', { action: 'disconnect', how: 'cut', tag: 'north', share: '10%' }],
    ['/scripts', { fleet: [{ share: '10%', on: { drone_close: { reply: { result: 514_110 } } } }] }],
  ])('takes a right body of POST %s, and no misspelt one', (path, body) => {
    const fits = validatorOf(path, 'post', 'requestBody')

    expect([fits(body), fits({ ...body, nothing: 1 })]).toEqual([true, false])
  })
})

function routesOf(tree: string): number {
  return [...tree.matchAll(/\(([A-Z, ]+)\)/g)].flatMap(([, methods = '']) => methods.split(',')).length
}
