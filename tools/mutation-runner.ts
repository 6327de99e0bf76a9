import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { InstrumenterContext, StrykerOptions } from '@stryker-mutator/api/core'
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core'
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin'
import type {
  DryRunResult,
  MutantRunOptions,
  MutantRunResult,
  TestResult,
  TestRunner,
  TestRunnerCapabilities,
} from '@stryker-mutator/api/test-runner'
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner'
import type { Suite, Test, VitestRunner } from '@vitest/runner'
import { collectTests, getFn, it, startTests } from '@vitest/runner'
import { glob } from 'tinyglobby'

/**
 * Runs vitest's tests in Stryker's own process: loaded once, and then run for one mutant after another. Vitest itself starts a
 * thread and loads everything anew for each mutant, which takes many times as long as the tests.
 */
class InProcessRunner implements TestRunner {
  static readonly inject = tokens(commonTokens.options)
  readonly #files: readonly string[]
  readonly #state: InstrumenterContext
  #tests: ReadonlyMap<string, Test> = new Map()
  /** How many mutants each test has noticed: the keenest go first, since the first failure is enough. */
  readonly #noticed = new Map<string, number>()

  constructor(options: StrykerOptions) {
    this.#files = options.testFiles ?? []
    const globals = globalThis as unknown as Record<string, InstrumenterContext>
    this.#state = globals[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {}
  }

  /** What has been loaded stays: mutants of values that are made at import cannot be tried. */
  capabilities(): TestRunnerCapabilities {
    return { reloadEnvironment: false }
  }

  async init(): Promise<void> {
    this.#tests = await loadTests(this.#files)
  }

  async dryRun(): Promise<DryRunResult> {
    const tests = await this.#run([...this.#tests.keys()], 'all')
    const { mutantCoverage } = this.#state
    return {
      status: DryRunStatus.Complete,
      tests,
      ...(mutantCoverage === undefined ? {} : { mutantCoverage }),
    }
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, hitLimit, testFilter = [...this.#tests.keys()], disableBail } = options
    Object.assign(this.#state, { activeMutant: activeMutant.id, hitCount: 0, hitLimit })
    const keen = testFilter.toSorted((a, b) => (this.#noticed.get(b) ?? 0) - (this.#noticed.get(a) ?? 0))
    const tests = await this.#run(keen, disableBail ? 'all' : 'untilFailure')
    const killer = tests.find(({ status }) => status === TestStatus.Failed)?.id
    if (killer !== undefined) this.#noticed.set(killer, (this.#noticed.get(killer) ?? 0) + 1)
    const timeout = determineHitLimitReached(this.#state.hitCount, hitLimit)
    Object.assign(this.#state, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined })
    return toMutantRunResult(timeout ?? { status: DryRunStatus.Complete, tests })
  }

  async #run(ids: readonly string[], how: 'all' | 'untilFailure'): Promise<TestResult[]> {
    let hasFailed = false
    const runner: VitestRunner = {
      ...runnerOf(() => {
        for (const id of ids) it(id, bodyOf(this.#tests.get(id)))
      }),
      onBeforeRunTask: (test) => {
        if (hasFailed && how === 'untilFailure') test.mode = 'skip'
        this.#state.currentTestId = test.name
      },
      onAfterRunTask: (test) => {
        hasFailed ||= test.result?.state === 'fail'
        delete this.#state.currentTestId
      },
    }
    const files = await startTests(['quick'], runner)
    return files.flatMap(testsOf).map((test) => resultOf(test, this.#tests.get(test.name)))
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner)]

async function loadTests(files: readonly string[]): Promise<ReadonlyMap<string, Test>> {
  // Vitest's door opens to its own workers only; nothing that the tests use reads more of it than this.
  Object.assign(globalThis, { __vitest_worker__: { config: {} } })
  const { expect } = await import('vitest')
  expect.extend({ toMatchFileSnapshot })
  const paths = await glob([...files], { absolute: true })
  const suites = await collectTests(
    paths,
    runnerOf(async (file) => import(pathToFileURL(file).href)),
  )
  for (const { name, result } of suites) {
    if (result?.state === 'fail') throw new Error(`Bug: ${name}: ${result.errors?.[0]?.message ?? ''}`)
  }
  const tests = new Map<string, Test>()
  for (const test of suites.flatMap(testsOf)) {
    // Titles need not be unique.
    const again = tests.has(test.fullName) ? ` (${tests.size})` : ''
    tests.set(test.fullName + again, test)
  }
  return tests
}

/** Snapshots are compared, never written. */
function toMatchFileSnapshot(
  received: string,
  file: string,
): { readonly pass: boolean; readonly message: () => string } {
  return { pass: received === readFileSync(file, 'utf8'), message: () => `differs from ${file}` }
}

/** What vitest's runner asks of its surroundings, and where the tests come from. */
function runnerOf(importFile: VitestRunner['importFile']): VitestRunner {
  return {
    importFile,
    trace: (...parts: readonly unknown[]): unknown => (parts.at(-1) as () => unknown)(),
    config: {
      root: process.cwd(),
      name: undefined,
      setupFiles: [],
      passWithNoTests: false,
      testNamePattern: undefined,
      allowOnly: false,
      sequence: { seed: 1, hooks: 'stack', setupFiles: 'list' },
      maxConcurrency: 1,
      testTimeout: 20_000,
      hookTimeout: 20_000,
      retry: 0,
      tags: [],
      strictTags: false,
      includeTaskLocation: false,
    },
  } as unknown as VitestRunner
}

function bodyOf(test: Test | undefined): () => unknown {
  if (test === undefined) throw new Error('Bug: a test is asked for that was not loaded')
  return getFn(test)
}

function testsOf(suite: Suite): readonly Test[] {
  return suite.tasks.flatMap((task) => (task.type === 'suite' ? testsOf(task) : [task]))
}

/** The file makes Stryker see, when it goes on from earlier results, that its tests have changed. */
function resultOf({ name, result }: Test, original: Test | undefined): TestResult {
  const file = original === undefined ? {} : { fileName: original.file.filepath }
  const about = { id: name, name, timeSpentMs: result?.duration ?? 0, ...file }
  if (result?.state === 'pass') return { ...about, status: TestStatus.Success }
  if (result?.state !== 'fail') return { ...about, status: TestStatus.Skipped }
  return { ...about, status: TestStatus.Failed, failureMessage: result.errors?.[0]?.message ?? 'failed' }
}
