import type { JsonObject } from '../contracts/index.ts'
import type { ReadFrom } from './dock-readings.ts'
import { swings } from './dock-readings.ts'
import type { Flight, FlightMoment } from './flight.ts'
import { flightAt } from './flight.ts'

/** Every property of a dock's aircraft at a moment; see `dockReadings`. */
export function aircraftReadings(dock: ReadFrom, now: number): JsonObject {
  const { identity, state } = dock
  const { flight } = state
  const moment = momentOf(dock, now)
  return {
    ...measured(dock.aircraft_sn, moment, now),
    battery: battery(dock.aircraft_sn, moment.seconds),
    position_state: { is_fixed: 2, quality: 5, gps_number: 18, rtk_number: 27 },
    storage: { total: 60_000_000, used: 1_250_000 },
    maintain_status: {
      maintain_status_array: [
        {
          state: 0,
          last_maintain_type: 1,
          last_maintain_time: 0,
          last_maintain_flight_time: 0,
          last_maintain_flight_sorties: 0,
        },
      ],
    },
    track_id: flight?.id ?? '',
    gear: 1,
    is_near_area_limit: 0,
    is_near_height_limit: 0,
    activation_time: 1_667_935_211,
    total_flight_sorties: 31,
    total_flight_distance: 91_200,
    total_flight_time: 36_000,
    country: 'DE',
    rid_state: false,
    home_latitude: identity.latitude,
    home_longitude: identity.longitude,
    best_link_gateway: dock.gateway_sn,
    ...cameras(dock),
    ...state.aircraft,
    ...(flight === undefined ? {} : { mode_code: flyingMode(flight, moment) }),
  }
}

/** Of the readings those that move by themselves: all others change with the state of dock and aircraft alone. */
export function movingAircraftReadings(dock: ReadFrom, now: number): JsonObject {
  const { state, aircraft_sn } = dock
  const { flight } = state
  const moment = momentOf(dock, now)
  const moving: Record<string, unknown> = measured(aircraft_sn, moment, now)
  if (flight !== undefined) moving['battery'] = battery(aircraft_sn, moment.seconds)
  for (const name of Object.keys(moving))
    if (Object.hasOwn(state.aircraft, name)) moving[name] = state.aircraft[name]
  if (flight !== undefined) moving['mode_code'] = flyingMode(flight, moment)
  return moving
}

function momentOf({ identity, state }: ReadFrom, now: number): FlightMoment {
  return state.flight === undefined ? grounded(identity) : flightAt(state.flight, now)
}

function measured(sn: string, moment: FlightMoment, now: number): Record<string, unknown> {
  return {
    latitude: moment.latitude,
    longitude: moment.longitude,
    height: Math.round((34.2 + moment.elevation) * 100) / 100,
    elevation: Math.round(moment.elevation * 100) / 100,
    attitude_head: moment.heading,
    attitude_pitch: moment.horizontal_speed > 0 ? -6.5 : 0,
    attitude_roll: 0,
    horizontal_speed: moment.horizontal_speed,
    vertical_speed: moment.vertical_speed,
    home_distance: moment.home_distance,
    wind_speed: swings(`${sn} wind`, now, { mean: 2.4, swing: 1.6 }),
    wind_direction: 3,
  }
}

/** 2 wayline: taking off, on its way, coming home, landing (values of DJI's thing model). */
function flyingMode({ way, legs, ends }: Flight, { waypoint, at }: FlightMoment): number {
  if (at === 'hovering') return 3
  const isLastLeg = waypoint >= legs.length - 1
  if (ends === 'dock' && isLastLeg) return 10
  if (ends === 'dock' && waypoint === way.length - 3) return 9
  return waypoint === 0 && way[0]?.elevation === 0 ? 4 : 5
}

/** A full battery lasts about 35 minutes. */
function battery(sn: string, seconds: number): JsonObject {
  const capacity_percent = Math.max(5, Math.round(95 - (seconds / 2_100) * 95))
  return {
    capacity_percent,
    remain_flight_time: Math.round((capacity_percent / 95) * 2_100),
    return_home_power: 15,
    landing_power: 10,
    batteries: [
      {
        capacity_percent,
        index: 0,
        sn: `B${sn.slice(-12)}`,
        type: 0,
        sub_type: 0,
        firmware_version: '02.00.20.44',
        loop_times: 137,
        voltage: 22_000 + capacity_percent * 30,
        temperature: 33.3,
        high_voltage_storage_days: 16,
      },
    ],
  }
}

function cameras({ aircraft, state }: ReadFrom): JsonObject {
  const indexes = aircraft?.cameras ?? []
  const [main] = indexes
  const pushed = state.aircraft['camera'] as JsonObject | undefined
  const gimbals = indexes.map((index) => [
    index,
    {
      gimbal_pitch: 0,
      gimbal_roll: 0,
      gimbal_yaw: 0,
      payload_index: index,
      ...(state.aircraft['gimbal'] as object | undefined),
    },
  ])
  const camera = {
    payload_index: main,
    camera_mode: 0,
    photo_state: 0,
    recording_state: 0,
    record_time: 0,
    remain_photo_num: 3_200,
    remain_record_duration: 7_200,
    screen_split_enable: false,
    zoom_factor: 2,
    ...pushed,
  }
  return { cameras: main === undefined ? [] : [camera], ...Object.fromEntries(gimbals) }
}

function grounded(home: { readonly latitude: number; readonly longitude: number }): FlightMoment {
  return {
    latitude: home.latitude,
    longitude: home.longitude,
    elevation: 0,
    waypoint: 0,
    legProgress: 0,
    heading: 12,
    horizontal_speed: 0,
    vertical_speed: 0,
    home_distance: 0,
    seconds: 0,
    at: 'over',
  }
}
