import type { Command } from './command.ts'
import type { DeviceRequest, DeviceRequestFilter } from './device-request.ts'
import type { Presence } from './presence.ts'

/** What came of storing a new command. */
export type Stored =
  | { readonly kind: 'created' }
  /** Another command has the same scope: this one. */
  | { readonly kind: 'taken'; readonly command: Command }
  /** There is no room: too many commands are open. */
  | { readonly kind: 'full' }

/** The store as the gateway uses it from its start on. */
export function openStore(store: Store): Store {
  return store
}

/**
 * What the gateway remembers. Every operation is atomic, also between processes that share a store; values that come out
 * are frozen or copies. `change` functions are pure and may run more than once; `undefined` from them changes nothing.
 */
export interface Store {
  createOnce(command: Command): Promise<Stored>
  findCommand(command_id: string): Promise<Command | undefined>
  findByTid(tid: string): Promise<Command | undefined>
  /** Commands that are not final, oldest first; of one dock, or of all. */
  openCommands(gateway_sn?: string): Promise<readonly Command[]>
  /** The command as changed, or `undefined` when it is unknown or nothing changed. */
  updateCommand(
    command_id: string,
    change: (command: Command) => Command | undefined,
  ): Promise<Command | undefined>
  savePresence(gateway_sn: string, presence: Presence): Promise<void>
  /** The docks that were ever heard of. */
  presences(): Promise<ReadonlyMap<string, Presence>>
  addDeviceRequest(request: DeviceRequest): Promise<void>
  findDeviceRequest(id: string): Promise<DeviceRequest | undefined>
  /** Newest first. */
  deviceRequests(filter: DeviceRequestFilter): Promise<readonly DeviceRequest[]>
  updateDeviceRequest(
    id: string,
    change: (request: DeviceRequest) => DeviceRequest | undefined,
  ): Promise<DeviceRequest | undefined>
}
