import { describe, expect, it } from 'vitest'
import { differenceLines } from '../../src/report/difference-lines.ts'
import { createLook } from '../../src/report/index.ts'

const look = createLook({ color: false, unicode: true, width: 80 })

describe('a difference', () => {
  it('does not say again that something is missing', () => {
    const reason = 'nothing, expected the string "NONCE_REPLAYED"'
    const lines = differenceLines(
      [{ path: 'code', expected: 'NONCE_REPLAYED', actual: undefined, reason }],
      3,
      look,
    )

    expect(lines).toEqual(['    code', '      expected  "NONCE_REPLAYED"', '      actual    (missing)'])
  })

  it('says what was due of an object instead of showing the object twice', () => {
    const actual = { files: ['a', 'b'] }
    const reason = 'the object {"files":["a","b"]}, expected a value that holds the number 4 at some depth'
    const lines = differenceLines([{ path: 'data', expected: { $holds: 4 }, actual, reason }], 3, look)

    expect(lines.at(-1)).toBe('      expected a value that holds the number 4 at some depth')
  })

  it('keeps a reason that tells types apart', () => {
    const reason = 'the number 0, expected the string "0"'
    const lines = differenceLines([{ path: 'code', expected: '0', actual: 0, reason }], 3, look)

    expect(lines.at(-1)).toBe(`      ${reason}`)
  })
})
