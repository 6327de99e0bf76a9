import { isJsonObject } from '../../contracts/index.ts'
import type { DockView, Effect, Stage } from '../behavior.ts'
import type { Deeds, Scene } from '../deed.ts'
import { deedBehavior } from '../deed-behavior.ts'
import type { FlightTask } from '../dock-state.ts'
import type { Flight } from '../flight.ts'
import { flightAt, goOn, hold, redirect, wayHome } from '../flight.ts'
import { follow, plannedPath } from '../flying.ts'
import { after, atOnce, change, documentedEvent } from '../replies.ts'
import { backInDock, execute, flyOn, giveUp, reportState, taskOf, withTask } from '../task-plan.ts'
import { groundRefusal } from '../flight-refusal.ts'

// DJI's documentation: dock, wayline; feature set: wayline management.

const deeds: Deeds = {
  flighttask_prepare: { refuse: prepareRefusal, follow: prepared },
  flighttask_execute: {
    refuse: executeRefusal,
    follow: (scene) => execute(scene, String(scene.data['flight_id'])),
  },
  flighttask_undo: {
    // Only tasks that have not begun.
    refuse: ({ dock, data }) =>
      idsIn(data['flight_ids']).some((id) => isUnderWay(taskOf(dock, id))) ? 319_006 : undefined,
    change: (state, { data }) => {
      const undone = idsIn(data['flight_ids'])
      const left = Object.entries(state.tasks).filter(([id]) => !undone.includes(id))
      return { ...state, tasks: Object.fromEntries(left) }
    },
  },
  flighttask_pause: {
    refuse: ({ dock }) => pauseRefusal(dock),
    follow: function* ({ dock }) {
      const { flight } = dock.state
      if (flight === undefined) return
      yield atOnce(
        redirected((on, now) => hold(on, now), dock),
        withTask(flight.id, { at: 'paused' }),
        reportState(dock, flight.id, 'paused'),
      )
    },
  },
  flighttask_recovery: {
    refuse: ({ dock }) => (pausedFlight(dock) === undefined ? 319_044 : undefined),
    follow: function* ({ dock }) {
      const flight = pausedFlight(dock)
      if (flight === undefined) return
      yield atOnce(
        redirected((on, now) => goOn(on, now), dock),
        withTask(flight.id, { at: 'running' }),
        reportState(dock, flight.id, 'in_progress'),
      )
      yield* flyOn(dock, flight.id)
    },
  },
  flighttask_stop: { refuse: homeRefusal, follow: ({ dock, request }) => home(dock, request.bid, 1281) },
  return_home: { refuse: homeRefusal, follow: ({ dock, request }) => home(dock, request.bid, 1283) },
  return_specific_home: { refuse: homeRefusal, follow: ({ dock, request }) => home(dock, request.bid, 1283) },
  return_home_cancel: { refuse: cancelRefusal, follow: cancelled },
  flight_setup_abort: {
    // Dock 1, before take-off only.
    refuse: ({ dock }) => (dock.state.flight === undefined ? setupRefusal(dock) : 326_109),
    change: (state) => {
      const over = Object.entries(state.tasks).map(([id, task]) => [id, { ...task, at: 'over' as const }])
      return { ...state, tasks: Object.fromEntries(over) as typeof state.tasks }
    },
  },
  in_flight_wayline_deliver: { follow: deliver },
}

/** Flight tasks and the way home. */
export const wayline = deedBehavior('wayline', deeds)

const clockTolerance = 30_000

/** An immediate task is refused when its time is more than 30 s from the dock's. */
function prepareRefusal({ dock, data }: Scene): number | undefined {
  const { task_type, execute_time } = data
  const isLate = typeof execute_time === 'number' && Math.abs(execute_time - dock.now()) > clockTolerance
  return task_type === 0 && isLate ? 319_008 : undefined
}

