import type { JsonObject, JsonSchema } from '../contracts/index.ts'
import { encodeEnvelope, formatTopic, propertiesOf } from '../contracts/index.ts'
import { aircraftReadings } from './aircraft-readings.ts'
import type { DockView } from './behavior.ts'
import { dockReadings } from './dock-readings.ts'
import type { DockState } from './dock-state.ts'
import { fitSchema } from './fit-schema.ts'
import type { Timers } from './timers.ts'

/** What telemetry needs of the dock that it speaks for. */
export interface Transmitter extends DockView {
  readonly isOnline: boolean
  readonly timers: Timers
  publish(
    topic: string,
    payload: Uint8Array,
    options: { readonly qos: 0 | 1; readonly retain: boolean },
  ): Promise<void>
}

/** Sends osd twice in four seconds while it is on, and state when it changes. Sets no timer while it is off. */
export class Telemetry {
  readonly #dock: Transmitter
  readonly #switch: 'on' | 'off'
  #beat: { readonly at: 'still' | 'beating' } = { at: 'still' }

  constructor(dock: Transmitter, position: 'on' | 'off') {
    this.#dock = dock
    this.#switch = position
  }

  /** Begins with everything; goes on by itself until the dock is off line. */
  start(): void {
    if (this.#switch === 'off' || this.#beat.at === 'beating') return
    this.#beat = { at: 'beating' }
    const { gateway_sn, aircraft_sn } = this.#dock
    for (const [sn, data] of [
      [gateway_sn, dockPart(this.#dock, 'state')],
      [aircraft_sn, aircraftPart(this.#dock, 'state')],
    ] as const)
      this.#send('state', sn, data)
    this.#tick()
  }

  /** State properties are sent at once when they change, whether osd is on or not (documented: pushMode 1). */
  tellChange(before: DockState): void {
    const dock = this.#dock
    if (!dock.isOnline || dock.state === before) return
    const then = viewAt(dock, before)
    this.#send('state', dock.gateway_sn, difference(dockPart(then, 'state'), dockPart(dock, 'state')))
    if (dock.state.aircraft !== before.aircraft)
      this.#send(
        'state',
        dock.aircraft_sn,
        difference(aircraftPart(then, 'state'), aircraftPart(dock, 'state')),
      )
  }

  #tick(): void {
    const dock = this.#dock
    if (!dock.isOnline) {
      this.#beat = { at: 'still' }
      return
    }
    for (const data of osdOfDock(dock)) this.#send('osd', dock.gateway_sn, data)
    this.#send('osd', dock.aircraft_sn, aircraftPart(dock, 'osd'))
    dock.timers.after(dock.timing.osdMs, () => this.#tick())
  }

  #send(family: 'osd' | 'state', sn: string, data: JsonObject): void {
    if (Object.keys(data).length === 0) return
    const dock = this.#dock
    const { gateway_sn: gateway } = dock
    const message = { tid: dock.newId(), bid: dock.newId(), timestamp: dock.now(), gateway, data }
    void dock.publish(formatTopic(family, sn), encodeEnvelope(message), { qos: 0, retain: false })
  }
}

/** The osd of a dock in the messages that it is documented to be spread over; a remote controller sends one. */
export function osdOfDock(dock: DockView): readonly JsonObject[] {
  const all = dockPart(dock, 'osd')
  if (!dock.product.startsWith('dock')) return [all]
  const rest: Record<string, unknown> = { ...all }
  const first = take(rest, maintenanceAndPower)
  const second = take(rest, linkAndTask)
  return [first, second, rest]
}

/** The aircraft's properties of one push mode; none while it is off. */
export function aircraftPart(dock: DockView, part: 'osd' | 'state'): JsonObject {
  if (dock.aircraft === undefined || dock.state.aircraftLink === 'off') return {}
  return fitSchema(schemaOf(dock.aircraft.product, part), aircraftReadings(dock, dock.now()))
}

/** The dock's properties of one push mode. */
export function dockPart(dock: DockView, part: 'osd' | 'state'): JsonObject {
  return fitSchema(schemaOf(dock.product, part), dockReadings(dock, dock.now()))
}

const maintenanceAndPower = [
  'job_number',
  'acc_time',
  'activation_time',
  'maintain_status',
  'electric_supply_voltage',
  'working_voltage',
  'working_current',
  'backup_battery',
  'drone_battery_maintenance_info',
]
const linkAndTask = [
  'wireless_link',
  'media_file_detail',
  'drc_state',
  'drone_authority_info',
  'flighttask_step_code',
  'home_position_is_valid',
  'heading',
]

function schemaOf(product: DockView['product'], part: 'osd' | 'state'): JsonSchema {
  return propertiesOf(product)[part]
}

function take(rest: Record<string, unknown>, names: readonly string[]): JsonObject {
  const taken: Record<string, unknown> = {}
  for (const name of names) {
    if (!Object.hasOwn(rest, name)) continue
    taken[name] = rest[name]
    delete rest[name]
  }
  return taken
}

function viewAt(dock: DockView, state: DockState): DockView {
  const { name, gateway_sn, aircraft_sn, model, product, aircraft, identity, timing } = dock
  return {
    name,
    gateway_sn,
    aircraft_sn,
    model,
    product,
    aircraft,
    identity,
    timing,
    state,
    now: () => dock.now(),
    newId: () => dock.newId(),
    random: () => dock.random(),
  }
}

function difference(before: JsonObject, now: JsonObject): JsonObject {
  const changed = Object.entries(now).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
  )
  return Object.fromEntries(changed)
}
