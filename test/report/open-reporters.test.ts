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

const countingReporter = `
  export function createReporter(context) {
    const counts = {}
    return {
      on({ kind }) {
        if (kind === 'timerFired') throw new Error('no timers, please')
        counts[kind] = (counts[kind] ?? 0) + 1
      },
      async close() { context.write(JSON.stringify(counts)) },
    }
  }`

function aModule(source: string): string {
  const folder = aFolder()
  writeFileSync(join(folder, 'mine.mjs'), source)
  return folder
}

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
    const context = aContext({ cwd: aModule(countingReporter) })
    const events = [aRunStart(), ...aTestRun(aTest(), passed), aRunEnd()]

    await play(await openReporters(parseReporterOptions(['./mine.mjs']), context, createSecrets()), events)

    const counts = { runStarted: 1, testStarted: 1, testFinished: 1, runFinished: 1 }
    expect(JSON.parse(context.text())).toEqual(counts)
  })

  it.each([
    ['that is not there', './other.mjs', '', /cannot be loaded/],
    ['that is no reporter', './mine.mjs', 'export const name = 1', /exports no function "createReporter"/],
    ['that returns none', './mine.mjs', 'export const createReporter = () => 7', /returned no object/],
    [
      'that fails at once',
      './mine.mjs',
      'export const createReporter = () => JSON.parse("{")',
      /when it is created/,
    ],
  ])('refuses a module %s', async (_, path, source, why) => {
    const context = aContext({ cwd: aModule(source) })

    const opening = openReporters(parseReporterOptions([path]), context, createSecrets())

    await expect(opening).rejects.toMatchObject({
      code: 'REPORTER_UNKNOWN',
      message: expect.stringMatching(why),
    })
  })

  it("names a user's reporter that fails, instead of taking it for a fault of ours", async () => {
    const context = aContext({ cwd: aModule(countingReporter) })
    const reporter = await openReporters(parseReporterOptions(['./mine.mjs']), context, createSecrets())

    const failing = (): void =>
      reporter.on({ kind: 'timerFired', test: 'a', at: 0, name: 'x' }, { wallMs: 0 })

    expect(failing).toThrow('Cannot report with "./mine.mjs": it fails on "timerFired": no timers, please.')
  })

  it('closes every reporter even when one of them cannot', async () => {
    const failing =
      'export const createReporter = () => ({ on() {}, close: () => Promise.reject(new Error("full")) })'
    const context = aContext({ cwd: aModule(failing) })
    const choices = parseReporterOptions(['./mine.mjs', 'junit:report.xml'])

    const playing = play(await openReporters(choices, context, createSecrets()), [aRunStart(), aRunEnd()])

    await expect(playing).rejects.toMatchObject({ code: 'REPORTER_UNKNOWN' })
    expect(context.files.get('report.xml')).toContain('<testsuites')
  })
})
