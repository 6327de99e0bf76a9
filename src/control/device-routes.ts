import type { FastifyInstance } from 'fastify'
import type { Frame } from '../../contracts/index.ts'
import { parseTopic } from '../../contracts/index.ts'
import type { RigDeviceHandle } from '../library-device.ts'
import type { DockRig } from '../library.ts'
import { addRoute } from './add-route.ts'
import { readAction, readLeave, readNewDevices, readState } from './read-body.ts'
import { readQuery } from './read-query.ts'
import { routes } from './routes.ts'
import { showDevice } from './show-device.ts'
import { showFrame } from './show-event.ts'

/** Listing, adding, moving and removing devices. */
export function addDeviceRoutes(app: FastifyInstance, rig: DockRig): void {
  addRoute(app, routes.listDevices, ({ query }) => {
    const { model, tag, online, offset = 0, limit = 0 } = readQuery(routes.listDevices.query, query)
    const devices = rig.devices.filter(
      (device) =>
        (model === undefined || device.model === model) &&
        (tag === undefined || device.tags.includes(tag)) &&
        (online === undefined || device.isOnline === online),
    )
    return { total: devices.length, offset, devices: devices.slice(offset, offset + limit).map(showDevice) }
  })
  addRoute(app, routes.addDevices, async ({ body }) => ({
    devices: (await rig.add(readNewDevices(body))).map(showDevice),
  }))
  addRoute(app, routes.readDevice, ({ params }) => showDevice(rig.device(params.name)))
  addRoute(app, routes.removeDevice, ({ params }) => rig.remove(params.name))
  addRoute(app, routes.setState, async ({ params, body }) => {
    const device = rig.device(params.name)
    await device.set(readState(body))
    return showDevice(device)
  })
}

/** What happens to the line of a device, and what was said over it. */
export function addLineRoutes(app: FastifyInstance, rig: DockRig, onTrouble: (error: unknown) => void): void {
  addRoute(app, routes.connectDevice, async ({ params }) => {
    const device = rig.device(params.name)
    await device.connect()
    return showDevice(device)
  })
  addRoute(app, routes.disconnectDevice, async ({ params, body }) => {
    const device = rig.device(params.name)
    await device.disconnect(readLeave(body).how)
    return showDevice(device)
  })
  addRoute(app, routes.rebootDevice, ({ params }) => {
    const device = rig.device(params.name)
    // It takes as long as a reboot does; the events say when it is back.
    device.reboot().catch(onTrouble)
    return showDevice(device)
  })
  addRoute(app, routes.listFrames, ({ params, query }) => {
    const { limit = 0 } = readQuery(routes.listFrames.query, query)
    return {
      frames: lastFrames(rig, rig.device(params.name), limit).map((frame) => ({
        at: frame.at,
        ...showFrame(rig.show(frame)),
      })),
    }
  })
}

/** The same for many devices at once. */
export function addActionRoute(
  app: FastifyInstance,
  rig: DockRig,
  onTrouble: (error: unknown) => void,
): void {
  addRoute(app, routes.actOnDevices, async ({ body }) => {
    const wanted = readAction(body)
    const devices = rig.select(wanted).map(({ device_id }) => device_id)
    const acting = rig.act(wanted)
    if (wanted.action === 'reboot') acting.catch(onTrouble)
    else await acting
    return { action: wanted.action, devices }
  })
}

/** Looked for from the end: a rig remembers many. */
function lastFrames(rig: DockRig, device: RigDeviceHandle, limit: number): readonly Frame[] {
  const serials = new Set([device.gateway_sn, device.look().aircraft?.aircraft_sn])
  const found: Frame[] = []
  for (let place = rig.frames.length - 1; place >= 0 && found.length < limit; place -= 1) {
    const frame = rig.frames[place]
    if (frame !== undefined && serials.has(parseTopic(frame.topic)?.sn)) found.push(frame)
  }
  return found.reverse()
}
