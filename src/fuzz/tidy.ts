import type { ScenarioData } from './scenario-data.ts'

type Fails = (data: ScenarioData) => Promise<boolean>
type Json = Readonly<Record<string, unknown>>

/** How much it may cost to tidy up. */
export interface TidyLimits {
  /** How many ways to take something away are tried. */
  readonly most: number
  /** How many of them are tried side by side, which costs more tries and less time. */
  readonly atOnce: number
}

/**
 * Takes away from a scenario whatever it fails without: steps, devices, answers and their fields. What is left needs all
 * that it has, unless the limits ended it.
 */
export async function tidy(
  data: ScenarioData,
  fails: Fails,
  { most, atOnce }: TidyLimits,
): Promise<ScenarioData> {
  let best = data
  let tried = 0
  let size = Infinity
  while (sizeOf(best) < size) {
    size = sizeOf(best)
    const simpler = simplifications(best)
    for (let next = 0; next < simpler.length;) {
      if (tried >= most) return best
      const ways = simpler.slice(next, next + Math.min(atOnce, most - tried))
      const { small, told } = await tryAll(best, ways, fails)
      best = small
      next += told
      tried += told
    }
  }
  return best
}

/** What is left after all the ways that go together, or after the first one that goes; and how many ways that decides. */
async function tryAll(
  data: ScenarioData,
  ways: readonly Simpler[],
  fails: Fails,
): Promise<{ readonly small: ScenarioData; readonly told: number }> {
  const candidates = ways.map((way) => way(data))
  const verdicts = await Promise.all(
    candidates.map((each) => (each === undefined ? Promise.resolve(false) : fails(each))),
  )
  const going = ways.filter((_, place) => verdicts[place])
  if (going.length > 1) {
    // Later places are taken away first, so that those before them stay right.
    const small = going.reduce((from, way) => way(from) ?? from, data)
    if (await fails(small)) return { small, told: ways.length }
  }
  const first = verdicts.indexOf(true)
  return first < 0
    ? { small: data, told: ways.length }
    : { small: candidates[first] ?? data, told: first + 1 }
}

function sizeOf(data: ScenarioData): number {
  return JSON.stringify(data).length
}

type Simpler = (data: ScenarioData) => ScenarioData | undefined

/** Ways to take something away, by the place that it has; last things first, so that places before them stay right. */
function simplifications(data: ScenarioData): readonly Simpler[] {
  const places = placesIn(data, [])
  // What is left may be no scenario at all: then it does not load, and so does not fail.
  return places.toReversed().map((place) => (from) => remove(from, place) as ScenarioData | undefined)
}

/** Every entry of a list and every key of a map, at any depth, outer before inner. */
function placesIn(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = [...path, key]
    return path.length === 0 ? placesIn(inner, place) : [place, ...placesIn(inner, place)]
  })
}

/** The value without what stands at a place; undefined when nothing stands there any more. */
function remove(value: unknown, [key = '', ...rest]: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  const inner: unknown = (value as Json)[key]
  const kept = rest.length === 0 ? undefined : remove(inner, rest)
  if (rest.length > 0 && kept === undefined) return undefined
  if (Array.isArray(value)) {
    const place = Number(key)
    if (rest.length > 0) return value.with(place, kept)
    return value.length === 1 ? undefined : value.toSpliced(place, 1)
  }
  if (rest.length > 0) return { ...value, [key]: kept }
  const { [key]: _gone, ...others } = value as Json
  return others
}
