import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { HarnessError } from '../../contracts/index.ts'
import type { Sink } from './reporter-context.ts'

/**
 * Opens a file for a report, with the folders above it. Opened before the run begins, so that a wrong path costs no
 * run. Throws FILE_UNWRITABLE.
 */
export function openFileSink(cwd: string, path: string, how: 'replace' | 'append'): Sink {
  const full = resolve(cwd, path)
  const file = attempt(path, () => {
    mkdirSync(dirname(full), { recursive: true })
    return openSync(full, how === 'replace' ? 'w' : 'a')
  })
  let isOpen = true
  return {
    write(text) {
      const bytes = Buffer.from(text)
      attempt(path, () => {
        for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done)
      })
    },
    async close() {
      if (!isOpen) return
      isOpen = false
      closeSync(file)
    },
  }
}

function attempt<Result>(path: string, run: () => Result): Result {
  try {
    return run()
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new HarnessError(
      'FILE_UNWRITABLE',
      `Cannot write the report "${path}": ${why}. Name a file in a folder that you may write to.`,
      { cause },
    )
  }
}
