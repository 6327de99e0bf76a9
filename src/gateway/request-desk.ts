import type { FastifyBaseLogger } from 'fastify'
import type { Envelope, JsonObject } from '../../contracts/index.ts'
import { answerTo } from './acknowledge.ts'
import type { DeviceRequest, DeviceRequestFilter } from './device-request.ts'
import { ApiError } from './errors.ts'
import { isTooDeep } from './json-fitness.ts'
import type { GatewayParts } from './parts.ts'
import type { Clock, DeviceDirectory } from './seams.ts'
import type { OutgoingMessage } from './service-message.ts'
import type { Store } from './store.ts'

export interface RequestDeskOptions {
  readonly clock: Clock
  readonly newId: () => string
  readonly store: Store
  readonly devices: DeviceDirectory
  readonly parts: GatewayParts
  readonly log: FastifyBaseLogger
  readonly requests: 'automatic' | 'manual'
  readonly send: (outgoing: OutgoingMessage) => Promise<void>
}

/** An answer that somebody gives over HTTP. */
export interface ManualAnswer {
  readonly reply_code: number
  readonly reply_message?: string
  readonly payload: JsonObject
}

/** Where the requests of docks are recorded and answered, at once or by hand. */
export class RequestDesk {
  readonly #options: RequestDeskOptions

  constructor(options: RequestDeskOptions) {
    this.#options = options
  }

  /** Takes a message from a dock's `requests` topic. Without `tid` and method it cannot be answered by anybody. */
  async take(gateway_sn: string, envelope: Envelope): Promise<void> {
    const { clock, newId, store, devices, parts, log, requests } = this.#options
    const { tid, bid, method, data = null } = envelope
    if (tid === undefined || method === undefined || isTooDeep(data)) {
      log.info({ gateway_sn }, 'a device request cannot be answered')
      return
    }
    const device_id = devices.byGateway(gateway_sn) ?? gateway_sn
    const request: DeviceRequest = {
      id: newId(),
      vendor: 'dji',
      device_id,
      gateway_sn,
      request_type: method,
      payload: data,
      tid,
      bid,
      received_at: clock.now(),
      answer: undefined,
    }
    await store.addDeviceRequest(request)
    if (requests === 'manual') return
    await this.#answer(request, parts.answerRequest({ method, data, gateway_sn, device_id }))
  }

  async list(filter: DeviceRequestFilter): Promise<readonly DeviceRequest[]> {
    return await this.#options.store.deviceRequests(filter)
  }

  /** Throws DEVICE_REQUEST_NOT_FOUND. */
  async find(id: string): Promise<DeviceRequest> {
    const request = await this.#options.store.findDeviceRequest(id)
    if (request === undefined)
      throw new ApiError('DEVICE_REQUEST_NOT_FOUND', 'No device request has this id.')
    return request
  }

  /** Answers by hand, once. Throws DEVICE_REQUEST_NOT_FOUND, DEVICE_REQUEST_ANSWERED or SERVICE_UNAVAILABLE. */
  async reply(id: string, answer: ManualAnswer): Promise<DeviceRequest> {
    const request = await this.find(id)
    const data = this.#options.parts.composeAnswer(request.request_type, answer.reply_code, answer.payload)
    return await this.#answer(
      request,
      answer.reply_message === undefined ? data : { ...data, message: answer.reply_message },
    )
  }

  /** The record comes first, so that of two answers at once only one is sent (rule: dock-request-answered-once). */
  async #answer(request: DeviceRequest, data: JsonObject): Promise<DeviceRequest> {
    const { clock, store, send } = this.#options
    const now = clock.now()
    const answered = await store.updateDeviceRequest(request.id, (current) =>
      current.answer === undefined ? { ...current, answer: { answered_at: now, data } } : undefined,
    )
    if (answered === undefined)
      throw new ApiError('DEVICE_REQUEST_ANSWERED', 'The device request was answered before.')
    const { gateway_sn, tid, bid, request_type: method } = request
    const envelope = { tid, ...(bid === undefined ? {} : { bid }), method, raw: {} }
    const outgoing = answerTo({ gateway_sn, envelope, now }, 'requests_reply', data)
    try {
      if (outgoing !== undefined) await send(outgoing) // rule: mqtt-acknowledges-events
    } catch {
      await store.updateDeviceRequest(request.id, (current) => ({ ...current, answer: undefined }))
      throw new ApiError('SERVICE_UNAVAILABLE', 'The broker cannot be reached; try again.')
    }
    return answered
  }
}
