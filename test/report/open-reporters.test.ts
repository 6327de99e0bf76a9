import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  createSecrets,
  openFileSink,
  openReporters,
  parseReporterOptions,
  type ReporterContext,
} from '../../src/report/index.ts'
import { mixedPlan, mixedRun } from '../support/mixed-run.ts'
import { aContext, aRunEnd, aRunStart, aTest, aTestRun, passed, play } from '../support/run-events.ts'

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dockrig-report-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

function onDisk(cwd: string, overrides: Partial<ReporterContext> = {}): ReturnType<typeof aContext> {
  return aContext({ cwd, open: (path, how) => openFileSink(cwd, path, how), ...overrides })
}

const mine = 'test/fixtures/counting-reporter.mjs'

describe('opening reporters', () => {
  it('sends one stream to all of them, each to its own place', async () => {
    const context = aContext({ plan: mixedPlan })
    const choices = parseReporterOptions(['pretty', 'junit:report.xml', 'ndjson:run.ndjson'])

    await play(await openReporters(choices, context, createSecrets()), mixedRun)

    expect(context.text()).toContain('1 failed, 1 broken')
    expect([...context.files.keys()]).toEqual(['report.xml', 'run.ndjson'])
    expect(context.files.get('run.ndjson')?.trimEnd().split('\n')).toHaveLength(mixedRun.length)
  })

  it('writes files without colours, status lines or ASCII fallbacks', async () => {
    const context = aContext({ plan: mixedPlan, color: true, isTTY: true, unicode: false, width: 40 })

    await play(
      await openReporters(parseReporterOptions(['pretty:log.txt']), context, createSecrets()),
      mixedRun,
      200,
    )

    // eslint-disable-next-line no-control-regex -- the escapes of a terminal
    expect(context.files.get('log.txt')).not.toMatch(/\u001b|\r/)
    expect(context.files.get('log.txt')).toContain('✗ a silent dock times out')
  })

  it('creates the folders above a file, and replaces what was in it', async () => {
    const folder = aFolder()
    const file = join(folder, 'out', 'deep', 'run.ndjson')
    const choices = parseReporterOptions([`ndjson:${file}`])

    for (const _ of [1, 2])
      await play(await openReporters(choices, onDisk(folder), createSecrets()), [aRunStart(), aRunEnd()])

    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(2)
  })

  it('says before the run that a file cannot be written', async () => {
    const folder = aFolder()
    writeFileSync(join(folder, 'plain'), '')

    const opening = openReporters(
      parseReporterOptions(['junit:plain/report.xml']),
      onDisk(folder),
      createSecrets(),
    )

    await expect(opening).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' })
  })

  it('appends to a file that is not ours alone', async () => {
    const folder = aFolder()
    writeFileSync(join(folder, 'summary.md'), 'before\n')
    const context = onDisk(folder, { env: { GITHUB_STEP_SUMMARY: 'summary.md' } })

    await play(await openReporters(parseReporterOptions(['github']), context, createSecrets()), [
      aRunStart(),
      aRunEnd(),
    ])

    expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toMatch(/^before\n## /)
  })

  it("takes a user's own reporter by its path", async () => {
    const context = aContext({ cwd: process.cwd() })

    await play(await openReporters(parseReporterOptions([mine]), context, createSecrets()), [
      aRunStart(),
      ...aTestRun(aTest(), passed),
      aRunEnd(),
    ])

    expect(JSON.parse(context.text())).toEqual({
      runStarted: 1,
      testStarted: 1,
      testFinished: 1,
      runFinished: 1,
    })
  })

  it.each([
    ['./no-such-file.mjs', /cannot be loaded/],
    ['./test/fixtures/no-reporter.mjs', /exports no function "createReporter"/],
  ])('refuses %s', async (path, why) => {
    const opening = openReporters(
      parseReporterOptions([path]),
      aContext({ cwd: process.cwd() }),
      createSecrets(),
    )

    await expect(opening).rejects.toMatchObject({
      code: 'REPORTER_UNKNOWN',
      message: expect.stringMatching(why),
    })
  })

  it("names a user's reporter that fails, instead of taking it for a fault of ours", async () => {
    const context = aContext({ cwd: process.cwd() })
    const reporter = await openReporters(parseReporterOptions([mine]), context, createSecrets())

    const failing = (): void =>
      reporter.on({ kind: 'timerFired', test: 'a', at: 0, name: 'x' }, { wallMs: 0 })

    expect(failing).toThrow(`Cannot report with "${mine}": it fails on "timerFired": no timers, please.`)
  })

  it('closes every reporter even when one of them cannot', async () => {
    const folder = aFolder()
    writeFileSync(
      join(folder, 'bad.mjs'),
      'export const createReporter = () => ({ on() {}, close: () => Promise.reject(new Error("full")) })',
    )
    const context = aContext({ cwd: folder })
    const choices = parseReporterOptions(['./bad.mjs', 'junit:report.xml'])

    const playing = play(await openReporters(choices, context, createSecrets()), [aRunStart(), aRunEnd()])

    await expect(playing).rejects.toMatchObject({ code: 'REPORTER_UNKNOWN' })
    expect(context.files.get('report.xml')).toContain('<testsuites')
  })
})
