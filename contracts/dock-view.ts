import type { Envelope } from './envelope.ts'
import { isJsonObject } from './envelope.ts'
import type { Topic } from './topic.ts'

/** A message of a dock that asks the platform for an answer. */
export interface Ask {
  readonly seq: number
  readonly at: number
  readonly gateway_sn: string
  readonly bid: string | undefined
  /** `wrong`: the answer had another `bid`. */
  answer: 'none' | 'right' | 'wrong'
}

/** What a dock has said of itself so far. */
export interface DockView {
  /** Whether it has sent `update_topo` since it came on line. */
  hasAnnounced: boolean
  /** `mode_code` of its newest `osd`; missing until it was told. */
  mode_code?: number
  readonly eventTids: Set<string>
  /** `method bid` of jobs whose final event has come. */
  readonly ended: Set<string>
  /** When the dock last sent `osd` (ms), since it came on line. */
  osdAt?: number
}

export function newDockView(): DockView {
  return { hasAnnounced: false, eventTids: new Set(), ended: new Set() }
}

/** Statuses after which a job says nothing more (rule: dock-event-final-last). */
const finalStatuses = new Set(['ok', 'rejected', 'failed', 'canceled', 'timeout', 'partially_done'])

/** `output.status` of a progress event. */
export function statusOfEvent({ data }: Envelope): string | undefined {
  const output = isJsonObject(data) ? data['output'] : undefined
  const status = isJsonObject(output) ? output['status'] : undefined
  return typeof status === 'string' ? status : undefined
}

/** The dock has gone: what it sends when it is back is measured anew. */
export function takeLeave(view: DockView): void {
  view.hasAnnounced = false
  delete view.osdAt
}

/** Takes a message of the dock into the view. */
export function updateDockView(view: DockView, topic: Topic, envelope: Envelope, at: number): void {
  const { method, tid, bid, data } = envelope
  if (topic.family === 'status') {
    // The last will, or a goodbye: a dock may restart without anybody being told otherwise.
    if (method !== 'update_topo') return takeLeave(view)
    view.hasAnnounced = true
  }
  if (topic.family === 'osd' && isJsonObject(data)) {
    view.osdAt = at
    if (typeof data['mode_code'] === 'number') view.mode_code = data['mode_code']
  }
  if (topic.family !== 'events') return
  if (tid !== undefined) view.eventTids.add(tid)
  const status = statusOfEvent(envelope)
  if (status !== undefined && finalStatuses.has(status)) view.ended.add(`${method} ${bid}`)
}

/** Whether a progress event says that the job has failed. */
export function isFailing(envelope: Envelope): boolean {
  const status = statusOfEvent(envelope)
  const result = isJsonObject(envelope.data) ? envelope.data['result'] : undefined
  return (
    (status !== undefined && status !== 'ok' && finalStatuses.has(status)) ||
    (typeof result === 'number' && result !== 0)
  )
}
