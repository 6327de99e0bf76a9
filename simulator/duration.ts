import { HarnessError } from '../contracts/index.ts'

/** A span of scenario time as people write it: `1500ms`, `2s`, `1m`, `1h`; a number is milliseconds. */
export type Duration = string | number

/** What a duration looks like as text. Only `sign.timestamp` takes a negative one. */
export const durationPattern = String.raw`^\d+(\.\d+)?(ms|s|m|h)$`
export const signedDurationPattern = String.raw`^-?\d+(\.\d+)?(ms|s|m|h)$`

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/**
 * Milliseconds of a duration, rounded to a whole one.
 * Throws HarnessError SCRIPT_INVALID for a text without a unit, or with another one.
 */
export function parseDuration(duration: Duration): number {
  if (typeof duration === 'number' && Number.isFinite(duration)) return duration
  const parts = /^(-?\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(String(duration))
  const unit = unitMs[parts?.[2] ?? '']
  if (parts === null || unit === undefined) {
    throw new HarnessError(
      'SCRIPT_INVALID',
      `Cannot read the duration: "${String(duration)}" is none. Write a number and a unit, as in 1500ms, 2s or 1m.`,
    )
  }
  return Math.round(Number(parts[1]) * unit)
}
