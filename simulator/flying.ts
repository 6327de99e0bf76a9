import type { JsonObject } from '../contracts/index.ts'
import type { DockView, Effect, Stage } from './behavior.ts'
import type { DockState } from './dock-state.ts'
import { withDock } from './dock-state.ts'
import type { Flight, FlightMoment, Waypoint } from './flight.ts'
import { flightAt } from './flight.ts'
import { after, change } from './replies.ts'

/** How following a flight ended: at its end, or because somebody sent the aircraft another way or stopped it. */
export type Followed = 'arrived' | 'left'

/** Follows the aircraft on its present course, telling where it is at every waypoint and every few seconds. */
export function* follow(
  dock: DockView,
  tell: (moment: FlightMoment, flight: Flight) => readonly Effect[],
): Generator<Stage, Followed> {
  const course = dock.state.flight?.course
  for (;;) {
    const { flight } = dock.state
    if (flight === undefined || flight.course !== course) return 'left'
    const moment = flightAt(flight, dock.now())
    if (moment.at === 'over') return 'arrived'
    yield after(nextMs(flight, moment, dock))
    const still = dock.state.flight
    if (still === undefined || still.course !== course) return 'left'
    yield after(0, ...tell(flightAt(still, dock.now()), still))
  }
}

/** Until the next waypoint, or the next report when that is sooner. */
function nextMs({ legs }: Flight, { waypoint, legProgress }: FlightMoment, { timing }: DockView): number {
  const left = Math.ceil((legs[waypoint] ?? 0) * (1 - legProgress))
  return Math.max(1, Math.min(left, timing.progressMs))
}

/** The dock's place on the ground. */
export function homeOf({ identity }: DockView): Waypoint {
  return { latitude: identity.latitude, longitude: identity.longitude, elevation: 0 }
}

/** The dock opens, the aircraft is switched on and leaves. */
export function takenOff(flight: Flight): Effect {
  return change((state) => ({
    ...withDock(state, { mode_code: 4, flighttask_step_code: 1, cover_state: 1, drone_in_dock: 0 }),
    aircraftLink: 'on',
    flight,
  }))
}

/** The aircraft is back in the dock, which closes and is idle. */
export const landed: Effect = change((state: DockState) => ({
  ...withDock(state, { mode_code: 0, flighttask_step_code: 5, cover_state: 0, drone_in_dock: 1 }),
  flight: undefined,
}))

/** The way that is left, as progress events list it. */
export function plannedPath({ way }: Flight, { waypoint }: FlightMoment): readonly JsonObject[] {
  return way
    .slice(waypoint + 1)
    .map(({ latitude, longitude, elevation }) => ({ latitude, longitude, height: elevation }))
}
