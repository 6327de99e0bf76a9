const longest = 120

/** A value in words: `the number 0`, `the string "0"`, `nothing` for a key that is not there. */
export function describe(value: unknown): string {
  if (typeof value === 'symbol' || value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (typeof value === 'string') return `the string ${clipped(JSON.stringify(value))}`
  if (typeof value === 'number') return `the number ${Object.is(value, -0) ? '-0' : value}`
  if (typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `the list ${clipped(written(value))}`
  return typeof value === 'object' ? `the object ${clipped(written(value))}` : `a ${typeof value}`
}

function written(value: object): string {
  try {
    return JSON.stringify(value) ?? '{}'
  } catch {
    return '{…}'
  }
}

function clipped(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
