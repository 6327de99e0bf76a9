import type { GatewayProduct, JsonObject } from '../contracts/index.ts'
import { dataSchema, findMessage } from '../contracts/index.ts'
import type { Answer, DockView, DownRequest, Effect, Question, Stage } from './behavior.ts'
import type { DockState } from './dock-state.ts'
import { fitSchema } from './fit-schema.ts'

/** A plan's moment without waiting. */
export function atOnce(...effects: readonly Effect[]): Stage {
  return { delayMs: 0, held: 'never', effects }
}

/** The moment `ms` after the one before. */
export function after(ms: number, ...effects: readonly Effect[]): Stage {
  return { delayMs: ms, held: 'never', effects }
}

/** The dock becomes another. */
export function change(patch: (state: DockState) => DockState): Effect {
  return { kind: 'change', patch }
}

/** The dock asks the cloud and goes on with its answer. */
export function ask(question: Question, hear: (answer: Answer) => void): Effect {
  return { kind: 'ask', question, hear }
}

/** The answer to a request on its reply topic: same tid, bid and method (documented: dock-reply-echoes-tid-bid-method). */
export function reply(request: DownRequest, dock: DockView, data: JsonObject): Effect {
  return say('services_reply', () => ({
    tid: request.tid,
    bid: request.bid,
    timestamp: dock.now(),
    gateway: dock.gateway_sn,
    method: request.method,
    data,
  }))
}

/** The answer to a `property/set`, which has no method (documented: dock-property-has-no-method). */
export function setReply(request: DownRequest, dock: DockView, data: JsonObject): Effect {
  return say('property/set_reply', () => ({
    tid: request.tid,
    bid: request.bid,
    timestamp: dock.now(),
    gateway: dock.gateway_sn,
    data,
  }))
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
  return say('events', () => ({
    tid: dock.newId(),
    bid: fields.bid,
    timestamp: dock.now(),
    gateway: dock.gateway_sn,
    method: fields.method,
    ...(fields.need_reply === undefined ? {} : { need_reply: fields.need_reply }),
    data: fields.data,
  }))
}

/** An event as the catalogue documents it: `need_reply` where it has one, and only the fields that the product sends. */
export function documentedEvent(
  dock: DockView,
  { bid, method, data }: { readonly bid: string; readonly method: string; readonly data: JsonObject },
): Effect {
  const message = findMessage('events', method)
  if (message === undefined) return event(dock, { bid, method, data })
  const fitting = fitSchema(dataSchema(message, dock.product as GatewayProduct), data)
  const { need_reply } = message
  return event(dock, { bid, method, data: fitting, ...(need_reply === undefined ? {} : { need_reply }) })
}

/** An event that is said again until the cloud acknowledges it; for what would be lost otherwise: media files. */
export function insistOn(event: Effect): Effect {
  return event.kind === 'say' ? { kind: 'insist', message: event.message } : event
}

/** A message on `drc/up`, which has neither tid nor bid (documented: dock-drc-envelope). */
export function drcUp(method: string, message: () => JsonObject): Effect {
  return {
    kind: 'say',
    message: () => ({
      speaker: { kind: 'self' },
      family: 'drc/up',
      payload: { method, ...message() },
      qos: 0,
      retain: false,
    }),
  }
}

function say(family: 'services_reply' | 'property/set_reply' | 'events', payload: () => JsonObject): Effect {
  return {
    kind: 'say',
    message: () => ({ speaker: { kind: 'self' }, family, payload: payload(), qos: 1, retain: false }),
  }
}
