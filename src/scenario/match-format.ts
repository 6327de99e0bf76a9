import type { ValueFormat } from './language-matchers.ts'

/** What a text of the format looks like, in words and as a test. */
export const formats: Readonly<
  Record<ValueFormat, { readonly words: string; readonly test: (text: string) => boolean }>
> = {
  uuid: {
    words: 'a UUID (8-4-4-4-12 hexadecimal digits)',
    test: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
  },
  'date-time': { words: 'an RFC 3339 date-time', test: (text) => offsetOf(text) !== undefined },
  'utc-date-time': {
    words: 'an RFC 3339 date-time in UTC',
    test: (text) => zeroOffsets.has(offsetOf(text)?.toLowerCase()),
  },
  hex64: { words: '64 lower-case hexadecimal digits', test: (text) => /^[0-9a-f]{64}$/.test(text) },
}

const zeroOffsets = new Set<string | undefined>(['z', '+00:00', '-00:00'])

const dateTime = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/

/** The offset of an RFC 3339 date-time, or `undefined` for a text that is none. */
function offsetOf(text: string): string | undefined {
  const [, year, month, day, hour, minute, second, offset] = dateTime.exec(text) ?? []
  if (offset === undefined) return undefined
  // day 0 of the next month is the last one of this
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  const isDate = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days
  const isTime = Number(hour) <= 23 && Number(minute) <= 59 && Number(second) <= 60
  // Of "Z" nothing is left, which counts as 0.
  const isOffset = Number(offset.slice(1, 3)) <= 23 && Number(offset.slice(4)) <= 59
  return isDate && isTime && isOffset ? offset : undefined
}
