import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { harnessErrorCodes } from '../contracts/harness-error.ts'
import { sourceFiles } from './support/source-files.ts'

const documented = [...readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `([A-Z_]+)` \|(.*)$/gm)].map(
  ([, code = '', row = '']) => ({ code, cells: row.split(' | ') }),
)
const sources = sourceFiles(['contracts', 'simulator', 'src'])
  .filter(({ path }) => path !== 'contracts/harness-error.ts')
  .map(({ text }) => text)
  .join('\n')

describe('error codes', () => {
  it('are documented, each once, in the order of their definition', () => {
    expect(documented.map(({ code }) => code)).toEqual([...harnessErrorCodes])
  })

  it.each([...harnessErrorCodes])('%s is used', (code) => {
    expect(sources).toContain(`'${code}'`)
  })

  it('say when, give an example, and what to do', () => {
    expect(
      documented.filter(({ cells }) => cells.length !== 3 || cells.some((cell) => cell.trim() === '')),
    ).toEqual([])
  })
})
