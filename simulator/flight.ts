import { createRandom, seedOf } from './identity.ts'

/** A place in the air; elevation in metres above the dock. */
export interface Waypoint {
  readonly latitude: number
  readonly longitude: number
  readonly elevation: number
}

/** A way through the air with times: where an aircraft is follows from it and the clock alone. */
export interface Flight {
  /** Flight task, or fly-to task. */
  readonly id: string
  /** A new one whenever the aircraft is sent another way, so that those who followed the old one notice. */
  readonly course: number
  readonly startedAt: number
  /** Hovering since; time stands still on the way. */
  readonly heldAt: number | undefined
  readonly home: Waypoint
  readonly way: readonly Waypoint[]
  /** Milliseconds from each waypoint to the next. */
  readonly legs: readonly number[]
  /** Whether it ends in the dock, or hovering. */
  readonly ends: 'dock' | 'air'
}

export interface FlightMoment extends Waypoint {
  /** The waypoint that was passed last, from 0. */
  readonly waypoint: number
  readonly legProgress: number
  /** Compass direction, -180..180. */
  readonly heading: number
  /** m/s. */
  readonly horizontal_speed: number
  readonly vertical_speed: number
  readonly home_distance: number
  /** Seconds in the air. */
  readonly seconds: number
  readonly at: 'flying' | 'hovering' | 'over'
}

const metresPerDegree = 111_320
const cruise = 60

/** Four waypoints around the dock, drawn from a seed: up, around, and home. */
export function roundTrip(
  id: string,
  home: Waypoint,
  times: { readonly now: number; readonly climbMs: number; readonly legMs: number },
): Flight {
  const random = createRandom(seedOf('flight', id))
  const radius = 60 + random() * 60
  const turn = random() * 2 * Math.PI
  const ring = [0, 1, 2, 3].map((corner) => offset(home, turn + (corner * Math.PI) / 2, radius))
  const above = { ...home, elevation: cruise }
  return {
    id,
    course: 1,
    startedAt: times.now,
    heldAt: undefined,
    home,
    way: [home, above, ...ring, above, home],
    legs: [times.climbMs, ...ring.map(() => times.legMs), times.legMs, times.climbMs],
    ends: 'dock',
  }
}

/** From where the aircraft is straight on to other places. */
export function redirect(
  flight: Flight,
  now: number,
  to: { readonly way: readonly Waypoint[]; readonly legMs: number; readonly ends: Flight['ends'] },
): Flight {
  const { latitude, longitude, elevation } = flightAt(flight, now)
  return {
    ...flight,
    course: flight.course + 1,
    startedAt: now,
    heldAt: undefined,
    way: [{ latitude, longitude, elevation }, ...to.way],
    legs: to.way.map(() => to.legMs),
    ends: to.ends,
  }
}

/** Above the dock, then down into it. */
export function wayHome({ home }: Flight): readonly Waypoint[] {
  return [{ ...home, elevation: cruise }, home]
}

export function hold(flight: Flight, now: number): Flight {
  return flight.heldAt === undefined ? { ...flight, course: flight.course + 1, heldAt: now } : flight
}

export function goOn(flight: Flight, now: number): Flight {
  if (flight.heldAt === undefined) return flight
  return {
    ...flight,
    course: flight.course + 1,
    startedAt: flight.startedAt + now - flight.heldAt,
    heldAt: undefined,
  }
}

/** Milliseconds that the whole way takes. */
export function totalMs({ legs }: Flight): number {
  return legs.reduce((sum, leg) => sum + leg, 0)
}

/** Where the aircraft is. */
export function flightAt(flight: Flight, now: number): FlightMoment {
  const { startedAt, heldAt, legs, way, home } = flight
  const elapsed = Math.max(0, (heldAt ?? now) - startedAt)
  let waypoint = 0
  let rest = elapsed
  while (waypoint < legs.length && rest >= (legs[waypoint] ?? 0)) rest -= legs[waypoint++] ?? 0
  const from = way[waypoint] ?? home
  const isOver = waypoint >= legs.length
  const to = isOver ? from : (way[waypoint + 1] ?? from)
  const legMs = legs[waypoint] ?? 1
  const share = isOver ? 0 : rest / legMs
  const place = between(from, to, share)
  const isMoving = !isOver && heldAt === undefined
  return {
    ...place,
    waypoint,
    legProgress: share,
    heading: from === to ? 0 : bearing(from, to),
    horizontal_speed: isMoving ? round((distance(from, to) / legMs) * 1000, 10) : 0,
    vertical_speed: isMoving ? round(((to.elevation - from.elevation) / legMs) * 1000, 10) : 0,
    home_distance: round(distance(home, place), 10),
    seconds: Math.floor(elapsed / 1000),
    at: isMoving ? 'flying' : stillness(isOver),
  }
}

function stillness(isOver: boolean): 'over' | 'hovering' {
  return isOver ? 'over' : 'hovering'
}

function between(from: Waypoint, to: Waypoint, share: number): Waypoint {
  return {
    latitude: from.latitude + (to.latitude - from.latitude) * share,
    longitude: from.longitude + (to.longitude - from.longitude) * share,
    elevation: from.elevation + (to.elevation - from.elevation) * share,
  }
}

function offset(home: Waypoint, direction: number, metres: number): Waypoint {
  return {
    latitude: home.latitude + (Math.cos(direction) * metres) / metresPerDegree,
    longitude: home.longitude + (Math.sin(direction) * metres) / (metresPerDegree * narrowing(home.latitude)),
    elevation: cruise,
  }
}

function distance(from: Waypoint, to: Waypoint): number {
  const north = (to.latitude - from.latitude) * metresPerDegree
  const east = (to.longitude - from.longitude) * metresPerDegree * narrowing(from.latitude)
  return Math.hypot(north, east)
}

function bearing(from: Waypoint, to: Waypoint): number {
  const north = to.latitude - from.latitude
  const east = (to.longitude - from.longitude) * narrowing(from.latitude)
  return Math.round((Math.atan2(east, north) * 180) / Math.PI)
}

/** A degree of longitude is shorter the farther from the equator. */
function narrowing(latitude: number): number {
  return Math.cos((latitude * Math.PI) / 180)
}

function round(value: number, steps: number): number {
  return Math.round(value * steps) / steps
}
