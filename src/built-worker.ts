import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

/** The file of a thread, which the build puts beside its chunks; undefined in sources, where there is none. */
export function builtWorker(name: string): URL | undefined {
  const file = new URL(`./${name}.js`, import.meta.url)
  return existsSync(fileURLToPath(file)) ? file : undefined
}

/** How many threads share work at best, with the one that gives it: one a processor, but not without end. */
export function usefulThreads(): number {
  return Math.min(availableParallelism(), 8)
}
