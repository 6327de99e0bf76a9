import { describe, expect, it } from 'vitest'
import type { DockRig } from '../../src/index.ts'
import { aDesk } from '../support/control-desk.ts'

async function endOf(rig: DockRig, device: string, status: string): Promise<string> {
  return (await (await rig.send(device, 'drone_close')).reaches(status)).response_code
}

describe('devices over the control API', () => {
  it('are listed with what they are like', async () => {
    const { rig, ask: call } = await aDesk()

    const { json } = await call('GET', '/devices?limit=1')

    const { gateway_sn } = rig.device('drone-001')
    expect(json).toMatchObject({ total: 2, offset: 0 })
    expect(json['devices']).toMatchObject([
      { device_id: 'drone-001', gateway_sn, model: 'dock2', online: true, mode_code: 2, drone_in_dock: true },
    ])
  })

  it('are listed by model, tag and line', async () => {
    const { rig, ask: call } = await aDesk()
    await rig.add({ model: 'dock3', tags: ['north'], online: false })
    const total = async (query: string): Promise<unknown> =>
      (await call('GET', `/devices?${query}`)).json['total']

    expect(await total('model=dock3')).toBe(1)
    expect(await total('tag=north')).toBe(1)
    expect(await total('online=true')).toBe(2)
  })

  it.each(['online=maybe', 'limit=-1', 'offset=x', 'modle=dock3', 'tag=a&tag=b'])(
    'are not listed by %s',
    async (query) => {
      const { ask: call } = await aDesk()

      expect(await call('GET', `/devices?${query}`)).toMatchObject({
        status: 400,
        json: { code: 'QUERY_INVALID' },
      })
    },
  )

  it('are added with a name, serial number and place of their own, and take commands', async () => {
    const { rig, ask: call } = await aDesk()
    const place = { latitude: 1, longitude: 2 }

    const { status, json } = await call('POST', '/devices', { name: 'roof', serial: '7CTDROOF0001', place })

    expect(status).toBe(201)
    expect(json['devices']).toMatchObject([
      { device_id: 'roof', gateway_sn: '7CTDROOF0001', place, online: true },
    ])
    expect(await endOf(rig, 'roof', 'SUCCEEDED')).toBe('0')
  })

  it('are added in numbers, with the next names that are free', async () => {
    const { rig, ask: call } = await aDesk()
    await rig.add({ name: 'drone-003', online: false })

    await call('POST', '/devices', { count: 2 })
    await call('POST', '/devices', { count: 2, name: 'east' })
    await call('POST', '/devices')

    expect(rig.devices.slice(3).map(({ device_id }) => device_id)).toEqual([
      'drone-004',
      'drone-005',
      'east-1',
      'east-2',
      'drone-006',
    ])
  })

  it.each([
    [{ name: 'drone-001' }, 'OPTION_INVALID'],
    [{ count: 2, serial: '7CTDROOF0001' }, 'OPTION_INVALID'],
    [{ count: 10_000 }, 'OPTION_INVALID'],
    [{ aircraft: 'm99' }, 'BODY_INVALID'],
    [{ aircraft: 'dock2' }, 'BODY_INVALID'],
    [{ model: 'dock9' }, 'BODY_INVALID'],
    [{ name: 'a/b' }, 'BODY_INVALID'],
    [{ place: { latitude: 91, longitude: 0 } }, 'BODY_INVALID'],
    [{ quirks: 'slow-dok' }, 'BODY_INVALID'],
    [[], 'BODY_INVALID'],
  ])('are not added as %j: %s', async (body, code) => {
    const { rig, ask: call } = await aDesk()

    expect(await call('POST', '/devices', body)).toMatchObject({ status: 400, json: { code } })
    expect(rig.devices).toHaveLength(2)
  })

  it('are unknown to everybody when they are removed', async () => {
    const { rig, ask: call } = await aDesk()

    const { status } = await call('DELETE', '/devices/drone-002')

    expect(status).toBe(204)
    await expect(rig.send('drone-002', 'drone_close')).rejects.toThrow('DEVICE_NOT_FOUND')
    expect(await call('DELETE', '/devices/drone-002')).toMatchObject({
      status: 404,
      json: { code: 'DEVICE_UNKNOWN' },
    })
  })

  it('get another state', async () => {
    const { ask: call } = await aDesk()

    const { json } = await call('PATCH', '/devices/drone-001/state', 'mode_code: 0\naircraft_online: false\n')

    expect(json).toMatchObject({ mode_code: 0, aircraft: { online: false } })
  })

  it('hide the secrets of what was said over their line', async () => {
    const { rig, ask: call } = await aDesk()
    const relay = { address: 'relay:1883', client_id: 'c', username: 'u', password: 'open"sesame' }
    await rig.send('drone-001', 'drc_mode_enter', {
      mqtt_broker: { ...relay, expire_time: 1_700_000_000, enable_tls: false },
      osd_frequency: 10,
      hsi_frequency: 1,
    })

    const { json } = await call('GET', '/devices/drone-001/frames')

    expect(JSON.stringify(json)).toContain(String.raw`\"password\":\"***\"`)
    expect(JSON.stringify(json)).not.toContain('sesame')
  })

  it('show what was said over their line', async () => {
    const { rig, ask: call } = await aDesk()
    await (await rig.send('drone-001', 'supplement_light_open')).reaches('SUCCEEDED')

    const { json } = await call('GET', '/devices/drone-001/frames?limit=1')

    expect(json['frames']).toMatchObject([{ from: 'drone-001', device: 'drone-001' }])
  })
})

