import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formatProblem, loadScenarioFiles } from '../../src/scenario/index.ts'

const folder = join(import.meta.dirname, '../fixtures/wrong')
const golden = join(import.meta.dirname, '../golden/diagnostics')
const names = readdirSync(folder).map((file) => file.replace(/\.yaml$/, ''))

describe('a wrong scenario file', () => {
  it.each(names)('says clearly what is wrong: %s', async (name) => {
    const file = `${name}.yaml`
    const text = readFileSync(join(folder, file), 'utf8')

    const { problems } = await loadScenarioFiles([file], folder)

    const output = problems.map((problem) => formatProblem(problem, text, { color: false })).join('\n\n')
    expect(problems).not.toEqual([])
    await expect(`${output}\n`).toMatchFileSnapshot(join(golden, `${name}.txt`))
  })

  it('is marked in colour where colour is wanted', async () => {
    const text = readFileSync(join(folder, 'a-verb-is-misspelt.yaml'), 'utf8')
    const { problems } = await loadScenarioFiles(['a-verb-is-misspelt.yaml'], folder)
    const [problem] = problems

    const output = problem === undefined ? '' : formatProblem(problem, text, { color: true })

    expect(output).toContain('\u001B[31m^^^^\u001B[39m')
  })
})
