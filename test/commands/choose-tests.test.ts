import { describe, expect, it } from 'vitest'
import { methods } from '../../contracts/index.ts'
import { chooseTests, listTests } from '../../src/commands/choose-tests.ts'
import { rerunLine } from '../../src/commands/rerun-line.ts'
import { referenceTarget } from '../../src/compose.ts'
import { aTerminal } from '../support/a-terminal.ts'

const plain = { seed: 1, order: 'file' } as const

describe('the tests that are chosen', () => {
  it('are one for every method with --methods, named after it', async () => {
    const { tests } = await chooseTests([], { ...plain, methods: true }, aTerminal('.').io)

    expect(tests.map(({ ref }) => ref.id)).toEqual(
      methods().map(({ domain, name }) => `methods:${domain}/${name}`),
    )
  })

  it('are those of the files as well, when there are both', async () => {
    const options = { ...plain, methods: true, grep: 'drone_close is|from accepted to succeeded' }

    const { tests } = await chooseTests(['scenarios/lifecycle'], options, aTerminal('.').io)

    expect(tests.map(({ ref }) => ref.id)).toEqual([
      'scenarios/lifecycle/a-command-runs-from-accepted-to-succeeded.yaml',
      'methods:device/drone_close',
    ])
  })

  it('are printed by --list, a line each', async () => {
    const terminal = aTerminal('.')

    const code = await listTests(
      ['scenarios/lifecycle'],
      { ...plain, grep: 'from accepted to succeeded' },
      terminal.io,
    )

    expect(code).toBe(0)
    expect(terminal.text()).toBe('scenarios/lifecycle/a-command-runs-from-accepted-to-succeeded.yaml\n')
  })

  it('are an error when there are none', async () => {
    const none = chooseTests(['scenarios/lifecycle'], { ...plain, grep: 'no such words' }, aTerminal('.').io)

    await expect(none).rejects.toMatchObject({ code: 'SCENARIO_NOT_FOUND' })
  })
})

describe('the line that runs a test again', () => {
  it('runs the scenario of a method, and no other', async () => {
    const { tests } = await chooseTests([], { ...plain, methods: true }, aTerminal('.').io)
    const [test] = tests
    if (test === undefined) throw new Error('the catalogue is empty')

    const line = rerunLine(test.ref, 1, referenceTarget())
    const grep = `^${test.ref.id}$`
    const again = await chooseTests([], { ...plain, methods: true, grep }, aTerminal('.').io)

    expect(line).toBe(`dockrig test --methods --grep "${grep.replace('$', '\\$')}" --seed 1`)
    expect(again.tests.map(({ ref }) => ref.id)).toEqual([test.ref.id])
  })
})
