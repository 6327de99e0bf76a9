import type { JsonObject } from '../../contracts/index.ts'

/** Something that a dock asked the platform for. Times are milliseconds since the Unix epoch. */
export interface DeviceRequest {
  readonly id: string
  readonly vendor: 'dji'
  readonly device_id: string
  readonly gateway_sn: string
  /** The method of the dock's message. */
  readonly request_type: string
  readonly payload: unknown
  readonly tid: string
  readonly bid: string | undefined
  readonly received_at: number
  readonly answer: DeviceRequestAnswer | undefined
}

export interface DeviceRequestAnswer {
  readonly answered_at: number
  /** The `data` of the `requests_reply`. */
  readonly data: JsonObject
}

export interface DeviceRequestFilter {
  readonly vendor?: string
  readonly device_id?: string
  readonly request_type?: string
}

/** Whether a request passes a filter; what the filter does not name passes. */
export function passesFilter(request: DeviceRequest, filter: DeviceRequestFilter): boolean {
  return (
    (filter.vendor === undefined || filter.vendor === request.vendor) &&
    (filter.device_id === undefined || filter.device_id === request.device_id) &&
    (filter.request_type === undefined || filter.request_type === request.request_type)
  )
}

/** A device request as the HTTP API shows it. */
export function presentDeviceRequest(request: DeviceRequest): JsonObject {
  const { id, vendor, device_id, gateway_sn, request_type, payload, received_at, answer } = request
  const shown = {
    id,
    status: answer === undefined ? 'PENDING' : 'ANSWERED',
    vendor,
    device_id,
    gateway_sn,
    request_type,
    payload,
    received_at: new Date(received_at).toISOString(),
  }
  if (answer === undefined) return shown
  return { ...shown, answered_at: new Date(answer.answered_at).toISOString(), reply: answer.data }
}
