import type { JsonObject } from '../contracts/index.ts'
import { isJsonObject } from '../contracts/index.ts'
import { aircraftReadings } from './aircraft-readings.ts'
import type { DockView, Effect, Stage } from './behavior.ts'
import type { DockState, DrcLink } from './dock-state.ts'
import { withDock } from './dock-state.ts'
import { after, atOnce, change, documentedEvent, drcUp } from './replies.ts'

// DJI's documentation: dock, DRC. The relay that the command names is not dialled: the channel runs over the same broker.

/** Open, pushing at the wanted rates and beating once a second, until it is closed or no heartbeat comes for 60 s. */
export function* openLink(dock: DockView, bid: string, rates: JsonObject): Generator<Stage> {
  const link = {
    beatAt: dock.now(),
    osdHz: hertz(rates['osd_frequency']),
    hsiHz: hertz(rates['hsi_frequency']),
  }
  yield atOnce(state(link, 2), notify(dock, bid, { result: 0, drc_state: 2 }))
  const { heartBeatMs, drcSilenceMs } = dock.timing
  const tickMs = Math.min(heartBeatMs, Math.round(1000 / link.osdHz))
  for (let tick = 1; dock.state.drc !== undefined; tick += 1) {
    const { drc } = dock.state
    if (dock.now() - drc.beatAt >= drcSilenceMs) {
      // rule: dock-drc-heartbeat
      yield atOnce(closed, notify(dock, bid, { result: heartBeatMissing, drc_state: 0 }))
      return
    }
    yield after(tickMs, ...pushes(dock, tick * tickMs, tickMs, drc))
  }
}

/** The channel is closed. */
export const closed: Effect = state(undefined, 0)

const heartBeatMissing = 514_301

function state(drc: DrcLink | undefined, drc_state: number): Effect {
  return change((before: DockState) => ({ ...withDock(before, { drc_state }), drc }))
}

function hertz(given: unknown): number {
  return typeof given === 'number' && given >= 1 && given <= 30 ? given : 1
}

function notify(dock: DockView, bid: string, data: JsonObject): Effect {
  return documentedEvent(dock, { bid, method: 'drc_status_notify', data })
}

function pushes(dock: DockView, atMs: number, tickMs: number, { hsiHz }: DrcLink): readonly Effect[] {
  const falls = (everyMs: number): boolean =>
    Math.floor(atMs / everyMs) !== Math.floor((atMs - tickMs) / everyMs)
  const seq = Math.floor(atMs / dock.timing.heartBeatMs)
  return [
    ...(dock.state.aircraftLink === 'on' ? [push(dock, 'osd_info_push', () => position(dock))] : []),
    ...(falls(1000 / hsiHz) ? [push(dock, 'hsi_info_push', () => surroundings)] : []),
    ...(falls(dock.timing.heartBeatMs)
      ? [drcUp('heart_beat', () => ({ seq, data: { timestamp: dock.now() } }))]
      : []),
  ]
}

function push(dock: DockView, method: string, data: () => JsonObject): Effect {
  return drcUp(method, () => ({ timestamp: dock.now(), data: data() }))
}

function position(dock: DockView): JsonObject {
  const at = aircraftReadings(dock, dock.now())
  const gimbal = dock.state.aircraft['gimbal']
  const speed = Number(at['horizontal_speed'])
  const heading = (Number(at['attitude_head']) * Math.PI) / 180
  return {
    attitude_head: at['attitude_head'],
    latitude: at['latitude'],
    longitude: at['longitude'],
    height: at['height'],
    speed_x: speed * Math.cos(heading),
    speed_y: speed * Math.sin(heading),
    speed_z: at['vertical_speed'],
    gimbal_pitch: 0,
    gimbal_roll: 0,
    gimbal_yaw: 0,
    ...(isJsonObject(gimbal) ? gimbal : {}),
  }
}

/** Nothing near: 60 m in every direction, in millimetres. */
const surroundings: JsonObject = {
  up_distance: 60_000,
  down_distance: 60_000,
  up_enable: true,
  up_work: true,
  down_enable: true,
  down_work: true,
  around_distances: Array.from({ length: 360 }, () => 60_000),
  vertical_enable: true,
  vertical_work: true,
  horizontal_enable: true,
  horizontal_work: true,
}
