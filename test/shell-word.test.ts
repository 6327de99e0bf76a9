import { describe, expect, it } from 'vitest'
import { shellWord } from '../src/shell-word.ts'

describe('a word for a shell', () => {
  it.each([
    ['http://127.0.0.1:8090', 'http://127.0.0.1:8090'],
    ['a.yaml#2', 'a.yaml#2'],
    ['#2', '"#2"'],
    ['node my gateway.mjs', '"node my gateway.mjs"'],
    ['say "$HOME"', String.raw`"say \"\$HOME\""`],
  ])('turns %s into %s', (value, word) => {
    expect(shellWord(value)).toBe(word)
  })
})
