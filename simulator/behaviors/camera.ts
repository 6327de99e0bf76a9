import type { JsonObject } from '../../contracts/index.ts'
import { isJsonObject } from '../../contracts/index.ts'
import type { DockView, Stage } from '../behavior.ts'
import type { Deeds, Scene } from '../deed.ts'
import { deedBehavior } from '../deed-behavior.ts'
import type { DockState } from '../dock-state.ts'
import { withAircraft } from '../dock-state.ts'
import { after, atOnce, change, documentedEvent } from '../replies.ts'

// DJI's documentation: dock, live flight controls, camera and gimbal. What the camera does shows in `cameras` of the osd.

const deeds: Deeds = {
  camera_mode_switch: {
    change: (state, { data }) => withCamera(state, { camera_mode: data['camera_mode'] }),
  },
  camera_photo_take: {
    refuse: ({ dock }) => (cameraOf(dock)['photo_state'] === 1 ? 327_006 : undefined),
    follow: takePhoto,
  },
  camera_photo_stop: { change: (state) => withCamera(state, { photo_state: 0 }) },
  camera_recording_start: {
    refuse: ({ dock }) => (isRecording(dock) ? 327_007 : undefined),
    change: (state) => withCamera(state, { recording_state: 1 }),
  },
  camera_recording_stop: {
    refuse: ({ dock }) => (isRecording(dock) ? undefined : 327_008),
    change: (state) => withCamera(state, { recording_state: 0 }),
  },
  camera_focal_length_set: {
    change: (state, { data }) => {
      const lens = data['camera_type'] === 'ir' ? 'ir_zoom_factor' : 'zoom_factor'
      return withCamera(state, { [lens]: data['zoom_factor'] })
    },
  },
  camera_screen_split: {
    change: (state, { data }) => withCamera(state, { screen_split_enable: data['enable'] }),
  },
  camera_exposure_mode_set: {
    change: (state, { data }) =>
      withCamera(state, { [`${String(data['camera_type'])}_exposure_mode`]: data['exposure_mode'] }),
  },
  camera_exposure_set: {
    // The command writes the value as a text, the osd as a number.
    change: (state, { data }) =>
      withCamera(state, {
        [`${String(data['camera_type'])}_exposure_value`]: Number(data['exposure_value']),
      }),
  },
  camera_focus_mode_set: {
    change: (state, { data }) => withCamera(state, { zoom_focus_mode: data['focus_mode'] }),
  },
  ir_metering_mode_set: {
    change: (state, { data }) => withCamera(state, { ir_metering_mode: data['mode'] }),
  },
  gimbal_reset: {
    change: (state, { data }) => {
      // 0 centre, 1 down, 2 yaw alone, 3 down without yaw.
      const isDown = data['reset_mode'] === 1 || data['reset_mode'] === 3
      return withAircraft(state, { gimbal: { gimbal_pitch: isDown ? -90 : 0, gimbal_yaw: 0 } })
    },
  },
}

/** Cameras and gimbals of the aircraft. */
export const camera = deedBehavior('camera', deeds)

/** What the osd tells of the main camera, as far as commands have set it. */
function cameraOf({ state }: Pick<DockView, 'state'>): JsonObject {
  const fields = state.aircraft['camera']
  return isJsonObject(fields) ? fields : {}
}

function withCamera(state: DockState, fields: JsonObject): DockState {
  return withAircraft(state, { camera: { ...cameraOf({ state }), ...fields } })
}

function isRecording(dock: DockView): boolean {
  return cameraOf(dock)['recording_state'] === 1
}

const panorama = 3

/** Progress is documented for panoramas; a single photo is taken in silence. */
function* takePhoto({ dock, request }: Scene): Generator<Stage> {
  yield atOnce(change((state) => withCamera(state, { photo_state: 1 })))
  const isPanorama = cameraOf(dock)['camera_mode'] === panorama
  const tell = (status: string, current_step: number, percent: number): ReturnType<typeof documentedEvent> =>
    documentedEvent(dock, {
      bid: request.bid,
      method: 'camera_photo_take_progress',
      data: {
        result: 0,
        output: { status, progress: { current_step, percent }, ext: { camera_mode: panorama } },
      },
    })
  if (isPanorama) {
    yield after(dock.timing.stepMs, tell('in_progress', 3000, 0))
    yield after(dock.timing.jobMs, tell('in_progress', 3002, 50))
    // `camera_photo_stop` in between ends it without a further word.
    if (cameraOf(dock)['photo_state'] !== 1) return
  }
  yield after(
    dock.timing.jobMs,
    change((state) => withCamera(state, { photo_state: 0 })),
    ...(isPanorama ? [tell('ok', 3005, 100)] : []),
  )
}
