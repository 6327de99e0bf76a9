import type { MatcherName, ValueFormat } from './language-matchers.ts'
import { isMatcherName } from './language-matchers.ts'
import type { Comparison } from './match-difference.ts'
import { difference, isObject, missing } from './match-difference.ts'
import { formats } from './match-format.ts'
import { copyMatchMemory, keepMatchMemory, likeness, remembers } from './match-memory.ts'
import { describe } from './match-words.ts'
import type { Difference } from './outcome.ts'

/** A matcher with its argument. */
export interface Matcher {
  readonly name: MatcherName
  readonly argument: unknown
}

/** The two values that are compared, and where. */
export interface Pair {
  readonly expected: unknown
  readonly actual: unknown
  readonly path: string
}

/** The matcher that a value is, or `undefined`. */
export function matcherOf(value: unknown): Matcher | undefined {
  if (!isObject(value)) return undefined
  const [entry, ...rest] = Object.entries(value)
  if (entry === undefined || rest.length > 0 || !isMatcherName(entry[0])) return undefined
  return { name: entry[0], argument: entry[1] }
}

/** Compares a value with a matcher. */
export function compareMatcher(matcher: Matcher, pair: Pair, comparison: Comparison): readonly Difference[] {
  const verdict = judges[matcher.name](matcher.argument, pair, comparison)
  if (typeof verdict !== 'string') return verdict
  return [difference(pair.path, pair.expected, pair.actual, `${describe(pair.actual)}, expected ${verdict}`)]
}

/** Differences, or in words what was expected instead. */
type Verdict = readonly Difference[] | string
type Judge = (argument: unknown, pair: Pair, comparison: Comparison) => Verdict

const fits: readonly Difference[] = []

const judges: Readonly<Record<MatcherName, Judge>> = {
  $any: (_, { actual }) => (actual === missing ? 'any value' : fits),
  $absent: (_, { actual }) => (isAbsent(actual) ? fits : 'nothing, null, "" or {}'),
  $missing: (_, { actual }) => (actual === missing ? fits : 'no such key'),
  $present: (_, { actual }) => (isAbsent(actual) ? 'something other than null, "" or {}' : fits),
  $type: (type, { actual }) =>
    typesOf(actual).includes(String(type)) ? fits : `a value of type ${String(type)}`,
  $format: judgeFormat,
  $regex: judgeRegex,
  $oneOf: (list, pair, comparison) => {
    const values = Array.isArray(list) ? list : []
    return values.some((value) => isLike(value, pair.actual, comparison)) ? fits : `one of ${listed(values)}`
  },
  $not: (argument, { actual }, comparison) => {
    const aside = { ...comparison, memory: copyMatchMemory(comparison.memory) }
    return comparison.compare(argument, actual, '', aside).length > 0
      ? fits
      : `anything but ${words(argument)}`
  },
  $gt: bound('more than', (actual, limit) => actual > limit),
  $gte: bound('at least', (actual, limit) => actual >= limit),
  $lt: bound('less than', (actual, limit) => actual < limit),
  $lte: bound('at most', (actual, limit) => actual <= limit),
  $contains: judgeContains,
  $length: judgeLength,
  $exactly: (argument, { actual, path }, comparison) =>
    comparison.compare(argument, actual, path, { ...comparison, keys: 'exactly' }),
  $holds: judgeHolds,
  $same: judgeSame,
  $distinct: judgeDistinct,
  $literal: (argument, { actual, path }, comparison) =>
    comparison.compare(argument, actual, path, { ...comparison, matchers: 'off' }),
}

/** Compares without leaving a trace in memory when the values differ. */
function isLike(expected: unknown, actual: unknown, comparison: Comparison): boolean {
  if (!remembers(expected)) return comparison.compare(expected, actual, '', comparison).length === 0
  const memory = copyMatchMemory(comparison.memory)
  const isRight = comparison.compare(expected, actual, '', { ...comparison, memory }).length === 0
  if (isRight) keepMatchMemory(comparison.memory, memory)
  return isRight
}

