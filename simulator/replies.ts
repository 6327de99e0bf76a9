import type { JsonObject } from '../contracts/index.ts'
import type { DockView, DownRequest, Effect, Stage } from './behavior.ts'

/** A plan's moment without waiting. */
export function atOnce(...effects: readonly Effect[]): Stage {
  return { delayMs: 0, held: 'never', effects }
}

/** The moment `ms` after the one before. */
export function after(ms: number, ...effects: readonly Effect[]): Stage {
  return { delayMs: ms, held: 'never', effects }
}

/** The answer to a request on its reply topic: same tid, bid and method (documented: dock-reply-echoes-tid-bid-method). */
export function reply(request: DownRequest, dock: DockView, data: JsonObject): Effect {
  return {
    kind: 'say',
    message: () => ({
      speaker: { kind: 'self' },
      family: 'services_reply',
      payload: {
        tid: request.tid,
        bid: request.bid,
        timestamp: dock.now(),
        gateway: dock.gateway_sn,
        method: request.method,
        data,
      },
      qos: 1,
      retain: false,
    }),
  }
}

/** An event: a new tid; under the command's `bid` when it belongs to one (documented: dock-event-bid-is-commands). */
export function event(
  dock: DockView,
  fields: {
    readonly bid: string
    readonly method: string
    readonly need_reply?: number
    readonly data: unknown
  },
): Effect {
  return {
    kind: 'say',
    message: () => ({
      speaker: { kind: 'self' },
      family: 'events',
      payload: {
        tid: dock.newId(),
        bid: fields.bid,
        timestamp: dock.now(),
        gateway: dock.gateway_sn,
        method: fields.method,
        ...(fields.need_reply === undefined ? {} : { need_reply: fields.need_reply }),
        data: fields.data,
      },
      qos: 1,
      retain: false,
    }),
  }
}
