import type { Lifeline } from './lifeline.ts'
import type { Store } from './store.ts'

/** The store, with every operation tied to the gateway's life. */
export function boundStore(store: Store, { run }: Lifeline): Store {
  return {
    createOnce: (command) => run(() => store.createOnce(command)),
    findCommand: (id) => run(() => store.findCommand(id)),
    findByTid: (tid) => run(() => store.findByTid(tid)),
    openCommands: (gateway_sn) => run(() => store.openCommands(gateway_sn)),
    updateCommand: (id, change) => run(() => store.updateCommand(id, change)),
    savePresence: (gateway_sn, presence) => run(() => store.savePresence(gateway_sn, presence)),
    presences: () => run(() => store.presences()),
    addDeviceRequest: (request) => run(() => store.addDeviceRequest(request)),
    findDeviceRequest: (id) => run(() => store.findDeviceRequest(id)),
    deviceRequests: (filter) => run(() => store.deviceRequests(filter)),
    updateDeviceRequest: (id, change) => run(() => store.updateDeviceRequest(id, change)),
  }
}
