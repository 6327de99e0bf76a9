import type { JsonObject } from '../../contracts/index.ts'
import { isJsonObject } from '../../contracts/index.ts'
import type { Effect, Stage } from '../behavior.ts'
import type { Deeds, Scene } from '../deed.ts'
import { deedBehavior } from '../deed-behavior.ts'
import { withAircraft } from '../dock-state.ts'
import { closed, openLink } from '../drc-link.ts'
import type { Flight, FlightMoment, Waypoint } from '../flight.ts'
import { flightAt, hold, redirect, roundTrip } from '../flight.ts'
import { groundRefusal } from '../flight-refusal.ts'
import { follow, homeOf, plannedPath, takenOff } from '../flying.ts'
import { after, atOnce, change, documentedEvent } from '../replies.ts'

// DJI's documentation: dock, live flight controls (drc): authority, the DRC mode, flying to a point.

const deeds: Deeds = {
  flight_authority_grab: { change: (state) => withAircraft(state, { control_source: 'A' }) },
  payload_authority_grab: { change: (state) => withAircraft(state, { control_source: 'A' }) },
  drc_mode_enter: { follow: ({ dock, request, data }) => openLink(dock, request.bid, data) },
  drc_mode_exit: {
    follow: function* () {
      yield atOnce(closed)
    },
  },
  takeoff_to_point: { refuse: ({ dock }) => groundRefusal(dock), follow: takeOff },
  fly_to_point: {
    refuse: ({ dock }) => (dock.state.flight === undefined ? 319_022 : undefined),
    follow: flyTo,
  },
  fly_to_point_update: {
    refuse: ({ dock }) => (dock.state.flight === undefined ? 319_022 : undefined),
    follow: flyTo,
  },
  fly_to_point_stop: {
    refuse: ({ dock }) => (dock.state.flight === undefined ? 319_023 : undefined),
    follow: function* ({ dock }) {
      yield atOnce(turned((flight) => hold(flight, dock.now())))
    },
  },
  cloud_control_auth_request: {
    follow: function* ({ dock, request }) {
      const agreed = { result: 0, output: { status: 'ok' } }
      yield after(
        dock.timing.jobMs,
        documentedEvent(dock, { bid: request.bid, method: 'cloud_control_auth_notify', data: agreed }),
      )
    },
  },
  poi_mode_enter: {
    follow: function* ({ dock, request }) {
      const circling = { circle_radius: 30, circle_speed: 3, max_circle_speed: 10, reason: 0 }
      for (const status of ['in_progress', 'ok'])
        yield after(
          dock.timing.stepMs,
          documentedEvent(dock, {
            bid: request.bid,
            method: 'poi_status_notify',
            data: { status, ...circling },
          }),
        )
    },
  },
}

/** Authority over flight and payload, the low-latency channel, flying to a point. */
export const drc = deedBehavior('drc', deeds)

function turned(turn: (flight: Flight) => Flight): Effect {
  return change((state) => (state.flight === undefined ? state : { ...state, flight: turn(state.flight) }))
}

const takeOffMethod = 'takeoff_to_point_progress'
const flyToMethod = 'fly_to_point_progress'

/** Up, to the point, and there the aircraft waits for what comes next. */
function* takeOff({ dock, request, data }: Scene): Generator<Stage> {
  const id = textIn(data, 'flight_id') ?? request.bid
  const { climbMs, legMs } = dock.timing
  const home = homeOf(dock)
  const target = {
    latitude: Number(data['target_latitude'] ?? home.latitude),
    longitude: Number(data['target_longitude'] ?? home.longitude),
    elevation: 60,
  }
  const trip = roundTrip(id, home, { now: dock.now(), climbMs, legMs })
  const flight: Flight = {
    ...trip,
    way: [home, { ...home, elevation: 60 }, target],
    legs: [climbMs, legMs],
    ends: 'air',
  }
  const tell = (status: string, moment: FlightMoment): Effect =>
    documentedEvent(dock, {
      bid: request.bid,
      method: takeOffMethod,
      data: { status, flight_id: id, track_id: id, ...whereTo(flight, moment, dock.now()) },
    })
  yield after(
    dock.timing.taskStepMs,
    tell('task_ready', flightAt(flight, flight.startedAt)),
    takenOff(flight),
  )
  if ((yield* follow(dock, (moment) => [tell('wayline_progress', moment)])) === 'left') return
  yield atOnce(
    tell('wayline_ok', flightAt(flight, dock.now())),
    tell('task_finish', flightAt(flight, dock.now())),
  )
}

/** From where it is to the one point; whoever comes after with another point goes on from there. */
function* flyTo({ dock, request, data }: Scene): Generator<Stage> {
  const [target] = pointsIn(data['points'])
  if (target === undefined) return
  const fly_to_id = textIn(data, 'fly_to_id') ?? dock.state.flight?.id ?? request.bid
  const to = { way: [target], legMs: dock.timing.legMs, ends: 'air' } as const
  yield atOnce(turned((flight) => redirect(flight, dock.now(), to)))
  const tell = (status: string): Effect => {
    const { flight } = dock.state
    const where = flight === undefined ? {} : whereTo(flight, flightAt(flight, dock.now()), dock.now())
    return documentedEvent(dock, {
      bid: request.bid,
      method: flyToMethod,
      data: { fly_to_id, status, result: 0, ...where },
    })
  }
  const end = yield* follow(dock, () => [tell('wayline_progress')])
  yield atOnce(tell(end === 'arrived' ? 'wayline_ok' : 'wayline_cancel'))
}

function whereTo(flight: Flight, moment: FlightMoment, now: number): JsonObject {
  const leftMs = Math.max(0, flight.startedAt + flight.legs.reduce((sum, leg) => sum + leg, 0) - now)
  return {
    result: 0,
    way_point_index: moment.waypoint,
    remaining_distance: Math.round((leftMs / 1000) * 8),
    remaining_time: Math.round(leftMs / 1000),
    planned_path_points: plannedPath(flight, moment),
  }
}

function textIn(data: JsonObject, field: string): string | undefined {
  const value = data[field]
  return typeof value === 'string' ? value : undefined
}

function pointsIn(list: unknown): readonly Waypoint[] {
  const points: readonly unknown[] = Array.isArray(list) ? list : []
  return points.filter(isJsonObject).map(({ latitude, longitude, height }) => ({
    latitude: Number(latitude),
    longitude: Number(longitude),
    // The aircraft climbs to 20 m first when it is lower.
    elevation: Math.max(20, Number(height)),
  }))
}
