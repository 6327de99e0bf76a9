import { HarnessError } from '../contracts/index.ts'
import type { DockSpec, Place } from '../simulator/index.ts'
import { placeAround } from '../simulator/index.ts'
import type { ReferenceRig } from './compose.ts'
import { inBatches, sideBySide } from './in-batches.ts'
import { actOn, choose } from './library-actions.ts'
import type { RigDeviceHandle } from './library-device.ts'
import { deviceHandle } from './library-device.ts'
import type { RigEvents } from './library-events.ts'
import type { ScriptDesk } from './library-scripts.ts'
import type { DeviceAction, NewDevices, Selection } from './scenario/index.ts'
import { traitsOf } from './scenario/index.ts'

export interface HouseholdOptions {
  readonly seed: number
  /** Around where docks stand that are given no place. */
  readonly centre: Place
}

/** Most docks that a rig holds. */
export const mostDevices = 10_000

/** The docks of a rig, as they come and go. */
export class Household {
  readonly rig: ReferenceRig
  readonly scripts: ScriptDesk
  readonly events: RigEvents
  readonly #options: HouseholdOptions
  readonly #handles = new Map<string, RigDeviceHandle>()
  readonly #leaving = new Map<string, Promise<void>>()
  #added = 0
  #named = 0

  constructor(
    rig: ReferenceRig,
    { scripts, events }: { readonly scripts: ScriptDesk; readonly events: RigEvents },
    options: HouseholdOptions,
  ) {
    this.rig = rig
    this.scripts = scripts
    this.events = events
    this.#options = options
  }

  get devices(): readonly RigDeviceHandle[] {
    return [...this.#handles.values()]
  }

  /** Throws DEVICE_UNKNOWN. */
  device(name: string): RigDeviceHandle {
    // The fleet knows how to say that there is no such device.
    return this.#handles.get(name) ?? deviceHandle(this, this.rig.fleet.get(name).name)
  }

  /** The devices that a rule of a fleet with the same words is for. */
  select(selection: Selection): readonly RigDeviceHandle[] {
    return choose(this.devices, selection, this.#options.seed)
  }

  /** Does something to all devices of a selection; returns them. */
  async act(action: DeviceAction): Promise<readonly RigDeviceHandle[]> {
    const chosen = this.select(action)
    await actOn(chosen, action, (name) => this.remove(name))
    return chosen
  }

  /** Makes devices and connects them. Throws OPTION_INVALID before anything is made, or what hinders one from connecting. */
  async add(
    wanted: NewDevices,
    names: readonly string[] = this.#namesFor(wanted),
  ): Promise<readonly RigDeviceHandle[]> {
    this.#requireRoom(wanted, names)
    const handles = names.map((name) => this.#make(name, wanted, names.length))
    if (wanted.online === false) return handles
    await inBatches(handles, sideBySide, (batch) => this.rig.pace.during(this.#connect(batch)))
    await this.rig.pace.settle()
    return handles
  }

  /**
   * Takes a device away: it says goodbye, and nobody knows it any more. Whoever takes it away meanwhile waits for the same.
   * Throws DEVICE_UNKNOWN.
   */
  remove(name: string): Promise<void> {
    const leaving = this.#leaving.get(name) ?? this.#remove(name)
    this.#leaving.set(name, leaving)
    return leaving.finally(() => this.#leaving.delete(name))
  }

  async #remove(name: string): Promise<void> {
    const { rig } = this
    const { gateway_sn } = rig.fleet.get(name)
    await rig.pace.during(rig.bed.remove(name))
    rig.recorder.dock(gateway_sn, 'down')
    this.#handles.delete(name)
    this.scripts.forget(name)
    this.events.device(name, 'removed')
    await rig.pace.settle()
  }

  #make(name: string, wanted: NewDevices, of: number): RigDeviceHandle {
    const { rig } = this
    rig.bed.add(this.#specOf(name, wanted, of))
    this.scripts.welcome(rig.fleet.get(name))
    const handle = deviceHandle(this, name)
    this.#handles.set(name, handle)
    this.events.device(name, 'added')
    return handle
  }

  #specOf(name: string, wanted: NewDevices, of: number): DockSpec {
    const { model, aircraft, initial, telemetry, tags, serial, place } = wanted
    const { seed, centre } = this.#options
    const number = this.#added++
    const isExact = place !== undefined && of === 1
    const where = isExact ? place : placeAround(place ?? centre, number, seed)
    return {
      name,
      ...traitsOf(wanted),
      identity: { ...where, ...(serial === undefined ? {} : { gateway_sn: serial }) },
      ...(model === undefined ? {} : { model }),
      ...(aircraft === undefined ? {} : { aircraft }),
      ...(initial === undefined ? {} : { initial }),
      ...(telemetry === undefined ? {} : { telemetry }),
      ...(tags === undefined ? {} : { tags }),
    }
  }

  /** Those that were taken away meanwhile are left out. */
  async #connect(handles: readonly RigDeviceHandle[]): Promise<void> {
    const { fleet, recorder } = this.rig
    const docks = handles.flatMap(({ device_id }) => fleet.find(device_id) ?? [])
    await Promise.all(docks.map((dock) => dock.connect()))
    for (const dock of docks) if (dock.isOnline) recorder.dock(dock.gateway_sn, 'up')
  }

  #namesFor({ name, count }: NewDevices): readonly string[] {
    if (name !== undefined && count === undefined) return [name]
    const number = count ?? 1
    return Array.from({ length: number }, (_, index) =>
      name === undefined ? this.#freeName() : `${name}-${index + 1}`,
    )
  }

  #freeName(): string {
    let name: string
    do name = `drone-${String(++this.#named).padStart(3, '0')}`
    while (this.rig.fleet.find(name) !== undefined)
    return name
  }

  #requireRoom({ serial }: NewDevices, names: readonly string[]): void {
    const { fleet } = this.rig
    const taken = names.find((name) => fleet.find(name) !== undefined)
    if (taken !== undefined) throw cannotAdd(taken, 'there is one of that name', 'Choose another name')
    if (serial !== undefined && names.length > 1)
      throw cannotAdd(
        names[0] ?? '',
        `${names.length} devices cannot have one serial number`,
        'Add them one by one',
      )
    if (this.#handles.size + names.length > mostDevices)
      throw cannotAdd(names[0] ?? '', `there would be more than ${mostDevices} devices`, 'Remove some first')
  }
}

function cannotAdd(name: string, what: string, then: string): HarnessError {
  return new HarnessError('OPTION_INVALID', `Cannot add the device "${name}": ${what}. ${then}.`)
}
