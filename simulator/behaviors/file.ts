import type { JsonObject } from '../../contracts/index.ts'
import { isJsonObject } from '../../contracts/index.ts'
import type { DockView, Effect, Stage } from '../behavior.ts'
import type { Deeds, Scene } from '../deed.ts'
import { deedBehavior } from '../deed-behavior.ts'
import { after, atOnce, change, documentedEvent, insistOn } from '../replies.ts'

// DJI's documentation: dock, log files and media.

const deeds: Deeds = {
  fileupload_list: { answer: logList },
  fileupload_start: {
    refuse: ({ dock }) => (dock.state.job === uploading ? 319_018 : undefined),
    follow: uploadLogs,
  },
  fileupload_update: { change: (state) => (state.job === uploading ? { ...state, job: undefined } : state) },
  upload_flighttask_media_prioritize: {
    follow: function* ({ dock, data }) {
      const event = { bid: dock.newId(), method: 'highest_priority_upload_flighttask_media', data }
      yield after(dock.timing.taskStepMs, insistOn(documentedEvent(dock, event)))
    },
  },
}

/** Log files, and the order of media. */
export const file = deedBehavior('file', deeds)

const uploading = 'fileupload_start'

/** DJI puts `files` beside `result`, not into `output`. */
function logList({ dock, data }: Scene): JsonObject {
  const modules = Array.isArray(data['module_list']) ? data['module_list'].map(String) : []
  return { files: modules.map((module) => logsOf(dock, module)) }
}

function logsOf(dock: DockView, module: string): JsonObject {
  const end = Math.floor(dock.now() / 1000)
  const list = [1, 2].map((boot_index) => ({
    boot_index,
    start_time: end - boot_index * 3_600,
    end_time: end - (boot_index - 1) * 3_600,
    size: 32_768 * boot_index,
  }))
  return { device_sn: snOf(dock, module), result: 0, module, list }
}

function snOf(dock: DockView, module: string): string {
  return module === '0' ? dock.aircraft_sn : dock.gateway_sn
}

/** Each file goes up in four parts; `fileupload_update` with status cancel ends it. */
function* uploadLogs(scene: Scene): Generator<Stage> {
  const { dock } = scene
  yield atOnce(change((state) => ({ ...state, job: uploading })))
  for (const percent of [0, 25, 50, 75]) {
    yield after(dock.timing.percentMs)
    if (dock.state.job !== uploading) {
      yield atOnce(progress(scene, 'canceled', percent))
      return
    }
    yield atOnce(progress(scene, 'in_progress', percent))
  }
  yield after(
    dock.timing.percentMs,
    change((state) => ({ ...state, job: undefined })),
    progress(scene, 'ok', 100),
  )
}

function progress({ dock, request, data }: Scene, status: string, percent: number): Effect {
  const params = isJsonObject(data['params']) ? data['params'] : {}
  const files = (Array.isArray(params['files']) ? params['files'] : []).filter(isJsonObject)
  return documentedEvent(dock, {
    bid: request.bid,
    method: 'fileupload_progress',
    data: {
      result: 0,
      output: {
        status,
        ext: {
          files: files.map(({ module, object_key }) => ({
            module: String(module),
            device_sn: snOf(dock, String(module)),
            size: 32_768,
            key: String(object_key),
            fingerprint: 'd41d8cd98f00b204e9800998ecf8427e',
            progress: {
              progress: percent,
              current_step: percent === 100 ? 2 : 1,
              total_step: 2,
              result: 0,
              status,
              upload_rate: 65_536,
              finish_time: percent === 100 ? dock.now() : 0,
            },
          })),
        },
      },
    },
  })
}
