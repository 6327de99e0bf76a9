import type { Command } from './command.ts'
import { isFinal } from './command-state.ts'
import type { DeviceRequest, DeviceRequestFilter } from './device-request.ts'
import { passesFilter } from './device-request.ts'
import type { Presence } from './presence.ts'
import type { Store, Stored } from './store.ts'

export interface MemoryStoreOptions {
  /** Commands that are kept; beyond it the longest final ones go, with their keys. Default 100,000. */
  readonly maxCommands?: number
  /** Device requests that are kept. Default 1,000. */
  readonly maxDeviceRequests?: number
}

/** A store that lives as long as the process. Bounded; what it hands out is frozen. */
export function createMemoryStore(options: MemoryStoreOptions = {}): Store {
  return new MemoryStore(options.maxCommands ?? 100_000, options.maxDeviceRequests ?? 1_000)
}

class MemoryStore implements Store {
  readonly #maxCommands: number
  readonly #maxDeviceRequests: number
  readonly #commands = new Map<string, Command>()
  readonly #idByScope = new Map<string, string>()
  readonly #idByTid = new Map<string, string>()
  readonly #openByDock = new Map<string, Set<string>>()
  /** Ids of final commands, in the order in which they became final. */
  readonly #finals = new Set<string>()
  readonly #presences = new Map<string, Presence>()
  readonly #deviceRequests = new Map<string, DeviceRequest>()

  constructor(maxCommands: number, maxDeviceRequests: number) {
    this.#maxCommands = maxCommands
    this.#maxDeviceRequests = maxDeviceRequests
  }

  createOnce(command: Command): Promise<Stored> {
    const taken = this.#byId(this.#idByScope.get(command.scope))
    if (taken !== undefined) return Promise.resolve({ kind: 'taken', command: taken })
    if (!this.#makeRoom()) return Promise.resolve({ kind: 'full' })
    this.#idByScope.set(command.scope, command.command_id)
    this.#idByTid.set(command.tid, command.command_id)
    this.#put(command)
    return Promise.resolve({ kind: 'created' })
  }

  findCommand(command_id: string): Promise<Command | undefined> {
    return Promise.resolve(this.#commands.get(command_id))
  }

  findByTid(tid: string): Promise<Command | undefined> {
    return Promise.resolve(this.#byId(this.#idByTid.get(tid)))
  }

  openCommands(gateway_sn?: string): Promise<readonly Command[]> {
    const docks = gateway_sn === undefined ? [...this.#openByDock.keys()] : [gateway_sn]
    const ids = docks.flatMap((dock) => [...(this.#openByDock.get(dock) ?? [])])
    const open = ids.map((id) => this.#commands.get(id)).filter((command) => command !== undefined)
    // Sets keep the order of a dock; only between docks it has to be made.
    return Promise.resolve(docks.length > 1 ? open.sort((a, b) => a.accepted_at - b.accepted_at) : open)
  }

  updateCommand(
    command_id: string,
    change: (command: Command) => Command | undefined,
  ): Promise<Command | undefined> {
    const command = this.#commands.get(command_id)
    const changed = command === undefined ? undefined : change(command)
    if (changed !== undefined) this.#put(changed)
    return Promise.resolve(changed)
  }

  savePresence(gateway_sn: string, presence: Presence): Promise<void> {
    this.#presences.set(gateway_sn, presence)
    return Promise.resolve()
  }

  presences(): Promise<ReadonlyMap<string, Presence>> {
    return Promise.resolve(new Map(this.#presences))
  }

  addDeviceRequest(request: DeviceRequest): Promise<void> {
    this.#deviceRequests.set(request.id, deepFreeze(request))
    const [oldest] = this.#deviceRequests.keys()
    if (oldest !== undefined && this.#deviceRequests.size > this.#maxDeviceRequests) {
      this.#deviceRequests.delete(oldest)
    }
    return Promise.resolve()
  }

  findDeviceRequest(id: string): Promise<DeviceRequest | undefined> {
    return Promise.resolve(this.#deviceRequests.get(id))
  }

  deviceRequests(filter: DeviceRequestFilter): Promise<readonly DeviceRequest[]> {
    const passing = [...this.#deviceRequests.values()].filter((request) => passesFilter(request, filter))
    return Promise.resolve(passing.reverse())
  }

  updateDeviceRequest(
    id: string,
    change: (request: DeviceRequest) => DeviceRequest | undefined,
  ): Promise<DeviceRequest | undefined> {
    const request = this.#deviceRequests.get(id)
    const changed = request === undefined ? undefined : change(request)
    if (changed !== undefined) this.#deviceRequests.set(id, deepFreeze(changed))
    return Promise.resolve(changed)
  }

  #byId(id: string | undefined): Command | undefined {
    return id === undefined ? undefined : this.#commands.get(id)
  }

  #put(command: Command): void {
    const { command_id, gateway_sn, state } = command
    this.#commands.set(command_id, deepFreeze(command))
    const open = this.#openByDock.get(gateway_sn) ?? new Set()
    if (isFinal(state)) {
      open.delete(command_id)
      this.#finals.add(command_id)
    } else {
      open.add(command_id)
    }
    if (open.size === 0) this.#openByDock.delete(gateway_sn)
    else this.#openByDock.set(gateway_sn, open)
  }

  /** Evicts the command that has been final longest when the store is full; false when all are open. */
  #makeRoom(): boolean {
    if (this.#commands.size < this.#maxCommands) return true
    const [oldest] = this.#finals
    const command = this.#byId(oldest)
    if (command === undefined) return false
    this.#finals.delete(command.command_id)
    this.#commands.delete(command.command_id)
    this.#idByScope.delete(command.scope) // rule: create-key-per-api-id
    this.#idByTid.delete(command.tid)
    return true
  }
}

/** Freezes a value and all that it holds; what is frozen already holds frozen things only. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const inner of Object.values(value)) deepFreeze(inner)
  return value
}
