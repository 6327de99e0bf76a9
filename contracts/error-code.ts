import { loadCompiled } from './compiled-data.ts'

/** A value of `result` that a device may answer with. */
export interface ErrorCode {
  readonly code: number
  readonly module: string
  readonly meaning: string
  /** Who raises it: the first digit of six; missing for codes that no device raises. */
  readonly side?: 'device' | 'Pilot 2' | 'dock'
  /** The documents that list it: DJI's documentation by version, or its Java demo. */
  readonly sources: readonly string[]
}

/** Every listed code, in ascending order; 0 is success. */
export function errorCodes(): readonly ErrorCode[] {
  return loadCompiled<readonly ErrorCode[]>('error-codes')
}

/**
 * What a code means, or `undefined` for one that nobody lists. Livestream codes are listed for docks (513xxx) and hold for other
 * devices too: the last five digits, 13001 to 13099, say what, the first one says who (613xxx is Pilot 2).
 */
export function findErrorCode(code: number): ErrorCode | undefined {
  index ??= new Map(errorCodes().map((entry) => [entry.code, entry]))
  return index.get(code) ?? livestreamCode(code, index)
}

/** Who raises a code of six digits, by the first of them. */
export function sideOf(code: number): ErrorCode['side'] {
  return sides[Math.floor(code / 100_000)]
}

const sides: Readonly<Record<number, NonNullable<ErrorCode['side']>>> = {
  3: 'device',
  4: 'Pilot 2',
  5: 'dock',
  6: 'Pilot 2',
}

let index: ReadonlyMap<number, ErrorCode> | undefined

function livestreamCode(code: number, listed: ReadonlyMap<number, ErrorCode>): ErrorCode | undefined {
  const side = sideOf(code)
  const rest = code % 100_000
  if (side === undefined || rest < 13_001 || rest > 13_099) return undefined
  const twin = listed.get(500_000 + rest)
  return twin === undefined ? undefined : { ...twin, code, side }
}
