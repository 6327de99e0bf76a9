import * as fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { clip, visible, wrap, wrapAtMost } from '../../src/report/visible.ts'

const anyText = fc.string({
  unit: fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.constantFrom('机', '👨‍👩‍👧', '\u001b[31m', ' ')),
})

describe('visible text', () => {
  it('has no control characters and no lone halves of characters left', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        // eslint-disable-next-line no-control-regex -- these must be gone
        expect(visible(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Cs}/u)
      }),
    )
  })

  it('is never wider than asked for when it is cut', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 4, max: 60 }), (text, width) => {
        expect(stringWidth(clip(visible(text), width, '...'))).toBeLessThanOrEqual(width)
      }),
    )
  })

  it('loses nothing but spaces when it is wrapped, and keeps to the width', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 4, max: 60 }), (text, width) => {
        const shown = visible(text)
        const lines = wrap(shown, width)
        expect(lines.join('').replaceAll(' ', '')).toBe(shown.replaceAll(' ', ''))
        expect(lines.filter((line) => stringWidth(line) > width)).toEqual([])
      }),
    )
  })

  it('counts wide characters twice', () => {
    expect(clip('机机机机', 6, '…')).toBe('机机…')
  })

  it('says that lines are left out', () => {
    const text = 'one two three four five'

    expect(wrapAtMost(text, 9, { most: 2, dots: '…' })).toEqual(['one two', 'three …'])
    expect(wrapAtMost(text, 9, { most: 3, dots: '…' })).toEqual(['one two', 'three', 'four five'])
  })
})
