const longest = 120
const deepest = 8

/** A value in words: `the number 0`, `the string "0"`, `nothing` for a key that is not there. */
export function describe(value: unknown): string {
  if (typeof value === 'symbol' || value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (typeof value === 'string') return `the string ${clipped(JSON.stringify(value))}`
  if (typeof value === 'number') return `the number ${Object.is(value, -0) ? '-0' : value}`
  if (typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `the list ${clipped(preview(value, deepest))}`
  return typeof value === 'object' ? `the object ${clipped(preview(value, deepest))}` : `a ${typeof value}`
}

/** The beginning of a value as JSON. Bounded in depth and breadth: an answer may be of any size. */
function preview(value: unknown, levels: number): string {
  if (typeof value !== 'object' || value === null) return scalar(value)
  if (levels === 0) return '…'
  if (Array.isArray(value)) return `[${parts(value.values(), (item) => preview(item, levels - 1))}]`
  return `{${parts(Object.entries(value).values(), ([key, inner]) => `${JSON.stringify(key)}:${preview(inner, levels - 1)}`)}}`
}

function scalar(value: unknown): string {
  if (typeof value === 'bigint' || typeof value === 'function') return typeof value
  return JSON.stringify(value) ?? 'null'
}

function parts<T>(items: Iterable<T>, write: (item: T) => string): string {
  const written: string[] = []
  let length = 0
  for (const item of items) {
    if (length > longest) break
    const text = write(item)
    written.push(text)
    length += text.length
  }
  return written.join(',')
}

function clipped(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
