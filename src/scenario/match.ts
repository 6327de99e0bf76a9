import type { Comparison } from './match-difference.ts'
import { at, difference, differs, isObject, missing } from './match-difference.ts'
import { compareMatcher, matcherOf } from './match-matchers.ts'
import type { MatchMemory } from './match-memory.ts'
import { copyMatchMemory, keepMatchMemory, remembers } from './match-memory.ts'
import { describe } from './match-words.ts'
import type { Difference } from './outcome.ts'

/**
 * Compares by the rules of the scenario language: objects may have more keys, lists match item by item and in length, scalars match with
 * their type, one-key objects that begin with `$` are matchers. Returns every difference with its path. `memory` is written only when
 * there is none. Never throws.
 */
export function match(expected: unknown, actual: unknown, memory: MatchMemory): readonly Difference[] {
  const subject = actual === undefined ? missing : actual
  const trial = remembers(expected) ? copyMatchMemory(memory) : memory
  const differences = compare(expected, subject, '', {
    memory: trial,
    keys: 'subset',
    matchers: 'on',
    compare,
  })
  if (differences.length === 0 && trial !== memory) keepMatchMemory(memory, trial)
  return differences
}

function compare(
  expected: unknown,
  actual: unknown,
  path: string,
  comparison: Comparison,
): readonly Difference[] {
  const matcher = comparison.matchers === 'on' ? matcherOf(expected) : undefined
  if (matcher !== undefined) return compareMatcher(matcher, { expected, actual, path }, comparison)
  if (Array.isArray(expected)) return compareList(expected, actual, path, comparison)
  if (isObject(expected)) return compareObject(expected, actual, path, comparison)
  if (Object.is(expected, actual) || expected === actual) return []
  return [differs(path, expected, actual)]
}

function compareList(
  expected: readonly unknown[],
  actual: unknown,
  path: string,
  comparison: Comparison,
): readonly Difference[] {
  if (!Array.isArray(actual)) return [differs(path, expected, actual)]
  const differences = expected.flatMap((item, position) =>
    position < actual.length ? compare(item, actual[position], at(path, String(position)), comparison) : [],
  )
  if (expected.length === actual.length) return differences
  const reason = `${actual.length} item${actual.length === 1 ? '' : 's'}, expected ${expected.length}`
  return [...differences, difference(path, expected, actual, reason)]
}

function compareObject(
  expected: Readonly<Record<string, unknown>>,
  actual: unknown,
  path: string,
  comparison: Comparison,
): readonly Difference[] {
  if (!isObject(actual)) return [differs(path, expected, actual)]
  const differences = Object.entries(expected).flatMap(([key, value]) =>
    compare(value, ownValue(actual, key), at(path, key), comparison),
  )
  if (comparison.keys === 'subset') return differences
  const further = Object.keys(actual).filter((key) => !Object.hasOwn(expected, key))
  const extra = further.map((key) =>
    difference(at(path, key), missing, actual[key], `${describe(actual[key])}, expected no such key`),
  )
  return [...differences, ...extra]
}

/** `undefined` does not exist in JSON: a key that holds it is not there. */
function ownValue(object: Readonly<Record<string, unknown>>, key: string): unknown {
  const value = Object.hasOwn(object, key) ? object[key] : undefined
  return value === undefined ? missing : value
}
