import type { Reporter, RunEvent } from '../scenario/index.ts'
import { secretReplacer } from './secret-replacer.ts'

/** What must not be seen in any report. Values may be added while the run goes on: signatures, captured values. */
export interface Secrets {
  add(value: string): void
  /** The text without them: also where they are encoded, and what stands under a name such as `password`. */
  redact(text: string): string
}

/** Starts with the values known before the run: API keys, broker passwords. */
export function createSecrets(values: readonly string[] = []): Secrets {
  const known = new Set<string>()
  let replace: ((text: string) => string) | undefined

  function add(value: string): void {
    if (value === '' || known.has(value)) return
    known.add(value)
    replace = undefined
  }

  for (const value of values) add(value)
  return {
    add,
    redact(text) {
      replace ??= secretReplacer([...known], redacted)
      return replace(text).replace(named, hideNamed)
    },
  }
}

/**
 * The one place where events enter a reporter: secrets are taken out of every text in them, long bodies are cut
 * after that, so that no half of a secret stays.
 */
export function redactEvents(reporter: Reporter, secrets: Secrets): Reporter {
  return {
    on: (event, stamp) => reporter.on(cut(clean(event, secrets) as RunEvent), stamp),
    close: () => reporter.close(),
  }
}

/** The same data with secrets taken out of every text in it. */
export function redactTexts<Data>(data: Data, secrets: Secrets): Data {
  return clean(data, secrets) as Data
}

/** Longest body that a report keeps, in characters. */
export const bodyLimit = 4096

const redacted = '[redacted]'
const sensitiveName =
  '[\\w-]*(?:password|passwd|secret|signature|api[_-]?key|access[_-]?key|key[_-]id|security[_-]?token|authorization)'

// "name":"value" as in JSON, also within a JSON string; name=value as in a query; name: value on a line of its own
const named = new RegExp(
  [
    `((?<!\\\\)(?:\\\\*")${sensitiveName}(?:\\\\*")\\s*:\\s*)(?:"(?:[^"\\\\]|\\\\.)*"|\\\\+"[^"]*")`,
    `((?<![\\w-])${sensitiveName}=)[^\\s&,;"']+`,
    `(^[ \\t]*(?:- )?${sensitiveName}:[ \\t]+)(?![[{$])[^\\s].*`,
  ].join('|'),
  'gim',
)

function hideNamed(all: string, json?: string, query?: string, line?: string): string {
  if (json === undefined) return (query ?? line ?? '') + redacted
  const quote = /^\\*"/.exec(all.slice(json.length))?.[0] ?? '"'
  return json + quote + redacted + quote
}

// these words are ours: readers of the stream tell events apart by them
const structural = new Set(['kind', 'level', 'verdict', 'time', 'verb'])
const isNamedSensitive = new RegExp(`(?:^|[.\\]])${sensitiveName}$`, 'i')

function clean(value: unknown, secrets: Secrets): unknown {
  if (typeof value === 'string') return secrets.redact(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const items = value.map((item) => clean(item, secrets))
    return items.every((item, place) => item === value[place]) ? value : items
  }
  return cleanObject(value as Readonly<Record<string, unknown>>, secrets)
}

/** Copied only when something in it changes: most events hold no secret, and every event passes here. */
function cleanObject(value: Readonly<Record<string, unknown>>, secrets: Secrets): unknown {
  let cleaned: Record<string, unknown> | undefined
  for (const key of Object.keys(value)) {
    const inner = cleanField(value, key, value[key], secrets)
    if (inner === value[key]) continue
    cleaned ??= { ...value }
    cleaned[key] = inner
  }
  return cleaned ?? value
}

function cleanField(owner: object, key: string, value: unknown, secrets: Secrets): unknown {
  if (structural.has(key)) return value
  if (key === 'path' && typeof value === 'string' && /^[\d.]+$/.test(value)) return value
  if (key !== 'expected' && key !== 'actual') return clean(value, secrets)
  const isSecret = 'path' in owner && typeof owner.path === 'string' && isNamedSensitive.test(owner.path)
  return isSecret && value !== undefined ? redacted : cleanValue(value, secrets)
}

// values of the scenario or the target: their keys are foreign, and a number may be a captured value
function cleanValue(value: unknown, secrets: Secrets): unknown {
  if (typeof value === 'number') return secrets.redact(String(value)) === String(value) ? value : redacted
  if (typeof value === 'string') return secrets.redact(value)
  if (Array.isArray(value)) return value.map((item) => cleanValue(item, secrets))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => {
      const isSecret = isNamedSensitive.test(key) && (typeof inner === 'string' || typeof inner === 'number')
      return [secrets.redact(key), isSecret ? redacted : cleanValue(inner, secrets)]
    }),
  )
}

function cut(event: RunEvent): RunEvent {
  if (event.kind === 'httpExchanged') {
    const { request, response } = event.http
    return { ...event, http: { ...event.http, request: cutBody(request), response: cutBody(response) } }
  }
  if (event.kind !== 'frameHeard') return event
  return { ...event, frame: { ...event.frame, payload: cutBody(event.frame.payload) } }
}

function cutBody(text: string): string {
  if (text.length <= bodyLimit) return text
  return `${text.slice(0, bodyLimit).replace(/[\ud800-\udbff]$/, '')}... (${text.length} characters in all)`
}