function isAbsent(value: unknown): boolean {
  if (value === missing || value === undefined || value === null || value === '') return true
  return isObject(value) && Object.keys(value).length === 0
}

function typesOf(value: unknown): readonly string[] {
  if (value === null) return ['null']
  if (Array.isArray(value)) return ['array']
  return Number.isInteger(value) ? ['number', 'integer'] : [typeof value]
}

function judgeFormat(name: unknown, { actual }: Pair): Verdict {
  const format = formats[name as ValueFormat] as (typeof formats)[ValueFormat] | undefined
  if (format === undefined) return `a format that is known, not ${String(name)}`
  return typeof actual === 'string' && format.test(actual) ? fits : format.words
}

function judgeRegex(source: unknown, { actual }: Pair): Verdict {
  const isFound = typeof actual === 'string' && expressionOf(String(source))?.test(actual) === true
  return isFound ? fits : `a text with /${String(source)}/ in it`
}

/** A template may have made something of it that cannot be read. */
function expressionOf(source: string): RegExp | undefined {
  try {
    return new RegExp(source, 'u')
  } catch {
    return undefined
  }
}

function bound(name: string, holds: (actual: number, limit: number) => boolean): Judge {
  return (limit, { actual }) =>
    typeof actual === 'number' && typeof limit === 'number' && holds(actual, limit)
      ? fits
      : `a number ${name} ${String(limit)}`
}

function judgeContains(part: unknown, { actual }: Pair, comparison: Comparison): Verdict {
  if (typeof actual === 'string') {
    return typeof part === 'string' && actual.includes(part) ? fits : `a text with ${words(part)} in it`
  }
  if (Array.isArray(actual) && actual.some((item) => isLike(part, item, comparison))) return fits
  return `a text or list with ${words(part)} in it`
}

function judgeLength(length: unknown, { actual, path }: Pair, comparison: Comparison): Verdict {
  const actualLength = lengthOf(actual)
  if (actualLength === undefined) return 'a text, list or object with a length'
  return comparison.compare(length, actualLength, path === '' ? 'length' : `${path}.length`, comparison)
}

function lengthOf(value: unknown): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  return isObject(value) ? Object.keys(value).length : undefined
}

/** Walks without recursion: what a gateway answers may be nested deeper than the stack. */
function judgeHolds(part: unknown, { actual }: Pair, comparison: Comparison): Verdict {
  const waiting: unknown[] = [actual]
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (isLike(part, value, comparison)) return fits
    if (typeof value === 'object' && value !== null) {
      for (const inner of Object.values(value)) if (inner !== undefined) waiting.push(inner)
    }
  }
  return `a value that holds ${words(part)} at some depth`
}

function judgeSame(name: unknown, { actual }: Pair, { memory }: Comparison): Verdict {
  if (actual === missing) return `the value named ${String(name)}`
  const key = String(name)
  if (!memory.same.has(key)) {
    memory.same.set(key, actual)
    return fits
  }
  const first = memory.same.get(key)
  return likeness(first) === likeness(actual) ? fits : `the same as before (${key}): ${describe(first)}`
}

function judgeDistinct(name: unknown, { actual }: Pair, { memory }: Comparison): Verdict {
  const key = String(name)
  if (actual === missing) return `a new value (${key})`
  const seen = memory.distinct.get(key) ?? new Set<string>()
  const value = likeness(actual)
  if (seen.has(value)) return `a value that was not there before (${key})`
  seen.add(value)
  memory.distinct.set(key, seen)
  return fits
}

/** An expectation in words; a matcher as it is written. */
function words(expected: unknown): string {
  return matcherOf(expected) === undefined ? describe(expected) : likeness(expected)
}

function listed(values: readonly unknown[]): string {
  return values.map((value) => likeness(value)).join(', ')
}