function* prepared({ dock, data }: Scene): Generator<Stage> {
  const { flight_id, task_type, execute_time, file } = data
  const id = String(flight_id)
  const url = isJsonObject(file) && typeof file['url'] === 'string' ? file['url'] : undefined
  yield atOnce(
    withTask(id, {
      at: 'prepared',
      url,
      task_type: typeof task_type === 'number' ? task_type : 0,
      execute_time: typeof execute_time === 'number' ? execute_time : undefined,
    }),
  )
  if (task_type !== 2) return
  const ready = { bid: dock.newId(), method: 'flighttask_ready', data: { flight_ids: [id] } }
  yield after(dock.timing.taskStepMs, documentedEvent(dock, ready))
}

/** Debugging, another task, a pressed emergency stop, and a task that the dock does not know. */
function executeRefusal(scene: Scene): number | undefined {
  const { dock, data } = scene
  const onGround = groundRefusal(dock)
  if (onGround !== undefined) return onGround
  const task = taskOf(dock, String(data['flight_id']))
  return task === undefined || task.at === 'over' ? 314_001 : undefined
}

function isUnderWay(task: FlightTask | undefined): boolean {
  return task?.at === 'running' || task?.at === 'paused'
}

function idsIn(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((id) => typeof id === 'string') : []
}

/** Only a flight task is paused and resumed; the flight to a point has commands of its own. */
function pauseRefusal(dock: DockView): number | undefined {
  const { flight } = dock.state
  if (flight === undefined || !isUnderWay(taskOf(dock, flight.id))) return 321_260
  return flight.heldAt === undefined ? undefined : 319_046
}

function pausedFlight(dock: DockView): Flight | undefined {
  const { flight } = dock.state
  return flight?.heldAt !== undefined && isUnderWay(taskOf(dock, flight.id)) ? flight : undefined
}

function homeRefusal({ dock }: Scene): number | undefined {
  if (dock.state.aircraftLink === 'off') return 316_022
  return dock.state.flight === undefined ? 316_024 : undefined
}

function cancelRefusal({ dock }: Scene): number | undefined {
  const { flight } = dock.state
  return flight?.ends === 'dock' && flight.heldAt === undefined ? undefined : 319_043
}

function setupRefusal({ state }: DockView): number | undefined {
  return Object.values(state.tasks).some(({ at }) => at === 'running') ? undefined : 326_108
}

function redirected(turn: (flight: Flight, now: number) => Flight, dock: DockView): Effect {
  return change((state) =>
    state.flight === undefined ? state : { ...state, flight: turn(state.flight, dock.now()) },
  )
}

/** The task ends, the aircraft comes back; its way is told, and that it left the way of the task. */
function* home(dock: DockView, bid: string, reason: number): Generator<Stage> {
  const { flight } = dock.state
  if (flight === undefined) return
  yield* giveUp(dock, flight.id, reason)
  const legMs = dock.timing.legMs
  yield atOnce(redirected((on, now) => redirect(on, now, { way: wayHome(on), legMs, ends: 'dock' }), dock))
  const turned = dock.state.flight
  if (turned === undefined) return
  yield atOnce(
    documentedEvent(dock, {
      bid,
      method: 'return_home_info',
      data: {
        planned_path_points: plannedPath(turned, flightAt(turned, dock.now())),
        last_point_type: 0,
        flight_id: turned.id,
        home_dock_sn: dock.gateway_sn,
      },
    }),
  )
  if ((yield* follow(dock, () => [])) === 'arrived') yield* backInDock(dock, turned.id)
}

/** The aircraft stays in the air, out of its route. */
function* cancelled({ dock, request }: Scene): Generator<Stage> {
  const data = { sn: dock.aircraft_sn, action: 0, reason: 0 }
  yield atOnce(
    redirected((on, now) => hold(on, now), dock),
    documentedEvent(dock, { bid: request.bid, method: 'device_exit_homing_notify', data }),
  )
}

/** A route that is handed over in the air: told as 1 to 3 of DJI's states while it is flown. */
function* deliver({ dock, request, data }: Scene): Generator<Stage> {
  const id = String(data['in_flight_wayline_id'])
  for (const [status, percent] of [
    [1, 0],
    [2, 50],
    [3, 100],
  ] as const)
    yield after(
      dock.timing.taskStepMs,
      documentedEvent(dock, {
        bid: request.bid,
        method: 'in_flight_wayline_progress',
        data: { in_flight_wayline_id: id, progress: { percent }, status, result: 0, way_point_index: 0 },
      }),
    )
}
