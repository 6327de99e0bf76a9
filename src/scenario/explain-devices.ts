import { explainSpan, explainValue } from './explain-value.ts'

type Fields = Readonly<Record<string, unknown>>

/** The devices of a scenario and what they do, as lines. */
export function explainDevices(devices: Readonly<Record<string, unknown>>): readonly string[] {
  const entries = Object.entries(devices)
  if (entries.length === 0) return []
  return ['', 'Devices:', ...entries.flatMap(([name, spec]) => explainDevice(name, fieldsOf(spec)))]
}

function explainDevice(
  name: string,
  { model, aircraft, online, telemetry, tags, count, ...others }: Fields,
): readonly string[] {
  const traits = [
    ...(count === undefined ? [] : [`${name}-1 to ${name}-${explainSpan(count)}`]),
    ...(model === undefined ? [] : [`a ${explainSpan(model)}`]),
    ...(aircraft === undefined ? [] : [`with a ${explainSpan(aircraft)}`]),
    ...(online === false ? ['not connected at first'] : []),
    ...(telemetry === true ? ['sends telemetry'] : []),
    ...(tags === undefined ? [] : [`tagged ${listed(tags)}`]),
    ...explainTraits(others),
  ]
  const lines = explainScripts(others['on'])
  const isPlain = lines.length === 0 && others['quirks'] === undefined
  const head = [...traits, ...(isPlain ? ['behaves like a real dock'] : [])].join(', ')
  return [`  - ${name}${head === '' ? '' : `: ${head}`}`, ...lines]
}

/** The rules for many devices, as lines; a later one goes before an earlier one. */
export function explainFleet(rules: readonly unknown[]): readonly string[] {
  if (rules.length === 0) return []
  return [
    '',
    'Rules for many devices, later ones first:',
    ...rules.toReversed().flatMap((rule) => explainRule(fieldsOf(rule))),
  ]
}

function explainRule({ model, tag, name, share, seed, ...others }: Fields): readonly string[] {
  const chosen = [
    ...(name === undefined ? [] : [`named ${listed(name)}`]),
    ...(model === undefined ? [] : [`of model ${listed(model)}`]),
    ...(tag === undefined ? [] : [`tagged ${listed(tag)}`]),
  ]
  const who = chosen.length === 0 ? 'all devices' : `devices ${chosen.join(', ')}`
  const drawn = seed === undefined ? '' : ` (drawn with seed ${explainSpan(seed)})`
  const part =
    share === undefined
      ? who
      : `${typeof share === 'number' ? `${share * 100}%` : explainSpan(share)} of ${who}${drawn}`
  return [`  - ${[part, ...explainTraits(others)].join(', ')}`, ...explainScripts(others['on'])]
}

function explainTraits({ quirks, session, timing, initial }: Fields): readonly string[] {
  return [
    ...(quirks === undefined ? [] : [`quirks: ${listed(quirks)}`]),
    ...(session === undefined ? [] : [`${explainSpan(session)} session`]),
    ...(timing === undefined ? [] : [`timing ${explainValue(timing)}`]),
    ...(initial === undefined ? [] : [`begins with ${explainValue(initial)}`]),
  ]
}

function explainScripts(on: unknown): readonly string[] {
  const scripts = typeof on === 'string' ? [['any method', on] as const] : Object.entries(fieldsOf(on))
  return scripts.flatMap(([method, script]) => explainScript(method, script))
}

function listed(value: unknown): string {
  if (!Array.isArray(value)) return explainSpan(value)
  return value.length === 0 ? 'none' : value.map((each) => explainSpan(each)).join(', ')
}

function explainScript(method: string, script: unknown): readonly string[] {
  const subject = method === '*' ? 'any other method' : method
  if (!Array.isArray(script)) return [`    on ${subject}: ${explainBehaviour(script)}`]
  return script.map((behaviour, position) => {
    const call = position === script.length - 1 ? `call ${position + 1} and later` : `call ${position + 1}`
    return `    on ${subject}, ${call}: ${explainBehaviour(behaviour)}`
  })
}

/** A behaviour as a sentence part. */
function explainBehaviour(behaviour: unknown): string {
  if (typeof behaviour === 'string') return behaviour
  const { reply, raw, delay, hold, times, then, events, disconnect, ...others } = fieldsOf(behaviour)
  const said = [
    ...(delay === undefined
      ? []
      : [`after ${typeof delay === 'string' ? explainSpan(delay) : explainValue(delay)}`]),
    ...(hold === true ? ['when a step releases it'] : []),
    ...answer(reply, raw),
    ...(times === undefined ? [] : [`${explainSpan(times)} times`]),
    ...Object.entries(others).map(([key, value]) => `${key} ${explainValue(value)}`),
    ...(disconnect === undefined ? [] : [`disconnects ${explainSpan(disconnect)}`]),
    ...(Array.isArray(events) ? [`sends ${events.length} progress events`] : []),
    ...(Array.isArray(then) ? then.map((next) => `then ${explainBehaviour(next)}`) : []),
  ]
  return said.join(', ')
}

function answer(reply: unknown, raw: unknown): readonly string[] {
  if (raw !== undefined) return [`publishes exactly ${explainValue(raw)}`]
  if (reply === null) return ['sends no reply']
  return reply === undefined ? [] : [`replies ${explainValue(reply)}`]
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}
