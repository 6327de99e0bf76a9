import type { JsonObject } from '../../contracts/index.ts'
import { isJsonObject } from '../../contracts/index.ts'
import type { Answer, DockView, Effect, Stage } from '../behavior.ts'
import type { Deeds, Scene } from '../deed.ts'
import { deedBehavior } from '../deed-behavior.ts'
import { withDock } from '../dock-state.ts'
import { after, ask, atOnce, change, documentedEvent } from '../replies.ts'

// DJI's documentation: dock, custom flight areas and unlock licences.

const deeds: Deeds = {
  flight_areas_update: {
    refuse: ({ dock }) => (dock.state.dock['mode_code'] === 4 ? 325_007 : undefined),
    follow: syncAreas,
  },
  unlock_license_switch: {
    answer: ({ data }) => ({ license_id: Number(data['license_id']) }),
    change: (state, { data }) => {
      const isOn = data['enable'] === true || data['enable'] === 1
      return { ...state, licenses: { ...state.licenses, [String(data['license_id'])]: isOn } }
    },
  },
  unlock_license_list: { answer: licenseList },
}

/** Custom flight areas and unlock licences. */
export const safety = deedBehavior('safety', deeds)

const downloadFailed = 3
const unreadableList = 1

/** The dock asks for the list of files and tells how it goes on; every event asks for an answer. */
function* syncAreas({ dock, request }: Scene): Generator<Stage> {
  const atWork = (flighttask_step_code: number): Effect =>
    change((state) => withDock(state, { flighttask_step_code }))
  let answer: Answer
  yield atOnce(
    atWork(3),
    ask({ method: 'flight_areas_get', data: null }, (given) => {
      answer = given
    }),
  )
  const file = firstFile(answer)
  const failed = answer?.['result'] === 0 ? unreadableList : downloadFailed
  if (file === undefined) {
    yield atOnce(atWork(5), sync(dock, request.bid, { status: 'fail', reason: failed, file: {} }))
    return
  }
  yield after(dock.timing.stepMs, sync(dock, request.bid, { status: 'synchronizing', reason: 0, file }))
  yield after(
    dock.timing.jobMs,
    atWork(5),
    sync(dock, request.bid, { status: 'synchronized', reason: 0, file }),
  )
}

function sync(dock: DockView, bid: string, data: JsonObject): Effect {
  return documentedEvent(dock, { bid, method: 'flight_areas_sync_progress', data })
}

function firstFile(answer: Answer): JsonObject | undefined {
  const output = answer?.['result'] === 0 ? answer['output'] : undefined
  const files: unknown = isJsonObject(output) ? output['files'] : undefined
  const [first] = Array.isArray(files) ? (files as readonly unknown[]) : []
  return isJsonObject(first)
    ? { name: String(first['name']), checksum: String(first['checksum']) }
    : undefined
}

/** DJI puts the fields beside `result`. One licence of each id: a circle around the dock. */
function licenseList({ dock, data }: Scene): JsonObject {
  const device_model_domain = data['device_model_domain'] === 3 ? 3 : 0
  const { identity, state } = dock
  const device_sn = device_model_domain === 3 ? dock.gateway_sn : dock.aircraft_sn
  const licenses = Object.entries(state.licenses).map(([id, enabled]) => ({
    common_fields: {
      license_id: Number(id),
      name: `licence ${id}`,
      type: 1,
      group_id: 0,
      user_id: 'pilot',
      device_sn,
      begin_time: 1_767_225_600,
      end_time: 1_798_761_600,
      user_only: false,
      enabled,
    },
    circle_unlock: { radius: 500, latitude: identity.latitude, longitude: identity.longitude, height: 120 },
  }))
  return { device_model_domain, consistence: true, licenses }
}
