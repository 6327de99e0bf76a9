import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { packageRoot } from '../../contracts/index.ts'
import { kebabCase, loadScenarioFiles } from '../../src/scenario/index.ts'

describe('loading files', () => {
  it('finds nothing wrong with the scenarios of the package', async () => {
    const { scenarios, problems } = await loadScenarioFiles(['scenarios'], packageRoot())

    expect(problems).toEqual([])
    expect(scenarios.length).toBeGreaterThan(100)
  })

  it('reads files, folders and globs, each file once, in the order of names', async () => {
    const cwd = aFolder({ 'b/two.yaml': 'two', 'a/deep/one.yml': 'one', 'c.yaml': 'c', 'c.txt': 'text' })

    const { scenarios, problems } = await loadScenarioFiles(['c.yaml', 'a', '**/*.yaml'], cwd)

    expect(problems).toEqual([])
    expect(scenarios.map(({ file }) => file)).toEqual(['a/deep/one.yml', 'b/two.yaml', 'c.yaml'])
  })

  it('says which path names nothing', async () => {
    const { problems } = await loadScenarioFiles(['nowhere', 'x*.yaml'], aFolder({}))

    expect(problems.map(({ file, code }) => [file, code])).toEqual([
      ['nowhere', 'FILE_UNREADABLE'],
      ['x*.yaml', 'FILE_UNREADABLE'],
    ])
  })

  it('still gives a scenario whose file has another name', async () => {
    const { scenarios, problems } = await loadScenarioFiles(['.'], aFolder({ 'x.yaml': 'another sentence' }))

    expect(problems).toMatchObject([{ code: 'FILE_NAME', expected: 'another-sentence.yaml' }])
    expect(scenarios).toHaveLength(1)
  })

  it.each([
    ["a dock's answer, and what follows", 'a-docks-answer-and-what-follows'],
    ['The HTTP status is 202!', 'the-http-status-is-202'],
    ['"quoted" – naïve', 'quoted-naive'],
  ])('names a file after its sentence: %s', (sentence, name) => {
    expect(kebabCase(sentence)).toBe(name)
  })
})

/** A folder with scenario files of these sentences, removed after the test. */
function aFolder(sentences: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'scenarios-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
  })
  for (const [file, sentence] of Object.entries(sentences)) {
    mkdirSync(join(folder, file, '..'), { recursive: true })
    writeFileSync(join(folder, file), `scenario: ${sentence}\nsteps: [{ wait: 1s }]\n`)
  }
  return folder
}
