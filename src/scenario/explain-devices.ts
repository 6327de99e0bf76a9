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
  { model, online, telemetry, initial, count, on }: Fields,
): readonly string[] {
  const traits = [
    ...(count === undefined ? [] : [`${name}-1 to ${name}-${explainSpan(count)}`]),
    ...(model === undefined ? [] : [`a ${explainSpan(model)}`]),
    ...(online === false ? ['not connected at first'] : []),
    ...(telemetry === true ? ['sends telemetry'] : []),
    ...(initial === undefined ? [] : [`begins with ${explainValue(initial)}`]),
  ]
  const scripts = typeof on === 'string' ? [['any method', on] as const] : Object.entries(fieldsOf(on))
  const head = [...traits, ...(scripts.length === 0 ? ['behaves like a real dock'] : [])].join(', ')
  const lines = scripts.flatMap(([method, script]) => explainScript(method, script))
  return [`  - ${name}${head === '' ? '' : `: ${head}`}`, ...lines]
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
