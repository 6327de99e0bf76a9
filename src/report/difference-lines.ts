import { isDeepStrictEqual } from 'node:util'
import stringWidth from 'string-width'
import type { Difference } from '../scenario/index.ts'
import type { Look } from './look.ts'
import { clip, visible, wrapAtMost } from './visible.ts'

/** Expected and actual of the first differences, each with its path and the reason; the others by path only. */
export function differenceLines(
  differences: readonly Difference[],
  most: number,
  look: Look,
): readonly string[] {
  const all = differences.flatMap(narrow)
  const shown = all.slice(0, most)
  const rest = all.slice(most)
  const lines = shown.flatMap((difference) => oneDifference(difference, look))
  if (rest.length === 0) return lines
  const paths = rest.map(({ path }) => visible(path)).join(', ')
  return [...lines, clip(`    ${look.signs.dots} ${rest.length} more: ${paths}`, look.width, look.signs.dots)]
}

function formatValue(value: unknown): string {
  return value === undefined ? '(missing)' : visible(JSON.stringify(value))
}

function oneDifference(difference: Difference, look: Look): readonly string[] {
  const { paint, signs, width } = look
  const room = width - 16
  const { expected, actual, column } = aligned(difference, room, signs.dots)
  const reason = wrapAtMost(visible(untold(difference)), width - 6, { most: 2, dots: signs.dots })
  return [
    paint.strong(clip(`    ${visible(difference.path)}`, width, signs.dots)),
    `      expected  ${paint.good(expected)}`,
    `      actual    ${paint.bad(actual)}`,
    ...(column === undefined ? [] : [`                ${' '.repeat(column)}^`]),
    ...reason.map((line) => paint.dim(`      ${line}`)),
  ]
}

// what stands above already tells nothing new: two values of one type, that nothing is there, a whole object once more
function untold({ expected, actual, reason }: Difference): string {
  const isValue = typeof expected !== 'object'
  if (isValue && typeof expected === typeof actual)
    return [expected, actual].every((value) => reason.includes(formatValue(value))) ? '' : reason
  const due = /^(?:nothing|the (?:object|list) .*), (expected .*)$/s.exec(reason)?.[1] ?? reason
  return isValue && actual === undefined && due.endsWith(formatValue(expected)) ? '' : due
}

interface Aligned {
  readonly expected: string
  readonly actual: string
  /** Where they part, in columns of the texts shown; only when that is hard to see. */
  readonly column: number | undefined
}

// long values are shown around the first place where they part
function aligned(difference: Difference, room: number, dots: string): Aligned {
  const expected = formatValue(difference.expected)
  const actual = formatValue(difference.actual)
  const parting = firstDivergence(expected, actual)
  if (parting < 12)
    return { expected: clip(expected, room, dots), actual: clip(actual, room, dots), column: undefined }
  const before = Math.floor(room / 2)
  const start = Math.max(expected.length, actual.length) > room ? Math.max(0, parting - before) : 0
  const lead = start === 0 ? '' : dots
  const window = (text: string): string => clip(lead + text.slice(start), room, dots)
  return {
    expected: window(expected),
    actual: window(actual),
    column: stringWidth(lead + expected.slice(start, parting)),
  }
}

function firstDivergence(one: string, other: string): number {
  let index = 0
  while (index < one.length && index < other.length && one[index] === other[index]) index += 1
  return index
}

// of two objects only the keys that differ are worth reading; expectations may name fewer keys than there are
function narrow(difference: Difference): readonly Difference[] {
  const { path, expected, actual, reason } = difference
  if (!isPlain(expected) || !isPlain(actual) || Object.keys(expected).some((key) => key.startsWith('$'))) {
    return [difference]
  }
  const parts = Object.keys(expected)
    .filter((key) => !isDeepStrictEqual(expected[key], actual[key]))
    .flatMap((key) =>
      narrow({
        path: path === '' ? key : `${path}.${key}`,
        expected: expected[key],
        actual: actual[key],
        reason,
      }),
    )
  return parts.length === 0 ? [difference] : parts
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
