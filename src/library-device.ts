import type { JsonObject } from '../contracts/index.ts'
import { HarnessError } from '../contracts/index.ts'
import type { Dock, DockGlance, Leaving, MethodScript } from '../simulator/index.ts'
import { glanceAt, withInitial } from '../simulator/index.ts'
import type { AppliedScript } from './library-scripts.ts'
import type { Household } from './library-household.ts'

/** A device of a rig. */
export interface RigDeviceHandle {
  readonly device_id: string
  readonly gateway_sn: string
  readonly model: string
  readonly tags: readonly string[]
  readonly isOnline: boolean
  /** Scripts that it follows, the newest, which is asked first, at the beginning. */
  readonly scripts: readonly AppliedScript[]
  /** What it is like at the moment. */
  look(): DockGlance
  /** Scripts a method (`*`: any other); the newest script wins. Returns what takes it back. */
  on(method: string, behavior: MethodScript): () => void
  /** Gives it other properties, as `initial` does: those of the dock, `aircraft` and `aircraft_online`. */
  set(initial: JsonObject): Promise<void>
  connect(): Promise<void>
  /** `silent` leaves without a goodbye: the connection stays, and nothing more is said. */
  disconnect(how?: Leaving): Promise<void>
  /**
   * The line breaks and it is away for as long as a reboot takes. Resolves when it is back, or when it was told to come or
   * go, or was taken away meanwhile.
   */
  reboot(): Promise<void>
  /** Lets a held reply go, the oldest or that of the n-th call; waits until one is held. */
  release(call?: number): Promise<void>
}

/** A device of a rig for users of the library. Throws DEVICE_UNKNOWN. */
export function deviceHandle(house: Household, name: string): RigDeviceHandle {
  const { rig, scripts, events } = house
  const dock: Dock = rig.fleet.get(name)
  const { pace, recorder } = rig
  return {
    device_id: rig.devices.get(name)?.device_id ?? name,
    gateway_sn: dock.gateway_sn,
    model: dock.model,
    tags: rig.fleet.tagsOf(name),
    get isOnline() {
      return dock.isOnline
    },
    get scripts() {
      return scripts.of(name)
    },
    look: () => glanceAt(dock),
    on(method, behavior) {
      const script = { devices: { [name]: { on: { [method]: behavior } } } }
      return scripts.apply(script, { source: 'library' }).undo
    },
    async set(initial) {
      requireHere(house, dock, 'change')
      dock.change((state) => withInitial(state, initial))
      events.device(name, 'changed')
      await pace.settle()
    },
    async connect() {
      requireHere(house, dock, 'connect')
      await pace.during(dock.connect())
      if (dock.isOnline) recorder.dock(dock.gateway_sn, 'up')
      await pace.settle()
    },
    async disconnect(how = 'clean') {
      requireHere(house, dock, 'disconnect')
      await pace.during(dock.disconnect(how))
      recorder.dock(dock.gateway_sn, 'down')
      if (how === 'silent') events.device(name, 'silent')
      await pace.settle()
    },
    async reboot() {
      requireHere(house, dock, 'reboot')
      events.device(name, 'rebooting')
      recorder.dock(dock.gateway_sn, 'down')
      await pace.during(Promise.race([restart(dock), dock.ended]))
      if (dock.isOnline) recorder.dock(dock.gateway_sn, 'up')
      await pace.settle()
    },
    release: (held) => release(house, dock, held),
  }
}

function restart(dock: Dock): Promise<void> {
  const restarting = { kind: 'restart', awayMs: dock.timing.rebootMs } as const
  return dock.perform({ delayMs: 0, held: 'never', effects: [restarting] })
}

async function release({ rig: { pace } }: Household, dock: Dock, held: number | undefined): Promise<void> {
  const isHeld = (): boolean =>
    held === undefined ? dock.held.calls.length > 0 : dock.held.calls.includes(held)
  dock.held.onChange(() => pace.poke())
  const wait = await pace.until(isHeld, pace.clock.now() + 10_000)
  if (wait === 'late')
    throw new Error(
      `Cannot release a reply of "${dock.name}": none is held. Script it with hold: true, and send a command first.`,
    )
  dock.held.release(held)
  await pace.settle()
}

/** A device that was taken away stays so, also when another one has its name now. */
function requireHere({ rig }: Household, dock: Dock, verb: string): void {
  if (rig.fleet.find(dock.name) === dock) return
  throw new HarnessError(
    'DEVICE_UNKNOWN',
    `Cannot ${verb} the device "${dock.name}": it was removed. Add it again.`,
  )
}
