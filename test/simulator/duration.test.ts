import { describe, expect, it } from 'vitest'
import { parseDuration } from '../../simulator/duration.ts'

describe('parseDuration', () => {
  it.each([
    ['1500ms', 1500],
    ['2s', 2000],
    ['1.5s', 1500],
    ['1m', 60_000],
    ['1h', 3_600_000],
    ['-600s', -600_000],
    [250, 250],
  ])('reads %s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })

  it.each(['5', '5 s', '2sec', '', 's', '1e3s', Number.NaN])('refuses %s', (text) => {
    expect(() => parseDuration(text)).toThrow(expect.objectContaining({ code: 'SCRIPT_INVALID' }))
  })
})
