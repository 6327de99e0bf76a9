import { createRandom, seedOf } from './identity.ts'

/** Degrees; north and east are positive. */
export interface Place {
  readonly latitude: number
  readonly longitude: number
}

/** Open country near towns, where docks are plausible; a fleet gathers around one of them. */
const centres: readonly Place[] = [
  { latitude: 48.137, longitude: 11.575 },
  { latitude: 51.507, longitude: -0.128 },
  { latitude: 40.417, longitude: -3.703 },
  { latitude: 52.23, longitude: 21.012 },
  { latitude: 37.566, longitude: 126.978 },
  { latitude: 35.676, longitude: 139.65 },
  { latitude: 22.543, longitude: 114.058 },
  { latitude: -33.869, longitude: 151.209 },
  { latitude: -23.551, longitude: -46.633 },
  { latitude: 39.739, longitude: -104.99 },
]

const metresPerDegree = 111_320
/** Each dock has about so much room to itself, in metres: the range of an aircraft reaches its neighbours. */
const spacing = 2_000
/** Turning by the golden angle spreads points evenly over a disc, whatever their number. */
const goldenAngle = Math.PI * (3 - Math.sqrt(5))

/** Around where the docks of a seed stand. */
export function placeOfSeed(seed: number): Place {
  return centres[seedOf(seed, 'centre') % centres.length] ?? { latitude: 48.137, longitude: 11.575 }
}

/** Where the `number`-th dock (from 0) around a place stands: the same whatever docks there are beside it. */
export function placeAround(centre: Place, number: number, seed: number): Place {
  const random = createRandom(seedOf(seed, 'place', number))
  const jitter = (): number => (random() - 0.5) * spacing * 0.4
  const distance = spacing * Math.sqrt(number / Math.PI)
  const turn = number * goldenAngle
  const north = distance * Math.cos(turn) + jitter()
  const east = distance * Math.sin(turn) + jitter()
  const latitude = Math.max(-89, Math.min(89, centre.latitude + north / metresPerDegree))
  const shrink = Math.max(0.01, Math.cos((centre.latitude * Math.PI) / 180))
  const longitude = centre.longitude + east / (metresPerDegree * shrink)
  return { latitude: rounded(latitude), longitude: rounded(((((longitude + 180) % 360) + 360) % 360) - 180) }
}

/** Six digits are about ten centimetres. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6
}
