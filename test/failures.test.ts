import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findRule, referenceProfile } from '../contracts/index.ts'
import { referenceTarget } from '../src/compose.ts'
import { changedTarget, defects } from '../src/prove/index.ts'
import { createSecrets, openReporters, parseReporterOptions } from '../src/report/index.ts'
import type { Target } from '../src/scenario/index.ts'
import { loadScenarioFiles, planTests, run } from '../src/scenario/index.ts'
import { aContext } from './support/run-events.ts'

const folder = join(import.meta.dirname, 'fixtures/failing')
const golden = join(import.meta.dirname, 'golden/failures')
const names = readdirSync(folder).map((file) => file.replace(/\.yaml$/, ''))

describe('a failing scenario', () => {
  it('comes in more than twenty kinds', () => {
    expect(names.length).toBeGreaterThan(20)
  })

  it.each(names)('tells on one screen what went wrong: %s', async (name) => {
    const report = await reportOf(name)

    const failure = report.slice(report.indexOf('---- failures'), report.indexOf('  again: '))
    expect(failure).toContain(`test/fixtures/failing/${name}.yaml:`)
    expect(failure.split('\n').length).toBeLessThanOrEqual(screen)
    await expect(report).toMatchFileSnapshot(join(golden, `${name}.txt`))
  })
})

/** The heading, and a failure that can be read without scrolling. */
const screen = 42

/** What the pretty reporter says of one scenario that has to fail, without colour and wall time. */
async function reportOf(name: string): Promise<string> {
  const file = `test/fixtures/failing/${name}.yaml`
  const root = join(import.meta.dirname, '..')
  const { scenarios, problems, texts } = await loadScenarioFiles([file], root)
  expect(problems).toEqual([])
  const tests = planTests(scenarios)
  const context = aContext({
    plan: tests.map(({ ref }) => ref.id),
    readSource: (source) => texts.get(source),
    rule: findRule,
    startUpMs: 0,
  })
  const { counts } = await run(tests, targetFor(readFileSync(join(folder, `${name}.yaml`), 'utf8')), {
    version: '0.0.0',
    seed: 1,
    level: 'may',
    workers: 1,
    reporter: await openReporters(parseReporterOptions(['pretty']), context, createSecrets([])),
    wallMs: () => 0,
  })
  expect(counts.failed + counts.broken).toBe(tests.length)
  return context.text()
}

/** The bundled gateway, with the defect that the first line of the file names. */
function targetFor(text: string): Target {
  const name = /^# defect: (.*)$/m.exec(text)?.[1]
  if (name === undefined) return referenceTarget()
  const defect = defects.find((each) => each.name === name)
  if (defect === undefined) throw new Error(`no defect is named ${name}`)
  return changedTarget(defect.parts, referenceProfile)
}
