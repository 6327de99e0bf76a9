import type { MatchMemory } from './match-memory.ts'
import { describe } from './match-words.ts'
import type { Difference } from './outcome.ts'

/** Marks a key that is not there, which is not the same as `null`. */
export const missing: unique symbol = Symbol('missing')

/** How two values are compared, and what earlier matches of the test remember. */
export interface Comparison {
  readonly memory: MatchMemory
  /** `exactly`: no further keys at any depth. */
  readonly keys: 'subset' | 'exactly'
  /** `off` inside of `$literal`. */
  readonly matchers: 'on' | 'off'
  /** Compares inner values; handed over since matchers compare again. */
  readonly compare: Compare
}

export type Compare = (
  expected: unknown,
  actual: unknown,
  path: string,
  comparison: Comparison,
) => readonly Difference[]

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A path as in `body.items.0.code`. */
export function at(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}

/** A difference; what is missing is shown as `undefined`. */
export function difference(path: string, expected: unknown, actual: unknown, reason: string): Difference {
  return {
    path,
    expected: expected === missing ? undefined : expected,
    actual: actual === missing ? undefined : actual,
    reason,
  }
}

/** A difference in the usual words: what is there, and what should be. */
export function differs(path: string, expected: unknown, actual: unknown): Difference {
  return difference(path, expected, actual, `${describe(actual)}, expected ${describe(expected)}`)
}
