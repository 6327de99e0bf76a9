import { resolve } from 'node:path'
import { watch } from 'chokidar'
import { HarnessError } from '../../contracts/index.ts'
import type { ExitCode, Io } from '../io.ts'
import { bundledScenarios } from './paths.ts'
import type { TestOptions } from './test.ts'
import { test } from './test.ts'

/** Runs scenarios, and again those whose files changed, until the operator ends it. */
export async function testAgain(paths: readonly string[], options: TestOptions, io: Io): Promise<ExitCode> {
  const watched = paths.length > 0 ? paths : [bundledScenarios(io.cwd)]
  let code = await attempt(paths, options, io)
  const changed = new Set<string>()
  let running: Promise<void> | undefined
  const runChanged = async (): Promise<void> => {
    while (changed.size > 0) {
      const files = [...changed]
      changed.clear()
      io.stdout.write(`\n${files.join(', ')} changed.\n`)
      code = await attempt(files, options, io)
      io.stdout.write('Waiting for changes. Ctrl-C ends it.\n')
    }
    running = undefined
  }
  const watcher = watch(
    watched.map((path) => resolve(io.cwd, path)),
    { ignoreInitial: true, cwd: io.cwd, awaitWriteFinish: { stabilityThreshold: 30, pollInterval: 10 } },
  )
  watcher.on('all', (event, file) => {
    if (!/\.ya?ml$/i.test(file) || event === 'unlink') return
    changed.add(file.replaceAll('\\', '/'))
    running ??= runChanged()
  })
  io.stdout.write('Waiting for changes. Ctrl-C ends it.\n')
  await new Promise<void>((end) => io.onStop(end))
  await watcher.close()
  await running
  return code
}

/** While files are being written they may be wrong for a moment: that is shown, and does not end the watch. */
async function attempt(paths: readonly string[], options: TestOptions, io: Io): Promise<ExitCode> {
  try {
    return await test(paths, options, io)
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error
    io.stderr.write(`${error.message}\n`)
    return 2
  }
}
