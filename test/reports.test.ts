import { spawnSync } from 'node:child_process'
import { validateStrict } from 'ctrf'
import { Parser } from 'tap-parser'
import { beforeAll, describe, expect, it } from 'vitest'
import { createSecrets, openReporters, parseReporterOptions } from '../src/report/index.ts'
import type { RealRun } from './support/real-run.ts'
import { realRun } from './support/real-run.ts'
import { aContext, play } from './support/run-events.ts'

const hasXmllint = spawnSync('xmllint', ['--version']).status === 0

describe('a real run with every outcome', () => {
  let real: RealRun

  beforeAll(async () => {
    real = await realRun()
  })

  async function written(reporter: string): Promise<string> {
    const context = aContext({ plan: real.plan })
    const opened = await openReporters(parseReporterOptions([reporter]), context, createSecrets([]))
    await play(opened, real.events)
    return context.text()
  }

  it('has passed, failed, skipped, broken and flaky tests', () => {
    expect(real.events.at(-1)).toMatchObject({
      kind: 'runFinished',
      counts: { passed: 1, failed: 1, skipped: 1, broken: 1, flaky: 1 },
    })
  })

  it.skipIf(!hasXmllint)('is valid JUnit by the schema (needs xmllint)', async () => {
    const checked = spawnSync('xmllint', ['--noout', '--schema', 'test/fixtures/junit.xsd', '-'], {
      input: await written('junit'),
    })

    expect(checked.stderr.toString()).toBe('- validates\n')
    expect(checked.status).toBe(0)
  })

  it('is valid CTRF with the right counts', async () => {
    const document: unknown = JSON.parse(await written('ctrf'))

    expect(() => validateStrict(document)).not.toThrow()
    expect(document).toMatchObject({
      results: { summary: { tests: 5, passed: 2, failed: 1, skipped: 1, other: 1, flaky: 1 } },
    })
  })

  it('is TAP that a public parser reads back', async () => {
    const text = await written('tap')

    const results = await new Promise<Parser['results']>((resolve) => {
      const parser = new Parser({ strict: true }, (final) => {
        resolve(final)
      })
      parser.end(text)
    })

    expect(results).toMatchObject({ count: 5, pass: 3, fail: 2, skip: 1, ok: false, bailout: false })
    expect(results?.plan).toMatchObject({ start: 1, end: 5 })
    const said = results?.failures.map((failure) => ('name' in failure ? failure.name : failure.tapError))
    expect(said).toEqual([expect.stringContaining('a test that fails'), expect.stringContaining('broken')])
  })

  it('is one JSON value a line, as it was told', async () => {
    const lines = (await written('ndjson')).trimEnd().split('\n')

    const kinds = lines.map((line) => (JSON.parse(line) as { readonly kind?: string }).kind)
    expect(kinds.filter((kind) => kind === 'testFinished')).toHaveLength(5)
    expect(lines).toHaveLength(real.events.length)
  })
})
