import type { JsonObject } from '../contracts/index.ts'

/** What a dock is like at a moment: the fields of its osd and state messages, and those of its aircraft. */
export interface DockState {
  /** Properties of the dock, by their names in DJI's thing model. */
  readonly dock: JsonObject
  readonly aircraft: JsonObject
  /** Whether the aircraft is switched on and linked: it is listed as sub-device then. */
  readonly aircraftLink: 'on' | 'off'
}

/** A fleet's docks start in remote debugging mode with the aircraft in the dock and switched on. */
export const initialState: DockState = {
  dock: { mode_code: 2, cover_state: 0, drone_in_dock: 1, emergency_stop_state: 0 },
  aircraft: { mode_code: 0 },
  aircraftLink: 'on',
}
