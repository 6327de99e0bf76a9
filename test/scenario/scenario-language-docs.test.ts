import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../contracts/index.ts'
import { loadScenarioText, verbNames } from '../../src/scenario/index.ts'
import { DeviceSpec } from '../../src/scenario/language-devices.ts'
import { ScenarioFile } from '../../src/scenario/language.ts'
import { matcherNames } from '../../src/scenario/language-matchers.ts'
import { companionNames } from '../../src/scenario/language-verbs.ts'
import { BehaviorSpec } from '../../simulator/index.ts'

const page = readFileSync(join(packageRoot(), 'docs/scenario-language.md'), 'utf8')

/** Names in the first column of the table below a heading. */
function rowsOf(heading: string, column: string): readonly string[] {
  const section = page.slice(page.indexOf(`\n${heading}\n`))
  const table = section.slice(section.indexOf(`| ${column} |`)).split('\n\n')[0] ?? ''
  return [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name)
}

describe('the page of the scenario language', () => {
  it.each([
    ['## Keys of the file', 'key', Object.keys(ScenarioFile.properties)],
    ['## Devices', 'key', Object.keys(DeviceSpec.properties)],
    ['### Behaviour keys', 'key', Object.keys(BehaviorSpec.properties)],
    ['## Steps', 'verb', verbNames],
    ['## Steps', 'key beside the verb', companionNames],
    ['## Matchers', 'matcher', matcherNames],
  ])('has a row for everything of the definition: %s, %s', (heading, column, names) => {
    expect([...rowsOf(heading, column)].sort()).toEqual([...names].sort())
  })

  it('shows a scenario that loads', async () => {
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? []

    const { scenarios, problems } = await loadScenarioText('example.yaml', example)

    expect(problems).toEqual([])
    expect(scenarios).toHaveLength(1)
  })

  it('shows examples of steps and expectations that load', async () => {
    const fromSteps = page.slice(page.indexOf('\n## Steps\n'))
    const cells = [...fromSteps.matchAll(/^\| `(?:\$?[\w-]+)` .*\| `([^`|]+)`(?: with `(for: 2s)`)? \|$/gm)]
    const steps = cells.flatMap(([, step = '', also]) =>
      verbNames.some((verb) => step.startsWith(`${verb}:`))
        ? [also === undefined ? `{ ${step} }` : `{ ${step}, ${also} }`]
        : [],
    )
    const matchers = cells.flatMap(([, cell = '']) =>
      cell.startsWith('{ $') ? [`{ await: SUCCEEDED, expect: { a: ${cell} } }`] : [],
    )
    const head =
      'scenario: a\ndevices: { drone-001: { on: { drone_close: { hold: true } } }, dock: { count: 2 } }\nsteps:\n'

    const { problems } = await loadScenarioText(
      'rows.yaml',
      head + [...steps, ...matchers].map((step) => `  - ${step}\n`).join(''),
    )

    expect(problems.map(({ message }) => message)).toEqual([])
    expect([steps.length, matchers.length]).toEqual([verbNames.length, matcherNames.length])
  })
})
