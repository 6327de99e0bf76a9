import { describe, expect, it } from 'vitest'
import { formatDuration, formatMoment } from '../../src/report/duration.ts'

describe('a duration', () => {
  it.each([
    [0, '0 ms'],
    [12.4, '12 ms'],
    [999.6, '1 s'],
    [1500, '1.5 s'],
    [59_900, '59.9 s'],
    [59_999, '1 min'],
    [60_000, '1 min'],
    [90_000, '1 min 30 s'],
    [3_600_000, '1 h'],
    [4_320_000, '1 h 12 min'],
  ])('of %d milliseconds reads %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })

  it('shows moments in seconds with three decimals', () => {
    expect(formatMoment(30_212)).toBe('30.212 s')
  })
})
