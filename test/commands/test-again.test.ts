import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { testAgain } from '../../src/commands/test-again.ts'
import { referenceTarget } from '../../src/compose.ts'
import type { Terminal } from '../support/a-terminal.ts'
import { aTerminal } from '../support/a-terminal.ts'

const options = {
  seed: 1,
  order: 'file',
  retries: 0,
  reporter: ['tap'],
  target: referenceTarget(),
  secrets: [],
} as const

const waiting = 'Waiting for changes. Ctrl-C ends it.\n'

function scenario(name: string, status = 'SUCCEEDED'): string {
  return `scenario: ${name}\ndevices: { drone-001: { on: { drone_close: { reply: { result: 0 } } } } }\nsteps:\n  - send: { device_id: drone-001, command_type: drone_close }\n  - await: ${status}\n`
}

interface Watch {
  readonly folder: string
  readonly terminal: Terminal
  /** Saves a file and waits until what follows is over; gives what was written about it. */
  readonly save: (file: string, text: string) => Promise<string>
  readonly ended: Promise<number>
}

/** Two scenarios and a note under `--watch`, after the first run. */
async function aWatch(paths: readonly string[] = ['scenarios']): Promise<Watch> {
  const folder = mkdtempSync(join(tmpdir(), 'test-again-'))
  mkdirSync(join(folder, 'scenarios'))
  for (const name of ['one', 'two']) writeFileSync(join(folder, `scenarios/${name}.yaml`), scenario(name))
  const terminal = aTerminal(folder)
  const ended = testAgain(paths, options, terminal.io)
  onTestFinished(async () => {
    terminal.stop()
    await ended
    rmSync(folder, { recursive: true })
  })
  let times = 1
  await terminal.wrote(waiting, times)
  return {
    folder,
    terminal,
    ended,
    async save(file, text) {
      const before = terminal.text().length
      writeFileSync(join(folder, file), text)
      times += 1
      await terminal.wrote(waiting, times)
      return terminal.text().slice(before)
    },
  }
}

describe('test --watch', () => {
  it('runs all at first', async () => {
    const { terminal } = await aWatch()

    expect(terminal.text()).toContain('1..2')
  })

  it('runs again what changed, and nothing else', async () => {
    const { save } = await aWatch()

    const told = await save('scenarios/two.yaml', scenario('two', 'FAILED'))

    expect(told).toContain('\nscenarios/two.yaml changed.\n')
    expect(told).toContain('1..1')
    expect(told).toMatch(/^not ok 1 - .*: two$/m)
  })

  it('runs a new scenario', async () => {
    const { save } = await aWatch()

    const told = await save('scenarios/three.yaml', scenario('three'))

    expect(told).toMatch(/^ok 1 - .*: three$/m)
  })

  it('shows what is wrong with a file, and runs it once it is mended', async () => {
    const { save } = await aWatch()

    const wrong = await save('scenarios/one.yaml', scenario('one').replace('await', 'awiat'))
    const mended = await save('scenarios/one.yaml', scenario('one'))

    expect(wrong).toContain("unknown verb 'awiat', did you mean 'await'?")
    expect(mended).toMatch(/^ok 1 - .*: one$/m)
  })

  it('watches the files of a pattern, those that are new too', async () => {
    const { save } = await aWatch(['scenarios/t*.yaml'])

    const told = await save('scenarios/three.yaml', scenario('three'))

    expect(told).toMatch(/^ok 1 - .*: three$/m)
  })

  it('does not run what changed beside the pattern', async () => {
    const { save, terminal, folder } = await aWatch(['scenarios/t*.yaml'])

    writeFileSync(join(folder, 'scenarios/one.yaml'), scenario('one', 'FAILED'))
    await save('scenarios/two.yaml', scenario('two'))

    expect(terminal.text()).not.toContain('one')
  })

  it('ends with what the last run ended with', async () => {
    const { save, terminal, ended } = await aWatch()
    await save('scenarios/one.yaml', scenario('one', 'FAILED'))

    terminal.stop()

    expect(await ended).toBe(1)
  })
})
