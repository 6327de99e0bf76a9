import type { JsonObject } from '../../contracts/index.ts'
import { isJsonObject } from '../../contracts/index.ts'
import type { Stage } from '../behavior.ts'
import type { Deeds, Scene } from '../deed.ts'
import { deedBehavior } from '../deed-behavior.ts'
import type { DockState } from '../dock-state.ts'
import { withAircraft, withDock, withPart } from '../dock-state.ts'
import { refusals } from '../refusal.ts'
import { after, change } from '../replies.ts'

// DJI's documentation: dock, remote debugging (cmd).

const deeds: Deeds = {
  debug_mode_open: {
    refuse: ({ dock }) => debugRefusals[Number(dock.state.dock['mode_code'])],
    change: (state) => withDock(state, { mode_code: 2 }),
  },
  debug_mode_close: { change: (state) => withDock(state, { mode_code: 0 }) },
  cover_open: {
    steps: { open_cover: (state) => withDock(state, { cover_state: 2 }) },
    change: (state) => withDock(state, { cover_state: 1 }),
  },
  cover_close: {
    steps: { turn_on_drone: poweredOn, close_cover: (state) => withDock(state, { cover_state: 2 }) },
    change: (state) => withDock(state, { cover_state: 0 }),
  },
  cover_force_close: { change: (state) => withDock(state, { cover_state: 0 }) },
  drone_open: {
    refuse: ({ dock }) => aircraftRefusal(dock.state) ?? (chargeOf(dock.state) < 10 ? 514_123 : undefined),
    change: poweredOn,
  },
  drone_close: { refuse: ({ dock }) => aircraftRefusal(dock.state), change: poweredOff },
  charge_open: {
    refuse: ({ dock }) => chargeRefusal(dock.state),
    change: (state) => withPart(withDock(state, { putter_state: 0 }), 'drone_charge_state', { state: 1 }),
  },
  charge_close: { change: (state) => withPart(state, 'drone_charge_state', { state: 0 }) },
  device_reboot: {
    beforeEnd: ({ dock }) => [
      change((state) => withDock(state, { mode_code: 0 })),
      { kind: 'restart', awayMs: dock.timing.rebootMs },
    ],
  },
  device_format: { change: (state) => withPart(state, 'storage', { used: 0 }) },
  drone_format: { change: (state) => withAircraft(state, { storage: { total: 60_000_000, used: 0 } }) },
  putter_open: {
    steps: { free_putter: (state) => withDock(state, { putter_state: 2 }) },
    change: (state) => withDock(state, { putter_state: 1 }),
  },
  putter_close: {
    steps: { close_putter: (state) => withDock(state, { putter_state: 2 }) },
    change: (state) => withDock(state, { putter_state: 0 }),
  },
  supplement_light_open: { change: (state) => withDock(state, { supplement_light_state: 1 }) },
  supplement_light_close: { change: (state) => withDock(state, { supplement_light_state: 0 }) },
  alarm_state_switch: { change: (state, { data }) => withDock(state, { alarm_state: data['action'] }) },
  battery_store_mode_switch: {
    change: (state, { data }) => withDock(state, { battery_store_mode: data['action'] }),
  },
  battery_maintenance_switch: {
    change: (state, { data }) => {
      const isOn = data['action'] === 1
      const maintenance = { maintenance_state: isOn ? 2 : 0, maintenance_time_left: isOn ? 2 : 0 }
      return withPart(state, 'drone_battery_maintenance_info', maintenance)
    },
  },
  air_conditioner_mode_switch: { refuse: airConditionerRefusal, follow: airConditioner },
  sdr_workmode_switch: {
    refuse: ({ dock, data }) =>
      data['link_workmode'] === 1 && dongles(dock.state).length === 0 ? 326_008 : undefined,
    change: (state, { data }) => withPart(state, 'wireless_link', { link_workmode: data['link_workmode'] }),
  },
  esim_activate: {
    change: (state, { dock }) => withDongle(state, { esim_activate_state: dock.product === 'dock3' ? 2 : 1 }),
  },
  esim_operator_switch: {
    change: (state, { data }) => {
      const telecom_operator = data['telecom_operator'] ?? data['esim_operator'] ?? 0
      return withDongle(state, { esim_infos: [{ telecom_operator, enabled: true, iccid: '' }] })
    },
  },
  sim_slot_switch: { change: (state, { data }) => withDongle(state, { sim_slot: data['sim_slot'] }) },
  rtk_calibration: {
    change: (state) =>
      withPart(calibrated(state), 'position_state', { is_calibration: 1, is_fixed: 2, quality: 10 }),
  },
}

