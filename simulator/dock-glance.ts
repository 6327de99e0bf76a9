import { isJsonObject } from '../contracts/index.ts'
import { aircraftReadings } from './aircraft-readings.ts'
import type { DockView } from './behavior.ts'
import type { Place } from './place.ts'

/** What is worth knowing of a dock at first sight. */
export interface DockGlance {
  /** `mode_code` of the dock: 0 idle, 1 debugging on site, 2 remote debugging, 3 upgrading, 4 working. */
  readonly mode_code: number
  readonly drone_in_dock: boolean
  /** 0 closed, 1 open, 2 half open, 3 abnormal. */
  readonly cover_state: number
  /** Charge of the aircraft's battery in percent. */
  readonly battery_percent: number
  readonly place: Place
  /** Method of the job that the dock is busy with. */
  readonly job: string | null
  readonly aircraft: {
    readonly aircraft_sn: string
    readonly model: string
    /** Whether it is switched on and linked. */
    readonly online: boolean
    readonly mode_code: number
    readonly place: Place
    /** Metres above the dock. */
    readonly elevation: number
    readonly flying: boolean
  } | null
}

/** Looks at a dock: its own properties, and the readings of its aircraft at the moment. */
export function glanceAt(dock: DockView): DockGlance {
  const { state, identity } = dock
  const { latitude, longitude } = identity
  const readings = aircraftReadings(dock, dock.now())
  const charge = isJsonObject(readings['battery']) ? readings['battery'] : {}
  const parked = isJsonObject(state.dock['drone_charge_state']) ? state.dock['drone_charge_state'] : {}
  const isFlying = state.flight !== undefined
  return {
    mode_code: numberOf(state.dock['mode_code']),
    drone_in_dock: state.dock['drone_in_dock'] === 1,
    cover_state: numberOf(state.dock['cover_state']),
    battery_percent: numberOf(isFlying ? charge['capacity_percent'] : parked['capacity_percent']),
    place: { latitude, longitude },
    job: state.job ?? null,
    aircraft:
      dock.aircraft === undefined
        ? null
        : {
            aircraft_sn: dock.aircraft_sn,
            model: dock.aircraft.id,
            online: state.aircraftLink === 'on',
            mode_code: numberOf(readings['mode_code']),
            place: { latitude: numberOf(readings['latitude']), longitude: numberOf(readings['longitude']) },
            elevation: numberOf(readings['elevation']),
            flying: isFlying,
          },
  }
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}
