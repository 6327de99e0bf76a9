import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fastify, LogController } from 'fastify'
import { ApiError, errorStatuses } from './errors.ts'
import type { ErrorCode } from './errors.ts'
import { refuseConnection } from './refuse-connection.ts'
import type { GatewayLimits } from './seams.ts'
import type { Tenant } from './tenant.ts'
import { tenantDecoration, tenantOf, welcome } from './tenant.ts'

export interface AppOptions {
  /** The gateway that serves what comes in now. */
  readonly tenant: () => Tenant
  readonly limits: GatewayLimits
  readonly logger: FastifyBaseLogger | false
}

// Headers and bodies of calls hold secrets; what matters is logged where it happens.
const quietRequests = new LogController({ disableRequestLogging: true })

/** An HTTP server that answers every trouble with the error envelope. Has no routes yet. */
export function createApp(options: AppOptions): FastifyInstance {
  const { tenant, limits, logger } = options
  const app: FastifyInstance = fastify({
    ...(logger === false ? { logger: false } : { loggerInstance: logger }),
    logController: quietRequests,
    forceCloseConnections: true,
    return503OnClosing: false,
    exposeHeadRoutes: false,
    requestTimeout: limits.requestMs ?? 30_000,
    // All of it is our own code: its start must not fail because the machine is busy.
    pluginTimeout: 0,
    bodyLimit: limits.bodyBytes ?? 256 * 1024, // rule: error-payload-too-large
    // An acknowledgement of the other side must not wait for more of ours.
    http: { noDelay: true },
    routerOptions: { maxParamLength: 16_384 },
    genReqId: (raw) => tenant().parts.requestId(raw.headers['x-request-id'], tenant().newId),
    // These did not get as far as a hook.
    frameworkErrors: (error, request, reply) => answerError(error, request, reply, tenant()),
    clientErrorHandler: (error, socket) => refuseConnection(error, socket, tenant().newId()),
  })
  app.removeAllContentTypeParsers()
  // Bytes, since they are what was signed; any other media type is refused before anything else.
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  app.decorateRequest(tenantDecoration, null)
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply, tenantOf(request)))
  app.setNotFoundHandler((request, reply) =>
    answerError(new ApiError('NOT_FOUND', 'There is nothing here.'), request, reply, tenantOf(request)),
  )
  app.addHook('onRequest', (request, reply, done) => {
    const host = tenant()
    welcome(request, host)
    host.activity.bump()
    void reply.header('x-request-id', request.id)
    done()
  })
  addActivityHooks(app)
  return app
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply, { parts }: Tenant): void {
  const refusal = refusalOf(error)
  if (refusal.status >= 500) request.log.error({ err: error }, 'a request failed')
  if (refusal.retryAfterSeconds !== undefined)
    void reply.header('retry-after', String(refusal.retryAfterSeconds))
  void reply
    .code(parts.errorStatus(refusal.code))
    .send(parts.errorBody(refusal.code, refusal.message, request.id))
}

/** What the caller is told; of an error that is not for the caller, nothing (rule: error-no-stack-trace). */
function refusalOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  const { code, statusCode } = error as { readonly code?: unknown; readonly statusCode?: unknown }
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new ApiError('PAYLOAD_TOO_LARGE', 'The body is too large.')
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new ApiError('UNSUPPORTED_MEDIA_TYPE', 'The body must be declared as application/json.') // rule: error-unsupported-media-type
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return new ApiError('INVALID_REQUEST_BODY', 'The body is not as long as its header says.')
    default:
      return isClientStatus(statusCode)
        ? new ApiError(codeOfStatus(statusCode), 'The request cannot be read.')
        : new ApiError('INTERNAL_ERROR', 'The gateway failed.')
  }
}

function isClientStatus(status: unknown): status is number {
  return typeof status === 'number' && status >= 400 && status < 500
}

function codeOfStatus(status: number): ErrorCode {
  const codes = Object.keys(errorStatuses) as ErrorCode[]
  return codes.find((code) => errorStatuses[code] === status && status !== 400) ?? 'VALIDATION_FAILED'
}

/** Each phase of a request counts, so that a rig in virtual time sees that it is under way. */
function addActivityHooks(app: FastifyInstance): void {
  app.addHook('preParsing', (request, _reply, payload, done) => {
    tenantOf(request).activity.bump()
    done(null, payload)
  })
  app.addHook('preHandler', (request, _reply, done) => {
    tenantOf(request).activity.bump()
    done()
  })
  app.addHook('onSend', (request, _reply, payload, done) => {
    tenantOf(request).activity.bump()
    done(null, payload)
  })
  app.addHook('onResponse', (request, _reply, done) => {
    tenantOf(request).activity.bump()
    done()
  })
}
