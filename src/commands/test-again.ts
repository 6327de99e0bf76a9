import { resolve } from 'node:path'
import type { FSWatcher } from 'chokidar'
import { watch } from 'chokidar'
import { HarnessError } from '../../contracts/index.ts'
import type { ExitCode, Io } from '../io.ts'
import { findScenarioFiles, watchedRoot } from '../scenario/index.ts'
import { bundledScenarios } from './paths.ts'
import type { TestOptions } from './test.ts'
import { test } from './test.ts'

/**
 * Runs scenarios, and again those whose files changed, until the operator ends it. Files that are wrong are shown, and hinder
 * no others. Only scenarios are watched: dockrig.yaml is read once.
 */
export async function testAgain(paths: readonly string[], options: TestOptions, io: Io): Promise<ExitCode> {
  const watched = paths.length > 0 ? paths : [bundledScenarios(io.cwd)]
  const changes = createChanges()
  const release = io.onStop(() => changes.end())
  // what is saved while the first run goes on counts as well
  const watcher = await startWatcher(watched, io.cwd, (file) => changes.add(file))
  try {
    let due = watched
    for (;;) {
      const code = await attempt(due, options, io)
      if (!changes.isOver()) io.stdout.write('Waiting for changes. Ctrl-C ends it.\n')
      due = await nextFiles(changes, watched, io.cwd)
      if (due.length === 0) return code
      io.stdout.write(`\n${due.join(', ')} changed.\n`)
    }
  } finally {
    release()
    await watcher.close()
  }
}

/** Files that changed since they were last taken; waiting for them ends with the watch. */
interface Changes {
  add(file: string): void
  /** At least one file; none once it is over. */
  take(): Promise<readonly string[]>
  end(): void
  isOver(): boolean
}

function createChanges(): Changes {
  const files = new Set<string>()
  let isOver = false
  let wake = (): void => undefined
  return {
    add(file) {
      files.add(file)
      wake()
    },
    async take() {
      if (files.size === 0 && !isOver) await new Promise<void>((resolve) => (wake = resolve))
      const taken = isOver ? [] : [...files]
      files.clear()
      return taken
    },
    end() {
      isOver = true
      wake()
    },
    isOver: () => isOver,
  }
}

/** Editors write a file in parts: it has changed once it has stood still for a moment. */
async function startWatcher(
  paths: readonly string[],
  cwd: string,
  changed: (file: string) => void,
): Promise<FSWatcher> {
  const watcher = watch(
    paths.map((path) => resolve(cwd, watchedRoot(path))),
    { ignoreInitial: true, cwd, awaitWriteFinish: { stabilityThreshold: 30, pollInterval: 10 } },
  )
  watcher.on('all', (event, file) => {
    if (event === 'add' || event === 'change') changed(file.replaceAll('\\', '/'))
  })
  await new Promise<void>((ready) => watcher.once('ready', ready))
  return watcher
}

/** The scenarios that changed, once there are some; none once it is over. */
async function nextFiles(
  changes: Changes,
  paths: readonly string[],
  cwd: string,
): Promise<readonly string[]> {
  for (;;) {
    const changed = await changes.take()
    if (changed.length === 0) return []
    // below a watched folder other files change as well
    const { files } = await findScenarioFiles(paths, cwd)
    const due = files.filter((file) => changed.includes(file))
    if (due.length > 0) return due
  }
}

/** While files are being written they may be wrong for a moment: that is shown, and does not end the watch. */
async function attempt(paths: readonly string[], options: TestOptions, io: Io): Promise<ExitCode> {
  try {
    return await test(paths, { ...options, wrongFiles: 'skip' }, io)
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error
    io.stderr.write(`${error.message}\n`)
    return 2
  }
}
