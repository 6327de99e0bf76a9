import type { JsonObject, JsonSchema } from '../contracts/index.ts'
import { propertiesOf } from '../contracts/index.ts'
import { aircraftReadings, movingAircraftReadings } from './aircraft-readings.ts'
import type { DockView } from './behavior.ts'
import { dockReadings, movingDockReadings } from './dock-readings.ts'
import type { DockState } from './dock-state.ts'
import { fitSchema } from './fit-schema.ts'

/**
 * The osd of one dock and its aircraft, message by message. All that follows from the state is worked out once per
 * state; between two changes only what moves by itself is read again.
 */
export class Osd {
  readonly #dock: DockView
  #drawn:
    | { readonly of: DockState; readonly dock: readonly JsonObject[]; readonly aircraft: JsonObject }
    | undefined

  constructor(dock: DockView) {
    this.#dock = dock
  }

  /** The messages of the moment: those of the dock, and that of its aircraft, empty while it is off. */
  read(): { readonly dock: readonly JsonObject[]; readonly aircraft: JsonObject } {
    const dock = this.#dock
    const { state } = dock
    if (this.#drawn?.of !== state) {
      this.#drawn = { of: state, dock: osdOfDock(dock), aircraft: aircraftPart(dock, 'osd') }
      return this.#drawn
    }
    const { dock: parts, aircraft } = this.#drawn
    const own = fitSchema(schemaOf(dock.product, 'osd'), movingDockReadings(dock, dock.now()))
    return {
      dock: parts.map((part) => refreshed(part, own)),
      aircraft:
        dock.aircraft === undefined || state.aircraftLink === 'off' ? aircraft : this.#inAir(aircraft),
    }
  }

  #inAir(before: JsonObject): JsonObject {
    const dock = this.#dock
    if (dock.aircraft === undefined) return before
    const moving = movingAircraftReadings(dock, dock.now())
    return refreshed(before, fitSchema(schemaOf(dock.aircraft.product, 'osd'), moving))
  }
}

/** The osd of a dock in the messages that it is documented to be spread over; a remote controller sends one. */
function osdOfDock(dock: DockView): readonly JsonObject[] {
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

/** With what has moved since; the order of the fields stays. */
function refreshed(before: JsonObject, moving: JsonObject): JsonObject {
  const now: Record<string, unknown> = { ...before }
  for (const name of Object.keys(moving)) if (Object.hasOwn(now, name)) now[name] = moving[name]
  return now
}
