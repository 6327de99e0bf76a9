import type { JsonObject } from '../../contracts/index.ts'
import type { GatewayParts, Store } from '../gateway/index.ts'
import type { Change } from './defect.ts'

/** A reply in the words of the HTTP API, as the gateway maps it. */
export type Mapped = ReturnType<GatewayParts['mapReply']>
export type Command = Parameters<GatewayParts['presentCommand']>[0]
export type Outgoing = ReturnType<GatewayParts['serviceMessage']>
type ReplyEvent = Parameters<GatewayParts['recordEvent']>[1]

/** Changes what a reply is mapped to. */
export function mapping(
  change: (data: JsonObject, result: number, mapped: Mapped) => Partial<Mapped>,
): Change {
  return ({ mapReply }) => ({
    mapReply(data, result) {
      const mapped = mapReply(data, result)
      return { ...mapped, ...change(data, result, mapped) }
    },
  })
}

/** Changes what a query shows. */
export function showing(change: (shown: JsonObject, command: Command) => JsonObject): Change {
  return ({ presentCommand }) => ({
    presentCommand: (command) => change(presentCommand(command), command),
  })
}

/** Changes the body of a create before it is checked. */
export function reading(change: (body: JsonObject) => JsonObject): Change {
  return ({ validateCreate }) => ({
    validateCreate: (body, context) => validateCreate(isObject(body) ? change(body) : body, context),
  })
}

/** Changes the message to the dock. */
export function sending(change: (outgoing: Outgoing, command: Command) => Partial<Outgoing>): Change {
  return ({ serviceMessage }) => ({
    serviceMessage(command, now) {
      const outgoing = serviceMessage(command, now)
      return { ...outgoing, ...change(outgoing, command) }
    },
  })
}

/** Changes the fields of the message to the dock. */
export function wording(change: (message: JsonObject, command: Command) => JsonObject): Change {
  return sending(({ message }, command) => ({ message: { ...message, ...change(message, command) } }))
}

/** Decides on its own which state follows; `default` leaves it to the gateway. */
export function stepping(
  next: (...step: Parameters<GatewayParts['nextState']>) => ReturnType<GatewayParts['nextState']> | 'default',
): Change {
  return ({ nextState }) => ({
    nextState(state, event) {
      const follows = next(state, event)
      return follows === 'default' ? nextState(state, event) : follows
    },
  })
}

/** Records an event on its own; `default` leaves it to the gateway. */
export function recording(
  record: (
    command: Command,
    event: ReplyEvent,
    usual: (command: Command) => Command | undefined,
  ) => Command | undefined | 'default',
): Change {
  return ({ recordEvent }) => ({
    recordEvent(command, event, at, next) {
      const usual = (other: Command): Command | undefined => recordEvent(other, event, at, next)
      const recorded = record(command, event, usual)
      return recorded === 'default' ? usual(command) : recorded
    },
  })
}

/** Replaces operations of the store; `start` counts the gateway's starts in this rig, from 1. */
export function storing(change: (store: Store, start: number) => Partial<Store>): Change {
  return ({ openStore }) => {
    let start = 0
    return {
      openStore(given) {
        const store = openStore(given)
        start++
        return { ...operationsOf(store), ...change(store, start) }
      },
    }
  }
}

/** Puts another value in place of every value inside, from the leaves up. */
export function deeply(value: unknown, change: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return change(value.map((item: unknown) => deeply(item, change)))
  if (!isObject(value)) return change(value)
  return change(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, deeply(item, change)])))
}

/** The object without some of its fields. */
export function without(object: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A store may be an object with methods on its prototype, which a spread would lose. */
function operationsOf(store: Store): Store {
  return {
    createOnce: (command) => store.createOnce(command),
    findCommand: (id) => store.findCommand(id),
    findByTid: (tid) => store.findByTid(tid),
    openCommands: (gateway_sn) => store.openCommands(gateway_sn),
    updateCommand: (id, change) => store.updateCommand(id, change),
    savePresence: (gateway_sn, presence) => store.savePresence(gateway_sn, presence),
    presences: () => store.presences(),
    addDeviceRequest: (request) => store.addDeviceRequest(request),
    findDeviceRequest: (id) => store.findDeviceRequest(id),
    deviceRequests: (filter) => store.deviceRequests(filter),
    updateDeviceRequest: (id, change) => store.updateDeviceRequest(id, change),
  }
}
