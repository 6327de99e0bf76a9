/** What `$same` and `$distinct` have seen in this test, by name. One per test. */
export interface MatchMemory {
  readonly same: Map<string, unknown>
  readonly distinct: Map<string, Set<string>>
}

export function createMatchMemory(): MatchMemory {
  return { same: new Map(), distinct: new Map() }
}

/** A memory that may be written without consequences, for values that are looked at more than once. */
export function copyMatchMemory(memory: MatchMemory): MatchMemory {
  return {
    same: new Map(memory.same),
    distinct: new Map([...memory.distinct].map(([name, seen]) => [name, new Set(seen)])),
  }
}

/** Makes a memory what its copy has become. */
export function keepMatchMemory(memory: MatchMemory, copy: MatchMemory): void {
  for (const [name, value] of copy.same) memory.same.set(name, value)
  for (const [name, seen] of copy.distinct) memory.distinct.set(name, seen)
}

/** Whether an expectation has `$same` or `$distinct` in it. */
export function remembers(expected: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return false
  return Object.entries(expected).some(
    ([key, value]) => key === '$same' || key === '$distinct' || remembers(value),
  )
}

/** A value as text, the same for values that are alike, whatever the order of their keys. */
export function likeness(value: unknown): string {
  try {
    return JSON.stringify(value, (_key, inner: unknown) => inKeyOrder(inner)) ?? String(value)
  } catch {
    // nested beyond what the stack holds
    return String(value)
  }
}

function inKeyOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
