import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Level } from '../../contracts/index.ts'
import { findRule, HarnessError } from '../../contracts/index.ts'
import { systemClock } from '../../simulator/index.ts'
import type { Io, ExitCode } from '../io.ts'
import { createSecrets, openFileSink, openReporters, parseReporterOptions } from '../report/index.ts'
import type { PlannedTest, RunResult, Target } from '../scenario/index.ts'
import { performHere, run } from '../scenario/index.ts'
import { coverageOf } from '../coverage.ts'
import type { TestThreads } from '../test-threads.ts'
import { openThreads } from '../test-threads.ts'
import { version } from '../version.ts'
import type { ChoiceOptions } from './choose-tests.ts'
import { chooseTests } from './choose-tests.ts'
import { rerunLine } from './rerun-line.ts'

export interface TestOptions extends ChoiceOptions {
  readonly level?: Level
  readonly reporter?: readonly string[]
  readonly workers?: number
  readonly bail?: number
  readonly retries: number
  readonly long?: boolean
  readonly coverage?: string
  readonly coverageThreshold?: number
  readonly target: Target
  /** Credentials that no report may show. */
  readonly secrets: readonly string[]
}

/** Rigs side by side in one process: while one waits for a turn of the event loop, others work. */
const defaultWorkers = 16

/** Runs scenarios; the exit code says how it went. */
export async function test(paths: readonly string[], options: TestOptions, io: Io): Promise<ExitCode> {
  const { tests, isWhole } = await chooseTests(paths, options, io)
  const level = options.level ?? (options.target.kind === 'reference' ? 'may' : 'should')
  const result = await runReported(tests, level, options, io)
  const code = exitCode(result, level, options, io)
  return isWhole || code > 2 ? code : 2
}

async function runReported(
  tests: readonly PlannedTest[],
  level: Level,
  options: TestOptions,
  io: Io,
): Promise<RunResult> {
  let isStopped = false
  const release = io.onStop(() => {
    isStopped = true
  })
  const begun = io.wallMs()
  const reporter = await openReporters(
    parseReporterOptions(options.reporter ?? ['pretty']),
    reporterContext(tests, options, io),
    createSecrets(options.secrets),
  )
  const threads = threadsFor(tests.length, level, options, () => io.wallMs() - begun)
  try {
    return await run(tests, options.target, {
      version,
      level,
      reporter,
      seed: options.seed,
      workers: options.workers ?? defaultWorkers * (threads === undefined ? 1 : 2),
      ...(threads === undefined ? {} : { perform: threads.perform }),
      retries: options.retries,
      wallMs: () => io.wallMs() - begun,
      isStopped: () => isStopped,
      ...(options.bail === undefined ? {} : { bail: options.bail }),
      ...(options.long === undefined ? {} : { long: options.long }),
    })
  } finally {
    release()
    await threads?.close()
  }
}

/** In virtual time a run is bound by the processor, so it gets more than one. */
function threadsFor(
  tests: number,
  level: Level,
  { target, seed, workers }: TestOptions,
  wallMs: () => number,
): TestThreads | undefined {
  if (target.kind !== 'reference' || target.time !== 'virtual' || workers === 1) return undefined
  return openThreads(
    tests,
    { level, events: 'told', reference: { accessSeed: seed, level } },
    performHere(target, level),
    wallMs,
  )
}

function reporterContext(
  tests: readonly PlannedTest[],
  { target }: TestOptions,
  io: Io,
): Parameters<typeof openReporters>[1] {
  const begun = io.wallMs()
  const texts = new Map(tests.map(({ source }) => [source.file, source.text]))
  return {
    write: (text) => io.stdout.write(text),
    color: io.stdout.color,
    width: io.stdout.columns,
    isTTY: io.stdout.isTTY,
    unicode: io.unicode,
    cwd: io.cwd,
    env: io.env,
    plan: tests.map(({ ref }) => ref.id),
    readSource: (file) => texts.get(file) ?? readSource(resolve(io.cwd, file)),
    rule: (id) => findRule(id),
    rerun: (ref, seed) => rerunLine(ref, seed, target),
    open: (path, how) => openFileSink(io.cwd, path, how),
    profile: target.profile,
    node: io.node,
    startUpMs: begun,
    startedAt: io.now(),
    every: repeatEvery(() => io.wallMs() - begun),
  }
}

function repeatEvery(wallMs: () => number): (ms: number, run: (wallMs: number) => void) => () => void {
  return (ms, tell) => {
    let cancel = (): void => undefined
    const again = (): void => {
      cancel = systemClock.after(ms, () => {
        tell(wallMs())
        again()
      })
    }
    again()
    return () => cancel()
  }
}

function readSource(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function exitCode(result: RunResult, level: Level, options: TestOptions, io: Io): ExitCode {
  const { counts, outcomes } = result
  if (options.coverage !== undefined || options.coverageThreshold !== undefined) {
    const coverage = coverageOf(result, level)
    if (options.coverage !== undefined) writeCoverage(resolve(io.cwd, options.coverage), coverage)
    const least = options.coverageThreshold ?? 0
    if (coverage.rules.percent < least) {
      io.stderr.write(
        `Coverage: ${coverage.rules.percent} % of the rules of level ${level} were exercised, ${least} % are demanded.\n`,
      )
      return counts.broken > 0 ? 2 : 1
    }
  }
  if ([...outcomes.values()].some((outcome) => outcome.kind === 'broken' && outcome.error.code === 'BUG'))
    return 3
  if (counts.broken > 0) return 2
  return counts.failed > 0 ? 1 : 0
}

function writeCoverage(file: string, coverage: object): void {
  try {
    writeFileSync(file, `${JSON.stringify(coverage, null, 2)}\n`)
  } catch (error) {
    throw new HarnessError(
      'FILE_UNWRITABLE',
      `Cannot write the coverage to "${file}": ${error instanceof Error ? error.message : String(error)}. Choose another place.`,
      { cause: error },
    )
  }
}
