import { HarnessError } from '../../contracts/index.ts'
import type { Place, QuirkName, TimingSpec } from '../../simulator/index.ts'
import { durationPattern, quirkNames, quirks, timingNames } from '../../simulator/index.ts'
import type { NewDevices } from '../scenario/index.ts'
import { checkYamlText, Initial } from '../scenario/index.ts'

/** What the command line says of the docks, as it stands there. */
export interface FleetOptions {
  readonly devices: number
  readonly model: string
  readonly aircraft?: string
  readonly place?: string
  readonly quirk?: readonly string[]
  readonly session?: 'short' | 'full'
  readonly timing?: readonly string[]
  readonly telemetry?: boolean
  readonly initial?: string
}

/** The docks that the options describe. Throws OPTION_INVALID. */
export function docksOf(options: FleetOptions): NewDevices {
  const { devices, model, aircraft, quirk, session, timing, telemetry, initial } = options
  return {
    count: devices,
    model,
    ...(aircraft === undefined ? {} : { aircraft }),
    ...(quirk === undefined ? {} : { quirks: quirk.map(readQuirk) }),
    ...(session === undefined ? {} : { session }),
    ...(timing === undefined ? {} : { timing: readTimings(timing) }),
    ...(telemetry === undefined ? {} : { telemetry }),
    ...(initial === undefined ? {} : { initial: readInitial(initial) }),
  }
}

/** `48.137,11.575`. Throws OPTION_INVALID. */
export function readPlace(text: string): Place {
  const [, latitude, longitude] = /^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text) ?? []
  const place = { latitude: Number(latitude), longitude: Number(longitude) }
  if (Math.abs(place.latitude) <= 90 && Math.abs(place.longitude) <= 180) return place
  throw invalid(
    `put the docks at "${text}": it is no place. Write latitude,longitude in degrees, such as 48.137,11.575`,
  )
}

function readQuirk(word: string): QuirkName {
  const name = quirkNames.find((each) => each === word)
  if (name !== undefined) return name
  const known = quirkNames.map((each) => `\n  ${each}: ${quirks[each].description}`)
  throw invalid(
    `give docks the quirk "${word}": there is none of that name. Choose of these:${known.join('')}`,
  )
}

function readTimings(texts: readonly string[]): TimingSpec {
  const pairs = texts.map((text) => {
    const [name = '', span = ''] = text.split('=')
    if (timingNames.includes(name) && new RegExp(durationPattern).test(span)) return [name, span]
    throw invalid(
      `use the timing "${text}": it is no name=span, such as reboot=1s. Names are ${timingNames.join(', ')}`,
    )
  })
  return Object.fromEntries(pairs) as TimingSpec
}

function readInitial(text: string): Readonly<Record<string, unknown>> {
  const checked = checkYamlText('--initial', text, () => Initial)
  if (checked.kind === 'right') return (checked.value ?? {}) as Readonly<Record<string, unknown>>
  const [problem] = checked.problems
  throw invalid(
    `use "${text}" as --initial: column ${problem?.column ?? 1}: ${problem?.message ?? 'it is wrong'}. Write an object such as { mode_code: 0 }`,
  )
}

function invalid(words: string): HarnessError {
  return new HarnessError('OPTION_INVALID', `Cannot ${words}${words.includes('\n') ? '' : '.'}`)
}
