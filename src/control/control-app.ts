import type { FastifyInstance, FastifyReply } from 'fastify'
import { fastify, LogController } from 'fastify'
import type { DockRig } from '../library.ts'
import { version } from '../version.ts'
import { addRoute } from './add-route.ts'
import { answerTo, ControlError } from './control-error.ts'
import { addActionRoute, addDeviceRoutes, addLineRoutes } from './device-routes.ts'
import type { EventLog } from './event-log.ts'
import type { EventStreamOptions } from './event-stream.ts'
import { addEventStream } from './event-stream.ts'
import type { GuardOptions } from './guard.ts'
import { guard } from './guard.ts'
import { buildControlOpenApi } from './open-api.ts'
import { routes } from './routes.ts'
import { addScriptRoutes } from './script-routes.ts'

export interface ControlAppOptions extends GuardOptions {
  readonly rig: DockRig
  readonly seed: number
  readonly log: EventLog
  readonly after: EventStreamOptions['after']
  /** Told of what goes wrong that is nobody's mistake but ours. */
  readonly onTrouble: (error: unknown) => void
}

const bodyLimit = 1024 * 1024

/** The control API of a rig, listening to nobody yet. */
export function createControlApp(options: ControlAppOptions): FastifyInstance {
  const { rig, seed, log, after, onTrouble } = options
  const app: FastifyInstance = fastify({
    logger: false,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    // A HEAD of the stream of events would never end.
    exposeHeadRoutes: false,
    bodyLimit,
    http: { noDelay: true },
    frameworkErrors: (error, _request, reply) => answer(error, reply, onTrouble),
  })
  // Texts, since the place of what is wrong in them is told.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(mediaTypes, { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.addHook('onRequest', (request, _reply, done) => {
    guard(options, request.headers)
    done()
  })
  app.setErrorHandler((error, _request, reply) => answer(error, reply, onTrouble))
  app.setNotFoundHandler(({ method, url }) => {
    throw new ControlError(
      'NOT_FOUND',
      `Cannot ${method} ${url}: there is nothing. GET / names what there is.`,
    )
  })
  addRoute(app, routes.overview, () => overviewOf(rig, seed))
  addRoute(app, routes.openApi, () => buildControlOpenApi(version))
  addDeviceRoutes(app, rig)
  addLineRoutes(app, rig, onTrouble)
  addActionRoute(app, rig, onTrouble)
  addScriptRoutes(app, rig)
  addEventStream(app, { log, after })
  return app
}

function overviewOf(rig: DockRig, seed: number): object {
  return {
    version,
    seed,
    http: rig.url,
    mqtt: rig.mqttUrl,
    devices: rig.devices.length,
    online: rig.devices.filter(({ isOnline }) => isOnline).length,
    scripts: rig.scripts.length,
    findings: rig.findings.length,
    paths: Object.values(routes).map(({ method, path }) => `${method} ${path}`),
  }
}

function answer(error: unknown, reply: FastifyReply, onTrouble: ControlAppOptions['onTrouble']): void {
  const { status, body } = answerTo(error)
  if (status >= 500) onTrouble(error)
  if (status === 401) void reply.header('www-authenticate', 'Bearer')
  void reply.code(status).send(body)
}

const mediaTypes = ['application/json', 'application/yaml', 'application/x-yaml', 'text/yaml']
