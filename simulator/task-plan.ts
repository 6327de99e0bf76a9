import type { JsonObject } from '../contracts/index.ts'
import { isJsonObject } from '../contracts/index.ts'
import type { Answer, DockView, Effect, Stage } from './behavior.ts'
import type { Scene } from './deed.ts'
import type { DockState, FlightTask } from './dock-state.ts'
import { withDock } from './dock-state.ts'
import type { Flight, FlightMoment } from './flight.ts'
import { roundTrip } from './flight.ts'
import { follow, homeOf, landed, takenOff } from './flying.ts'
import { after, ask, atOnce, change, documentedEvent, insistOn } from './replies.ts'

// DJI's documentation: dock, wayline management; numbers of current_step differ between Dock 1 and the others.

/** Numbers of `current_step` on the way, by product family. */
const steps = {
  dock1: { before: [6, 7, 15, 16, 17, 19, 22], flying: 23, after: [24, 25, 26, 27, 31, 33] },
  later: { before: [6, 7, 16, 17, 18, 20, 24], flying: 24, after: [26, 27, 28, 29, 33, 35] },
} as const

const stepsOf = ({ product }: DockView): (typeof steps)['dock1' | 'later'] =>
  product === 'dock1' ? steps.dock1 : steps.later

/** Where a task stands, in DJI's numbers of `wayline_mission_state`. */
const mission = { preparing: 4, toFirst: 5, flying: 6, interrupted: 7, recovering: 8, completed: 9 } as const

/** A task from the command to execute it to the end: preparations, the route's file from the cloud, the flight. */
export function* execute(scene: Scene, flight_id: string): Generator<Stage> {
  const { dock, request } = scene
  yield atOnce(withTask(flight_id, { at: 'running', bid: request.bid }), atWork(0))
  const { before } = stepsOf(dock)
  const fetching = before[2]
  for (const [place, current_step] of before.entries()) {
    if (taskOf(dock, flight_id)?.at !== 'running') return
    const at = { current_step, percent: place * 2 }
    yield after(dock.timing.taskStepMs, progress(dock, flight_id, { at, state: mission.preparing }))
    if (current_step === fetching && !(yield* fetched(dock, flight_id))) return
  }
  const times = { now: dock.now(), climbMs: dock.timing.climbMs, legMs: dock.timing.legMs }
  yield atOnce(takenOff(roundTrip(flight_id, homeOf(dock), times)))
  yield* flyOn(dock, flight_id)
}

/** The flight from where it is, until it is over or somebody interferes; then the end on the ground. */
export function* flyOn(dock: DockView, flight_id: string): Generator<Stage> {
  const followed = yield* follow(dock, (moment, flight) => [reportFlight(dock, flight, moment)])
  if (followed === 'left') return
  yield* backInDock(dock, flight_id)
}

/** Cover, count of media, result; then the media files go to the cloud. */
export function* backInDock(dock: DockView, flight_id: string): Generator<Stage> {
  const task = taskOf(dock, flight_id)
  yield atOnce(landed, atWork(2))
  if (task === undefined || task.at === 'over') {
    yield atOnce(atRest)
    return
  }
  for (const current_step of stepsOf(dock).after)
    yield after(
      dock.timing.taskStepMs,
      progress(dock, flight_id, { at: { current_step, percent: 95 }, state: mission.completed }),
    )
  yield after(
    dock.timing.taskStepMs,
    withTask(flight_id, { at: 'over' }),
    atRest,
    progress(dock, flight_id, {
      at: { current_step: stepsOf(dock).after.at(-1) ?? 0, percent: 100 },
      state: mission.completed,
      status: 'ok',
      ext: { media_count: photos },
    }),
  )
  yield* upload(dock, flight_id)
}

/** A flight task that ends before its time: `canceled`, with the place where it was left. */
export function* giveUp(dock: DockView, flight_id: string, break_reason: number): Generator<Stage> {
  const task = taskOf(dock, flight_id)
  if (task === undefined || task.at === 'over') return
  const at = { current_step: stepsOf(dock).flying, percent: 50 }
  const break_point = { index: 0, state: 0, progress: 0.5, wayline_id: 0, break_reason }
  yield atOnce(
    progress(dock, flight_id, { at, state: mission.interrupted, status: 'canceled', ext: { break_point } }),
    withTask(flight_id, { at: 'over' }),
  )
}

/** One progress event outside the flow: `paused`, or going on. */
export function reportState(dock: DockView, flight_id: string, status: 'paused' | 'in_progress'): Effect {
  const state = status === 'paused' ? mission.interrupted : mission.recovering
  return progress(dock, flight_id, { at: { current_step: stepsOf(dock).flying, percent: 50 }, state, status })
}

