import type { JsonObject } from '../../contracts/index.ts'
import type { DockView } from '../behavior.ts'
import type { Deeds, Scene } from '../deed.ts'
import { deedBehavior } from '../deed-behavior.ts'
import { withDock } from '../dock-state.ts'

// DJI's documentation: dock, live. A stream shows in the state property `live_status`; nothing is really streamed.

const deeds: Deeds = {
  live_start_push: {
    refuse: startRefusal,
    change: (state, { data }) => {
      const stream = {
        video_id: data['video_id'],
        video_type: 'normal',
        video_quality: data['video_quality'] ?? 0,
        status: 1,
        error_status: 0,
      }
      return withDock(state, { live_status: [...othersThan(data, state.dock), stream] })
    },
  },
  live_stop_push: {
    refuse: notRunning,
    change: (state, { data }) => withDock(state, { live_status: othersThan(data, state.dock) }),
  },
  live_set_quality: {
    refuse: notRunning,
    change: (state, { data }) =>
      withDock(state, {
        live_status: streamsIn(state.dock).map((stream) =>
          stream['video_id'] === data['video_id']
            ? { ...stream, video_quality: data['video_quality'] }
            : stream,
        ),
      }),
  },
  live_lens_change: {
    // The newer pages take the lens alone: it is the one stream's.
    refuse: ({ dock }) => (streamsIn(dock.state.dock).length === 0 ? 513_011 : undefined),
    change: (state, { data }) =>
      withDock(state, {
        live_status: streamsIn(state.dock).map((stream) => ({ ...stream, video_type: data['video_type'] })),
      }),
  },
}

/** Live streams. */
export const live = deedBehavior('live', deeds)

function streamsIn(dock: JsonObject): readonly JsonObject[] {
  return (dock['live_status'] ?? []) as readonly JsonObject[]
}

function othersThan(data: JsonObject, dock: JsonObject): readonly JsonObject[] {
  return streamsIn(dock).filter(({ video_id }) => video_id !== data['video_id'])
}

/** The camera streams already, or its aircraft is off. */
function startRefusal({ dock, data }: Scene): number | undefined {
  const id = String(data['video_id'])
  if (isRunning(dock, id)) return 513_003
  return id.startsWith(dock.aircraft_sn) && dock.state.aircraftLink === 'off' ? 513_008 : undefined
}

function notRunning({ dock, data }: Scene): number | undefined {
  return isRunning(dock, String(data['video_id'])) ? undefined : 513_011
}

function isRunning({ state }: DockView, video_id: string): boolean {
  return streamsIn(state.dock).some((stream) => stream['video_id'] === video_id)
}
