import type { JsonObject } from '../contracts/index.ts'
import type { Flight } from './flight.ts'

/** What a dock is like at a moment: the fields of its osd and state messages, those of its aircraft, and what it does. */
export interface DockState {
  /** Properties of the dock, by their names in DJI's thing model. */
  readonly dock: JsonObject
  readonly aircraft: JsonObject
  /** Whether the aircraft is switched on and linked: it is listed as sub-device then. */
  readonly aircraftLink: 'on' | 'off'
  /** Method of the job that the dock is busy with. */
  readonly job?: string | undefined
  /** Flight tasks that were handed to the dock, by flight id. */
  readonly tasks: Readonly<Record<string, FlightTask>>
  readonly flight?: Flight | undefined
  /** The low-latency channel, while it is open. */
  readonly drc?: DrcLink | undefined
  /** Unlock licences by id: whether they are switched on. */
  readonly licenses: Readonly<Record<string, boolean>>
}

export interface FlightTask {
  readonly flight_id: string
  /** 0 at once, 1 at a time, 2 when its conditions hold. */
  readonly task_type: number
  readonly execute_time: number | undefined
  readonly url: string | undefined
  readonly at: 'prepared' | 'running' | 'paused' | 'over'
  /** Of the command that started it: its progress is told under it. */
  readonly bid: string
}

export interface DrcLink {
  /** When the last heartbeat was heard, milliseconds since the epoch. */
  readonly beatAt: number
  readonly osdHz: number
  readonly hsiHz: number
}

/** What a dock begins with, before a test says otherwise: in remote debugging mode, the aircraft in it and switched on. */
export const startState: DockState = {
  dock: {
    mode_code: 2,
    cover_state: 0,
    putter_state: 0,
    drone_in_dock: 1,
    emergency_stop_state: 0,
    supplement_light_state: 0,
    alarm_state: 0,
    battery_store_mode: 1,
    flighttask_step_code: 5,
    drc_state: 0,
    drone_charge_state: { state: 0, capacity_percent: 95 },
    drone_battery_maintenance_info: { maintenance_state: 0, maintenance_time_left: 0 },
    air_conditioner: { air_conditioner_state: 0, switch_time: 0 },
    wireless_link: { link_workmode: 0 },
    silent_mode: 0,
    user_experience_improvement: 2,
    air_transfer_enable: false,
    firmware_version: '10.01.16.02',
    firmware_upgrade_status: 0,
    compatible_status: 0,
    live_status: [],
    dongle_infos: [
      {
        imei: '860000000000001',
        dongle_type: 10,
        eid: '89086030202200000024000000000001',
        esim_activate_state: 0,
        sim_card_state: 1,
        sim_slot: 1,
        esim_infos: [],
        sim_info: { telecom_operator: 0, sim_type: 1, iccid: '89860000000000000001' },
      },
    ],
  },
  aircraft: {
    mode_code: 0,
    control_source: 'A',
    height_limit: 120,
    night_lights_state: 0,
    rth_altitude: 100,
    rc_lost_action: 2,
    exit_wayline_when_rc_lost: 0,
    obstacle_avoidance: { horizon: 1, upside: 1, downside: 1 },
    distance_limit_status: { state: 0, distance_limit: 5000, is_near_distance_limit: 0 },
    commander_mode_lost_action: 1,
    commander_flight_mode: 1,
    commander_flight_height: 80,
    firmware_version: '10.01.16.02',
    firmware_upgrade_status: 0,
    compatible_status: 0,
    rth_mode: 1,
    current_rth_mode: 1,
    mode_code_reason: 0,
    low_battery_warning_threshold: 20,
    serious_low_battery_warning_threshold: 10,
  },
  aircraftLink: 'on',
  tasks: {},
  licenses: { 1: true },
}

/** The start state with the fields of a scenario's `initial`. */
export function beginWith(initial: JsonObject = {}): DockState {
  return withInitial(startState, initial)
}

/** A state with other properties of the dock, except `aircraft` (properties of the aircraft) and `aircraft_online`. */
export function withInitial(state: DockState, initial: JsonObject): DockState {
  const { aircraft, aircraft_online, ...dock } = initial
  return {
    ...state,
    dock: { ...state.dock, ...dock },
    aircraft: { ...state.aircraft, ...(aircraft as JsonObject | undefined) },
    aircraftLink: aircraft_online === undefined ? state.aircraftLink : linkOf(aircraft_online),
  }
}

function linkOf(online: unknown): DockState['aircraftLink'] {
  return online === false ? 'off' : 'on'
}

/** The dock with other properties. */
export function withDock(state: DockState, fields: JsonObject): DockState {
  return { ...state, dock: { ...state.dock, ...fields } }
}

/** The dock with other properties of its aircraft. */
export function withAircraft(state: DockState, fields: JsonObject): DockState {
  return { ...state, aircraft: { ...state.aircraft, ...fields } }
}

/** The dock with other fields inside one of its properties. */
export function withPart(state: DockState, property: string, fields: JsonObject): DockState {
  return withDock(state, { [property]: { ...(state.dock[property] as JsonObject | undefined), ...fields } })
}
