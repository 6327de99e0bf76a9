import type { JsonObject } from '../contracts/index.ts'
import { isJsonObject } from '../contracts/index.ts'
import type { DockView } from './behavior.ts'

/** What of a dock its readings depend on. */
export type ReadFrom = Pick<
  DockView,
  'gateway_sn' | 'aircraft_sn' | 'aircraft' | 'identity' | 'product' | 'state'
>

/**
 * Every property of a dock (or of a remote controller) at a moment: its state where it has one, else sensors that are a
 * function of its serial number and the clock. More than one product sends; the sender drops what its own does not know.
 */
export function dockReadings(dock: ReadFrom, now: number): JsonObject {
  const { state } = dock
  const own: Record<string, unknown> = { ...sensors(dock), ...equipment(dock), ...swinging(dock, now) }
  for (const [name, value] of Object.entries(state.dock)) own[name] = merged(own[name], value)
  return own
}

/** Of the readings those that move by themselves: all others change with the dock's state alone. */
export function movingDockReadings(dock: ReadFrom, now: number): JsonObject {
  const moving: Record<string, unknown> = swinging(dock, now)
  for (const name of Object.keys(moving))
    if (Object.hasOwn(dock.state.dock, name)) moving[name] = merged(moving[name], dock.state.dock[name])
  return moving
}

function merged(own: unknown, value: unknown): unknown {
  return isJsonObject(own) && isJsonObject(value) ? { ...own, ...value } : value
}

/** A value that swings around `mean` within `swing`, once in about 20 minutes; the same at the same moment. */
export function swings(
  words: string,
  now: number,
  { mean, swing, digits = 1 }: { readonly mean: number; readonly swing: number; readonly digits?: number },
): number {
  let phase = 0
  for (let place = 0; place < words.length; place += 1) phase = (phase * 31 + words.charCodeAt(place)) % 1000
  const value = mean + swing * Math.sin(now / 200_000 + phase)
  return Math.round(value * 10 ** digits) / 10 ** digits
}

/** Sensors whose values swing, and what the dock reads of batteries. */
function swinging(dock: ReadFrom, now: number): Record<string, unknown> {
  const { gateway_sn: sn } = dock
  return {
    wind_speed: swings(`${sn} wind`, now, { mean: 2.4, swing: 1.6 }),
    environment_temperature: swings(`${sn} outside`, now, { mean: 21, swing: 4 }),
    temperature: swings(`${sn} inside`, now, { mean: 24, swing: 1.5 }),
    humidity: swings(`${sn} humidity`, now, { mean: 55, swing: 12, digits: 0 }),
    network_state: { type: 2, quality: 5, rate: swings(`${sn} rate`, now, { mean: 40, swing: 30 }) },
    working_current: swings(`${sn} current`, now, { mean: 1150, swing: 90, digits: 0 }),
    drone_battery_maintenance_info: batteriesSeenByDock(dock, now),
  }
}

/** Values that stand still; those that swing keep a place here, so that the order of fields is the documents'. */
function sensors({ identity, product }: ReadFrom): JsonObject {
  return {
    latitude: identity.latitude,
    longitude: identity.longitude,
    height: 34.2,
    heading: 12,
    home_position_is_valid: 1,
    rainfall: 0,
    wind_speed: 0,
    environment_temperature: 0,
    temperature: 0,
    humidity: 0,
    network_state: {},
    working_current: 0,
    working_voltage: 25_440,
    electric_supply_voltage: 231,
    backup_battery: { switch: 1, voltage: 26_631, temperature: 27.9 },
    capacity_percent: 84,
    ...(product === 'rc' || product === 'rc-pro' ? { country: 'DE' } : {}),
  }
}

function equipment(dock: ReadFrom): JsonObject {
  const { identity, state } = dock
  const isOn = state.aircraftLink === 'on'
  return {
    alternate_land_point: {
      latitude: identity.latitude + 0.0004,
      longitude: identity.longitude + 0.0004,
      safe_land_height: 30,
      height: 34.2,
      is_configured: 1,
    },
    position_state: { is_calibration: 1, is_fixed: 2, quality: 5, gps_number: 6, rtk_number: 25 },
    storage: { total: 82_045_336, used: 51_772 },
    maintain_status: {
      maintain_status_array: [
        { state: 0, last_maintain_type: 17, last_maintain_time: 0, last_maintain_work_sorties: 0 },
      ],
    },
    first_power_on: 1_631_945_855_969,
    activation_time: 1_631_945_855,
    acc_time: 1_859_010,
    job_number: 492,
    media_file_detail: { remain_upload: 0 },
    wireless_link: {
      dongle_number: 0,
      '4g_link_state': 0,
      sdr_link_state: isOn ? 1 : 0,
      link_workmode: 0,
      sdr_quality: isOn ? 5 : 0,
      '4g_quality': 0,
      '4g_uav_quality': 0,
      '4g_gnd_quality': 0,
      sdr_freq_band: 2.4,
      '4g_freq_band': 2.4,
    },
    drone_battery_maintenance_info: {},
    sub_device: subDevice(dock),
    live_capacity: liveCapacity(dock),
  }
}

/** The dock reads the batteries itself only while the aircraft is off and inside. */
function batteriesSeenByDock({ state, aircraft_sn }: ReadFrom, now: number): JsonObject {
  const reads = state.aircraftLink === 'off' && state.dock['drone_in_dock'] === 1
  if (!reads) return { heat_state: 0 }
  const charge = state.dock['drone_charge_state']
  const capacity_percent = isJsonObject(charge) ? charge['capacity_percent'] : 0
  const temperature = swings(`${aircraft_sn} battery`, now, { mean: 26, swing: 2 })
  return { heat_state: 2, batteries: [{ index: 0, capacity_percent, voltage: 24_303, temperature }] }
}

/** Lives on while the aircraft is off. Dock 1 calls its model `product_type`, the others `device_model_key`. */
function subDevice({ aircraft, aircraft_sn, state }: ReadFrom): JsonObject {
  if (aircraft === undefined) return {}
  return {
    device_sn: aircraft_sn,
    device_model_key: aircraft.key,
    product_type: aircraft.key,
    device_online_status: state.aircraftLink === 'on' ? 1 : 0,
    device_paired: 1,
  }
}

const dockCamera = '165-0-7'

function liveCapacity({ gateway_sn, aircraft_sn, aircraft, product, state }: ReadFrom): JsonObject {
  const onAircraft = state.aircraftLink === 'on' ? (aircraft?.cameras ?? []) : []
  const onDock = product.startsWith('dock') ? [dockCamera] : []
  const list = [
    ...(onDock.length === 0 ? [] : [device(gateway_sn, onDock)]),
    ...(onAircraft.length === 0 ? [] : [device(aircraft_sn, onAircraft)]),
  ]
  const cameras = onDock.length + onAircraft.length
  return { available_video_number: cameras, coexist_video_number_max: cameras, device_list: list }
}

function device(sn: string, cameras: readonly string[]): JsonObject {
  return {
    sn,
    available_video_number: cameras.length,
    coexist_video_number_max: cameras.length,
    camera_list: cameras.map((camera_index) => ({
      camera_index,
      available_video_number: 1,
      coexist_video_number_max: 1,
      video_list: [{ video_index: 'normal-0', video_type: 'normal', switchable_video_types: ['normal'] }],
    })),
  }
}
