import { durationPattern, parseDuration } from '../../simulator/index.ts'

/** A value in a sentence: short JSON without the quotes around keys. */
export function explainValue(value: unknown): string {
  if (typeof value === 'string') return `"${clipped(value)}"`
  if (Array.isArray(value)) return `[${clipped(value.map(explainValue).join(', '))}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const fields = Object.entries(value).map(([key, inner]) => `${key}: ${explainValue(inner)}`)
  return fields.length === 0 ? '{}' : `{ ${clipped(fields.join(', '))} }`
}

/** A span of time in words; a template as it stands. */
export function explainSpan(span: unknown): string {
  if (typeof span !== 'string' || !new RegExp(durationPattern).test(span)) return String(span)
  const ms = parseDuration(span)
  return ms < 1000 ? `${ms} ms` : `${ms / 1000} s`
}

function clipped(text: string): string {
  return text.length > 160 ? `${text.slice(0, 159)}…` : text
}
