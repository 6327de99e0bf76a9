import type { FastifyInstance, FastifyRequest } from 'fastify'
import { parseTopic } from '../../contracts/index.ts'
import type { RigDeviceHandle } from '../library-device.ts'
import type { DockRig } from '../library.ts'
import { ControlError } from './control-error.ts'
import { readLeave, readNewDevices, readState } from './read-body.ts'
import { showDevice } from './show-device.ts'

interface Named {
  readonly Params: { readonly name: string }
}

/** Listing, adding, moving and removing devices. */
export function addDeviceRoutes(app: FastifyInstance, rig: DockRig): void {
  app.get('/devices', (request) => {
    const fits = selectionOf(request)
    const devices = rig.devices.filter(fits)
    const offset = numberIn(request, 'offset', 0)
    const limit = numberIn(request, 'limit', 100)
    return {
      total: devices.length,
      offset,
      devices: devices.slice(offset, offset + limit).map(showDevice),
    }
  })
  app.post('/devices', async ({ body }, reply) => {
    const added = await rig.add(readNewDevices(body))
    return reply.code(201).send({ devices: added.map(showDevice) })
  })
  app.get<Named>('/devices/:name', ({ params }) => showDevice(rig.device(params.name)))
  app.delete<Named>('/devices/:name', async ({ params }, reply) => {
    await rig.remove(params.name)
    return reply.code(204).send()
  })
  app.patch<Named>('/devices/:name/state', async ({ params, body }) => {
    const device = rig.device(params.name)
    await device.set(readState(body))
    return showDevice(device)
  })
}

/** What happens to the line of a device, and what was said over it. */
export function addLineRoutes(app: FastifyInstance, rig: DockRig, onTrouble: (error: unknown) => void): void {
  app.post<Named>('/devices/:name/connect', async ({ params }) => {
    const device = rig.device(params.name)
    await device.connect()
    return showDevice(device)
  })
  app.post<Named>('/devices/:name/disconnect', async ({ params, body }) => {
    const device = rig.device(params.name)
    await device.disconnect(readLeave(body).how)
    return showDevice(device)
  })
  app.post<Named>('/devices/:name/reboot', ({ params }, reply) => {
    const device = rig.device(params.name)
    // It takes as long as a reboot does; the events say when it is back.
    device.reboot().catch(onTrouble)
    return reply.code(202).send(showDevice(device))
  })
  app.get<Named>('/devices/:name/frames', (request) => {
    const device = rig.device(request.params.name)
    const serials = new Set([device.gateway_sn, device.look().aircraft?.aircraft_sn])
    const limit = numberIn(request, 'limit', 50)
    const own = rig.frames.filter(({ topic }) => serials.has(parseTopic(topic)?.sn))
    return {
      frames: limit === 0 ? [] : own.slice(-limit).map((frame) => ({ at: frame.at, ...rig.show(frame) })),
    }
  })
}

function selectionOf(request: FastifyRequest): (device: RigDeviceHandle) => boolean {
  const { model, tag, online } = request.query as Readonly<Record<string, unknown>>
  if (online !== undefined && online !== 'true' && online !== 'false')
    throw new ControlError(
      'QUERY_INVALID',
      `Cannot list devices with online=${JSON.stringify(online)}: it is neither. Write true or false.`,
    )
  return (device) =>
    (model === undefined || device.model === model) &&
    (tag === undefined || device.tags.some((own) => own === tag)) &&
    (online === undefined || device.isOnline === (online === 'true'))
}

function numberIn(request: FastifyRequest, name: string, otherwise: number): number {
  const value = (request.query as Readonly<Record<string, unknown>>)[name]
  if (value === undefined) return otherwise
  if (typeof value === 'string' && /^\d{1,6}$/.test(value)) return Number(value)
  throw new ControlError(
    'QUERY_INVALID',
    `Cannot read ${name}=${JSON.stringify(value)}: it is no whole number. Write one from 0.`,
  )
}
