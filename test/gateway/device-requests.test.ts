import { describe, expect, it } from 'vitest'
import type { Answer, World } from '../support/gateway-world.ts'
import { basePath, openWorld } from '../support/gateway-world.ts'

const path = `${basePath}/device-requests`

describe('an automatic answer', () => {
  it.each<[string, unknown, unknown]>([
    [
      'config',
      { config_type: 'json', config_scope: 'product' },
      { ntp_server_host: expect.any(String), app_id: expect.any(String) },
    ],
    [
      'airport_bind_status',
      { devices: [{ sn: 'DOCK001' }, { sn: 'AIR001' }] },
      {
        result: 0,
        output: {
          bind_status: [
            { sn: 'DOCK001', is_device_bind_organization: true, organization_id: expect.any(String) },
            { sn: 'AIR001', is_device_bind_organization: true, device_callsign: 'drone-001' },
          ],
        },
      },
    ],
    [
      'airport_organization_get',
      { device_binding_code: 'c' },
      { result: 0, output: { organization_name: expect.any(String) } },
    ],
    [
      'airport_organization_bind',
      { bind_devices: [{ sn: 'DOCK001' }] },
      { result: 0, output: { err_infos: [{ sn: 'DOCK001', err_code: 0 }] } },
    ],
    [
      'storage_config_get',
      { module: 0 },
      { result: 0, output: { bucket: expect.any(String), credentials: { expire: 3600 } } },
    ],
    [
      'flighttask_resource_get',
      { flight_id: 'f 1' },
      {
        result: 0,
        output: {
          file: {
            url: expect.stringContaining('f%201'),
            fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
          },
        },
      },
    ],
    [
      'flighttask_progress_get',
      { flight_id: 'f' },
      { result: 0, output: { flight_id: 'f', progress: { percent: 0 } } },
    ],
    ['flight_areas_get', null, { result: 0, output: { files: [] } }],
    ['offline_map_get', {}, { result: 0, output: { files: [] } }],
    ['an_invented_request', {}, { result: 1 }],
    ['constructor', {}, { result: 1 }],
    ['airport_bind_status', { devices: 'nonsense' }, { result: 0, output: { bind_status: [] } }],
  ])('to %s has the documented shape', async (method, data, answer) => {
    const world = await openWorld()

    await ask(world, { method, data })

    expect(world.link.sentTo('requests_reply')).toMatchObject([
      {
        topic: 'thing/product/DOCK001/requests_reply',
        message: { tid: 'r-1', bid: 'b-1', method, data: answer },
      },
    ])
  })

  it('is not given where it could not be found again', async () => {
    const world = await openWorld()

    await ask(world, { tid: undefined })
    await ask(world, { method: undefined })

    expect(world.link.sentTo('requests_reply')).toEqual([])
  })

  it('is recorded with its request', async () => {
    const world = await openWorld()
    await ask(world, {})

    expect((await list(world)).body['items']).toMatchObject([
      {
        status: 'ANSWERED',
        vendor: 'dji',
        device_id: 'drone-001',
        request_type: 'flight_areas_get',
        reply: { result: 0 },
      },
    ])
  })
})

describe('the list of device requests', () => {
  it.each<[string, readonly string[]]>([
    ['', ['config', 'flight_areas_get']],
    ['?request_type=config', ['config']],
    ['?device_id=drone-001', ['flight_areas_get']],
    ['?vendor=dji', ['config', 'flight_areas_get']],
    ['?vendor=acme', []],
    ['?vendor=dji&device_id=drone-002&request_type=config', ['config']],
  ])('shows with the filter "%s" what passes, newest first', async (query, types) => {
    const world = await openWorld({ requests: 'manual' })
    await ask(world, {})
    await ask(world, { method: 'config' }, 'DOCK002')

    const { body } = await list(world, query)

    expect((body['items'] as { request_type: string }[]).map((item) => item.request_type)).toEqual(types)
  })

  it('is signed', async () => {
    const world = await openWorld()

    expect((await world.call({ target: path, sign: false })).status).toBe(401)
  })
})