describe('the line of a device', () => {
  it.each(['clean', 'cut', 'silent'])('goes (%s) and comes back', async (how) => {
    const { rig, ask: call } = await aDesk()

    const gone = await call('POST', '/devices/drone-001/disconnect', { how })
    const back = await call('POST', '/devices/drone-001/connect')

    expect([gone.json['online'], back.json['online']]).toEqual([false, true])
    expect(await endOf(rig, 'drone-001', 'SUCCEEDED')).toBe('0')
  })

  it('is gone without a goodbye when it is cut off in silence', async () => {
    const { rig, ask: call } = await aDesk()
    const before = rig.frames.length

    await call('POST', '/devices/drone-001/disconnect', { how: 'silent' })

    expect(rig.frames).toHaveLength(before)
  })

  it('is away while the device reboots', async () => {
    const { rig, ask: call } = await aDesk()

    const { status } = await call('POST', '/devices/drone-001/reboot')
    await rig.wait(1_000)
    const during = rig.device('drone-001').isOnline
    await rig.wait(10_000)

    expect([status, during, rig.device('drone-001').isOnline]).toEqual([202, false, true])
  })

  it('does not go in a way that there is not', async () => {
    const { ask: call } = await aDesk()

    const { status, json } = await call('POST', '/devices/drone-001/disconnect', { how: 'silnt' })

    expect(status).toBe(400)
    expect(json['problems']).toMatchObject([{ line: 1, column: 8, suggestion: 'silent' }])
  })
})

describe('scripts over the control API', () => {
  const failing = (result: number): object => ({
    devices: { '*': { on: { drone_close: { reply: { result } } } } },
  })

  it('go before earlier ones, and are taken back', async () => {
    const { rig, ask: call } = await aDesk()
    await call('POST', '/scripts', failing(1))
    const { json } = await call('POST', '/scripts', failing(2))

    const newest = await endOf(rig, 'drone-001', 'FAILED')
    await call('DELETE', `/scripts/${String(json['id'])}`)

    expect([newest, await endOf(rig, 'drone-001', 'FAILED')]).toEqual(['2', '1'])
  })

  it('are listed, the newest first, and replaced', async () => {
    const { rig, ask: call } = await aDesk()
    await call('POST', '/scripts', failing(1))
    await call('PUT', '/scripts/script-1', failing(3))
    rig.device('drone-002').on('cover_open', { reply: null })

    const { json } = await call('GET', '/scripts')

    expect(json['scripts']).toMatchObject([
      { id: 'script-2', source: 'library', devices: ['drone-002'] },
      { id: 'script-1', source: 'control', devices: ['drone-001', 'drone-002'], script: failing(3) },
    ])
    expect((await call('GET', '/devices/drone-002')).json['scripts']).toEqual(['script-2', 'script-1'])
  })

  it('are for devices that are added later, too', async () => {
    const { rig, ask: call } = await aDesk()
    await call('POST', '/scripts', 'fleet:\n  - tag: bad\n    quirks: answers-twice\n')

    await call('POST', '/devices', { name: 'late', tags: ['bad'] })
    await (await rig.send('late', 'supplement_light_open')).reaches('SUCCEEDED')

    const { gateway_sn } = rig.device('late')
    expect(rig.frames.filter(({ topic }) => topic.endsWith(`${gateway_sn}/services_reply`))).toHaveLength(2)
  })

  it('say where they are wrong, all at once', async () => {
    const { ask: call } = await aDesk()

    const { status, json } = await call('POST', '/scripts', 'fleet:\n  - tagg: x\n    quirks: slow-dok\n')

    expect(status).toBe(400)
    expect(json['problems']).toMatchObject([
      { line: 2, column: 5, suggestion: 'tag' },
      { line: 3, column: 13, suggestion: 'slow-dock' },
    ])
  })

  it.each([
    ['a device that is not there', { 'drone-9': {} }, 'DEVICE_UNKNOWN'],
    ['a template of a scenario', { '*': { on: { a: { reply: { x: '${last.tid}' } } } } }, 'BODY_INVALID'],
    ['a misspelt method', { '*': { on: { drone_clos: { reply: null } } } }, 'BODY_INVALID'],
  ])('refuse %s', async (_, devices, code) => {
    const { rig, ask: call } = await aDesk()

    expect((await call('POST', '/scripts', { devices })).json['code']).toBe(code)
    expect(rig.scripts).toEqual([])
  })

  it('are not found under another id', async () => {
    const { ask: call } = await aDesk()

    expect(await call('DELETE', '/scripts/script-7')).toMatchObject({
      status: 404,
      json: { code: 'SCRIPT_UNKNOWN' },
    })
  })
})

