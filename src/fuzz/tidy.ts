import type { ScenarioData } from './scenario-data.ts'

type Fails = (data: ScenarioData) => Promise<boolean>
type Json = Readonly<Record<string, unknown>>

/**
 * Takes away from a scenario whatever it fails without: steps, devices, answers and their fields. What is left needs all
 * that it has. `fails` is asked at most `most` times.
 */
export async function tidy(data: ScenarioData, fails: Fails, most: number): Promise<ScenarioData> {
  let best = data
  let asked = 0
  let size = Infinity
  while (sizeOf(best) < size) {
    size = sizeOf(best)
    for (const simpler of simplifications(best)) {
      if (asked++ >= most) return best
      const candidate = simpler(best)
      if (candidate !== undefined && (await fails(candidate))) best = candidate
    }
  }
  return best
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