describe('a request that is held', () => {
  it('waits, shows itself, and is answered by hand', async () => {
    const world = await openWorld({ requests: 'manual' })
    const id = await held(world)
    const before = await world.call({ target: `${path}/${id}` })

    const answer = await reply(world, id, { reply_code: 0, payload: { files: [] } })

    expect(before).toMatchObject({ status: 200, body: { id, status: 'PENDING', payload: null } })
    expect(answer).toMatchObject({
      status: 202,
      body: { id, status: 'ANSWERED', request_id: expect.any(String) },
    })
    expect(world.link.sentTo('requests_reply')).toMatchObject([
      {
        message: {
          tid: 'r-1',
          bid: 'b-1',
          method: 'flight_areas_get',
          data: { result: 0, output: { files: [] } },
        },
      },
    ])
  })

  it('is answered with a code and a message', async () => {
    const world = await openWorld({ requests: 'manual' })
    const id = await held(world)

    await reply(world, id, { reply_code: 319, reply_message: 'No', payload: {} })

    expect(world.link.sentTo('requests_reply')[0]?.message['data']).toEqual({
      result: 319,
      message: 'No',
      output: {},
    })
  })

  it('is answered without a wrapper when it is config', async () => {
    const world = await openWorld({ requests: 'manual' })
    const id = await held(world, { method: 'config' })

    await reply(world, id, { reply_code: 0, payload: { app_id: '1' } })

    expect(world.link.sentTo('requests_reply')[0]?.message['data']).toEqual({ app_id: '1' })
  })

  it('is answered once', async () => {
    const world = await openWorld({ requests: 'manual' })
    const id = await held(world)
    await reply(world, id, { reply_code: 0 })

    const again = await reply(world, id, { reply_code: 1 })

    expect(again).toMatchObject({ status: 409, body: { code: 'DEVICE_REQUEST_ANSWERED' } })
    expect(world.link.sentTo('requests_reply')).toHaveLength(1)
  })

  it('can be answered again when the broker could not be reached', async () => {
    const world = await openWorld({ requests: 'manual' })
    const id = await held(world)
    world.link.lose()

    const refused = await reply(world, id, { reply_code: 0 })
    world.link.comeBack()

    expect(refused).toMatchObject({ status: 503, body: { code: 'SERVICE_UNAVAILABLE' } })
    expect((await reply(world, id, { reply_code: 0 })).status).toBe(202)
  })

  it.each<[string, unknown]>([
    ['a list', []],
    ['no code', { payload: {} }],
    ['a code in a text', { reply_code: '0' }],
    ['a fraction as code', { reply_code: 0.5 }],
    ['a message that is none', { reply_code: 0, reply_message: 5 }],
    ['a payload that is a list', { reply_code: 0, payload: [] }],
  ])('is not answered with %s', async (_title, body) => {
    const world = await openWorld({ requests: 'manual' })
    const id = await held(world)

    expect(await reply(world, id, body)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
  })

  it('cannot be found under another id', async () => {
    const world = await openWorld({ requests: 'manual' })

    const answers = [
      await world.call({ target: `${path}/none` }),
      await reply(world, 'none', { reply_code: 0 }),
    ]

    expect(answers).toMatchObject([
      { status: 404, body: { code: 'DEVICE_REQUEST_NOT_FOUND' } },
      { status: 404, body: { code: 'DEVICE_REQUEST_NOT_FOUND' } },
    ])
  })
})

async function ask(world: World, fields: Readonly<Record<string, unknown>>, sn = 'DOCK001'): Promise<void> {
  const message = { tid: 'r-1', bid: 'b-1', timestamp: 1, method: 'flight_areas_get', data: null, ...fields }
  await world.deliver(`thing/product/${sn}/requests`, message)
}

async function list(world: World, query = ''): Promise<Answer> {
  return await world.call({ target: `${path}${query}` })
}

async function held(world: World, fields: Readonly<Record<string, unknown>> = {}): Promise<string> {
  await ask(world, fields)
  const [item] = (await list(world)).body['items'] as { id: string }[]
  return item?.id ?? ''
}

async function reply(world: World, id: string, body: unknown): Promise<Answer> {
  return await world.call({ method: 'POST', target: `${path}/${id}/reply`, body })
}