describe('the door of the control API', () => {
  it.each([
    [{ origin: 'http://elsewhere.example' }, 'CROSS_SITE'],
    [{ origin: 'null' }, 'CROSS_SITE'],
    [{ 'sec-fetch-site': 'cross-site' }, 'CROSS_SITE'],
    [{ host: 'rebound.example' }, 'HOST_UNKNOWN'],
    [{ host: '127.0.0.1.example' }, 'HOST_UNKNOWN'],
  ])('is shut for %j', async (headers, code) => {
    const { app, rig } = await aDesk()

    const answer = await app.inject({ method: 'DELETE', url: '/devices/drone-001', headers })

    expect(answer.statusCode).toBe(403)
    expect(answer.json()).toMatchObject({ code })
    expect(rig.devices).toHaveLength(2)
  })

  it.each([
    [{ host: 'localhost:8081', origin: 'http://localhost:8081' }],
    [{ host: '[::1]:8081' }],
    [{ 'sec-fetch-site': 'none' }],
  ])('is open for %j', async (headers) => {
    const { app } = await aDesk()

    expect((await app.inject({ url: '/', headers })).statusCode).toBe(200)
  })

  it.each([
    [undefined, 401],
    ['Bearer wrong', 401],
    ['Basic open-sesame', 401],
    ['Bearer open-sesame', 200],
  ])('answers the authorization %s with %i, where there is a token', async (authorization, status) => {
    const { app } = await aDesk({ token: 'open-sesame', host: '0.0.0.0' })
    const headers = {
      host: 'dockrig.example',
      ...(authorization === undefined ? {} : { authorization }),
    }

    expect((await app.inject({ url: '/devices', headers })).statusCode).toBe(status)
  })

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 'a=1', 415],
    ['more than 1 MiB', 'application/json', `"${'x'.repeat(1024 * 1024)}"`, 413],
    ['JSON with tabs', 'application/json', '{\n\t"fleet": []\n}', 201],
    ['half of a JSON text', 'application/json', '{"fleet": [', 400],
    ['a key that stands twice', 'application/json', '{"fleet": [], "fleet": []}', 400],
  ])('takes %s as is due', async (_, type, payload, status) => {
    const { app } = await aDesk()

    const answer = await app.inject({
      method: 'POST',
      url: '/scripts',
      payload,
      headers: { 'content-type': type },
    })

    expect(answer.statusCode).toBe(status)
  })

  it('says what there is, and that there is nothing else', async () => {
    const { ask: call } = await aDesk()

    expect((await call('GET', '/')).json).toMatchObject({ devices: 2, online: 2, scripts: 0, seed: 1 })
    expect(await call('GET', '/nowhere')).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } })
    expect((await call('GET', '/devices/%zz')).status).toBe(400)
  })
})
