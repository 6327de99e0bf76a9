import type { FastifyInstance } from 'fastify'
import type { JsonObject } from '../../contracts/index.ts'
import { isJsonObject } from '../../contracts/index.ts'
import { rawBody } from './authenticate.ts'
import { presentDeviceRequest } from './device-request.ts'
import { ApiError } from './errors.ts'
import { isTooDeep } from './json-fitness.ts'
import type { ManualAnswer } from './request-desk.ts'
import { tenantOf } from './tenant.ts'

/** `GET {base}/device-requests`, `GET …/{id}` and `POST …/{id}/reply`: what docks ask the platform for. */
export function addDeviceRequestRoutes(app: FastifyInstance, base_path: string): void {
  app.get<{ Querystring: JsonObject }>(`${base_path}/device-requests`, async (request) => {
    const { authenticate, requests } = tenantOf(request)
    await authenticate(request, 'open:command:read')
    const { vendor, device_id, request_type } = request.query
    const filter = {
      ...named('vendor', vendor),
      ...named('device_id', device_id),
      ...named('request_type', request_type),
    }
    return { items: (await requests.list(filter)).map(presentDeviceRequest) }
  })

  app.get<{ Params: { id: string } }>(`${base_path}/device-requests/:id`, async (request) => {
    const { authenticate, requests } = tenantOf(request)
    await authenticate(request, 'open:command:read')
    return presentDeviceRequest(await requests.find(request.params.id))
  })

  app.post<{ Params: { id: string } }>(`${base_path}/device-requests/:id/reply`, async (request, reply) => {
    const { authenticate, requests, parts } = tenantOf(request)
    await authenticate(request, 'open:command:create')
    const answer = manualAnswer(parts.parseBody(rawBody(request)))
    const answered = await requests.reply(request.params.id, answer)
    return await reply.code(202).send({ ...presentDeviceRequest(answered), request_id: request.id })
  })
}

/** A filter that is given once and is not empty. */
function named(name: string, value: unknown): JsonObject {
  return typeof value === 'string' && value !== '' ? { [name]: value } : {}
}

function manualAnswer(body: unknown): ManualAnswer {
  if (isTooDeep(body) || !isJsonObject(body)) throw invalid('the body must be an object')
  const { reply_code, reply_message, payload = {} } = body
  if (typeof reply_code !== 'number' || !Number.isSafeInteger(reply_code)) {
    throw invalid('/reply_code must be an integer')
  }
  if (!isJsonObject(payload)) throw invalid('/payload must be an object')
  if (reply_message === undefined) return { reply_code, payload }
  if (typeof reply_message !== 'string') throw invalid('/reply_message must be a string')
  return { reply_code, reply_message, payload }
}

function invalid(problem: string): ApiError {
  return new ApiError('VALIDATION_FAILED', `${problem}.`)
}