/** The task of that id, when the dock was handed one. */
export function taskOf({ state }: DockView, flight_id: string): FlightTask | undefined {
  return Object.hasOwn(state.tasks, flight_id) ? state.tasks[flight_id] : undefined
}

export function withTask(flight_id: string, fields: Partial<FlightTask>): Effect {
  return change((state) => {
    const task: FlightTask = { ...blank, flight_id, ...state.tasks[flight_id], ...fields }
    return { ...state, tasks: { ...state.tasks, [flight_id]: task } }
  })
}

const blank = { task_type: 0, execute_time: undefined, url: undefined, at: 'prepared', bid: '' } as const

const atWork = (flighttask_step_code: number): Effect =>
  change((state) => withDock(state, { mode_code: 4, flighttask_step_code }))

const atRest: Effect = change((state: DockState) =>
  withDock(state, { mode_code: 0, flighttask_step_code: 5 }),
)

/** The dock asks for the route's file; the address that it was prepared with serves when the cloud says nothing. */
function* fetched(dock: DockView, flight_id: string): Generator<Stage, boolean> {
  let answer: Answer
  yield atOnce(
    ask({ method: 'flighttask_resource_get', data: { flight_id } }, (given) => {
      answer = given
    }),
  )
  const refused = isJsonObject(answer) && answer['result'] !== 0
  if (!refused && (isJsonObject(answer) || taskOf(dock, flight_id)?.url !== undefined)) return true
  const at = { current_step: stepsOf(dock).before[2], percent: 4 }
  yield atOnce(
    withTask(flight_id, { at: 'over' }),
    atRest,
    progress(dock, flight_id, { at, state: mission.preparing, status: 'failed', result: 314_013 }),
  )
  return false
}

interface Report {
  readonly at: { readonly current_step: number; readonly percent: number }
  readonly state: number
  readonly status?: string
  readonly result?: number
  readonly waypoint?: number
  readonly ext?: JsonObject
}

function progress(dock: DockView, flight_id: string, report: Report): Effect {
  const { at, state, status = 'in_progress', result = 0, waypoint = 0, ext } = report
  return documentedEvent(dock, {
    bid: taskOf(dock, flight_id)?.bid ?? '',
    method: 'flighttask_progress',
    data: {
      result,
      output: {
        status,
        progress: at,
        ext: {
          flight_id,
          track_id: flight_id,
          current_waypoint_index: waypoint,
          wayline_mission_state: state,
          media_count: waypoint,
          ...ext,
        },
      },
    },
  })
}

/** Of a flight of seven legs 14 to 90 percent. */
function reportFlight(dock: DockView, flight: Flight, { waypoint, legProgress }: FlightMoment): Effect {
  const share = Math.min(1, (waypoint + legProgress) / flight.legs.length)
  const at = { current_step: stepsOf(dock).flying, percent: Math.round(14 + share * 76) }
  const state = waypoint <= 1 ? mission.toFirst : mission.flying
  return progress(dock, flight.id, { at, state, waypoint: Math.max(0, waypoint - 1) })
}

const photos = 2

/** One `file_upload_callback` for each photo of the flight; the next when the cloud has acknowledged the one before. */
function* upload(dock: DockView, flight_id: string): Generator<Stage> {
  yield atOnce(change((state) => withDock(state, { media_file_detail: { remain_upload: photos } })))
  for (let number = 1; number <= photos; number += 1) {
    const name = `DJI_${flight_id}_${number}.jpeg`
    const callback = documentedEvent(dock, {
      bid: dock.newId(),
      method: 'file_upload_callback',
      data: uploaded(dock, { flight_id, name, number }),
    })
    yield after(dock.timing.taskStepMs, insistOn(callback))
    yield atOnce(
      change((state) => withDock(state, { media_file_detail: { remain_upload: photos - number } })),
    )
  }
}

function uploaded(
  dock: DockView,
  { flight_id, name, number }: { readonly flight_id: string; readonly name: string; readonly number: number },
): JsonObject {
  const { aircraft, identity } = dock
  return {
    file: {
      object_key: `${flight_id}/${name}`,
      path: flight_id,
      name,
      ext: {
        flight_id,
        drone_model_key: aircraft?.key ?? '',
        payload_model_key: aircraft?.cameras[0] ?? '',
        is_original: true,
      },
      metadata: {
        gimbal_yaw_degree: 0,
        absolute_altitude: 94.2,
        relative_altitude: 60,
        create_time: new Date(dock.now()).toISOString(),
        shoot_position: { lat: identity.latitude, lng: identity.longitude },
      },
    },
    flight_task: { uploaded_file_count: number, expected_file_count: photos, flight_type: 0 },
  }
}
