import { describe, expect, it } from 'vitest'
import { HarnessError } from '../../contracts/index.ts'
import { parseReporterOption, parseReporterOptions, reporters } from '../../src/report/index.ts'

function errorOf(run: () => unknown): HarnessError {
  try {
    run()
  } catch (error) {
    if (error instanceof HarnessError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('a reporter option', () => {
  it.each([
    ['pretty', { kind: 'ours', name: 'pretty' }],
    ['junit:report.xml', { kind: 'ours', name: 'junit', file: 'report.xml' }],
    ['junit:C:\\x.xml', { kind: 'ours', name: 'junit', file: 'C:\\x.xml' }],
    ['junit:/out/a:b.xml', { kind: 'ours', name: 'junit', file: '/out/a:b.xml' }],
    ['./my-reporter.mjs', { kind: 'module', path: './my-reporter.mjs' }],
    ['my-reporter.mjs:out.txt', { kind: 'module', path: 'my-reporter.mjs', file: 'out.txt' }],
    ['C:\\rep\\mine.mjs', { kind: 'module', path: 'C:\\rep\\mine.mjs' }],
    ['C:/rep/mine.mjs:D:\\out.txt', { kind: 'module', path: 'C:/rep/mine.mjs', file: 'D:\\out.txt' }],
  ])('reads %s', (text, choice) => {
    expect(parseReporterOption(text)).toEqual(choice)
  })

  it('names the nearest reporter when it knows none of that name', () => {
    const error = errorOf(() => parseReporterOption('junti:report.xml'))

    expect(error.code).toBe('REPORTER_UNKNOWN')
    expect(error.hint).toBe('junit')
  })

  it.each(['constructor', 'something-else', ''])('has no reporter %j and guesses none', (name) => {
    const error = errorOf(() => parseReporterOption(name))

    expect(error.code).toBe('REPORTER_UNKNOWN')
    expect(error.hint).toBeUndefined()
  })

  it('asks for the file after the colon', () => {
    expect(errorOf(() => parseReporterOption('junit:')).code).toBe('OPTION_INVALID')
  })

  it('takes several, each with a file or among lines on standard output', () => {
    expect(parseReporterOptions(['pretty', 'github', 'junit:a.xml', 'ndjson:b.ndjson'])).toHaveLength(4)
  })

  it.each([[['pretty', 'ndjson']], [['junit', './mine.mjs']], [['junit:a.xml', 'ctrf:a.xml']]])(
    'refuses %j, which would write over each other',
    (texts) => {
      expect(errorOf(() => parseReporterOptions(texts)).code).toBe('OPTION_INVALID')
    },
  )

  it('has a description for every reporter', () => {
    const descriptions = Object.values(reporters).map(({ description }) => description)

    expect(descriptions).toHaveLength(11)
    expect(descriptions.filter((text) => text.length < 10)).toEqual([])
  })
})