/** Covers, power, charging, debugging mode, light, climate, formats, SIM cards of a dock. */
export const device = deedBehavior('device', deeds)

/** By `mode_code`: on-site debugging, upgrading, at work. Opening the mode twice is agreed to. */
const debugRefusals: Readonly<Record<number, number>> = { 1: 514_145, 3: 514_147, 4: 514_148 }

function poweredOn(state: DockState): DockState {
  return { ...withAircraft(state, { mode_code: 0 }), aircraftLink: 'on' }
}

/** Streams of the aircraft end with its power; the dock's own go on. */
function poweredOff(state: DockState, { dock }: Scene): DockState {
  const streams = (state.dock['live_status'] ?? []) as readonly JsonObject[]
  const ownOnly = streams.filter(({ video_id }) => !String(video_id).startsWith(dock.aircraft_sn))
  return { ...withDock(state, { live_status: ownOnly }), aircraftLink: 'off' }
}

function aircraftRefusal(state: DockState): number | undefined {
  return state.dock['drone_in_dock'] === 1 ? undefined : refusals.aircraftOutside
}

function chargeOf(state: DockState): number {
  const charge = state.dock['drone_charge_state']
  return isJsonObject(charge) ? Number(charge['capacity_percent']) : 0
}

/** Rods without contact, a battery that is full, a cover that is open. */
function chargeRefusal(state: DockState): number | undefined {
  if (state.dock['drone_in_dock'] !== 1) return 514_113
  if (chargeOf(state) > 95) return 514_125
  return state.dock['cover_state'] === 0 ? undefined : 514_174
}

function calibrated(state: DockState): DockState {
  return state.dock['mode_code'] === 5 ? withDock(state, { mode_code: 0 }) : state
}

function dongles(state: DockState): readonly JsonObject[] {
  return (state.dock['dongle_infos'] ?? []) as readonly JsonObject[]
}

function withDongle(state: DockState, fields: JsonObject): DockState {
  return withDock(state, { dongle_infos: dongles(state).map((dongle) => ({ ...dongle, ...fields })) })
}

const cooling = 1
const heating = 2

function airConditionerRefusal({ dock, data }: Scene): number | undefined {
  const outside = Number(dock.state.dock['environment_temperature'] ?? 20)
  if (data['action'] === cooling && outside < 0) return 514_184
  return data['action'] === heating && outside > 45 ? 514_185 : undefined
}

/** idle 0 → preparing 7..9 → working 1..3 → leaving 4..6 → idle; from one mode to another by way of idle. */
function* airConditioner({ dock, data }: Scene): Generator<Stage> {
  const wanted = Number(data['action'] ?? 0)
  const info = dock.state.dock['air_conditioner']
  const now = isJsonObject(info) ? Number(info['air_conditioner_state']) : 0
  if (now === wanted) return
  const { airConditionerMs } = dock.timing
  const phase = (code: number, seconds: number): ReturnType<typeof change> =>
    change((state) =>
      withPart(state, 'air_conditioner', { air_conditioner_state: code, switch_time: seconds }),
    )
  const seconds = Math.ceil(airConditionerMs / 1000)
  if (now >= 1 && now <= 3) {
    yield after(0, phase(now + 3, seconds))
    yield after(airConditionerMs, phase(0, 0))
  }
  if (wanted === 0) return
  yield after(0, phase(wanted + 6, seconds))
  yield after(airConditionerMs, phase(wanted, 0))
}
