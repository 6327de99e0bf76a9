import { Worker } from 'node:worker_threads'
import { builtWorker, usefulThreads } from '../built-worker.ts'
import type { PlannedTest } from '../scenario/index.ts'
import type { Extent } from './choose-tests.ts'
import type { Proof } from './proof.ts'
import type { Job, PerformJob } from './prove-job.ts'
import { namesOf } from './prove-job.ts'

/** What a thread is told when it begins; plain data. */
export interface ProveWorkerOptions {
  readonly tests: readonly PlannedTest[]
  readonly extent: Extent
}

/** A job for a thread, which has the catalogue itself. */
export interface JobOrder {
  readonly kind: Job['kind']
  readonly names: readonly string[]
}

/** Threads that prove beside this one. */
export interface ProveThreads {
  readonly helpers: readonly PerformJob[]
  /** Ends them; a job that is under way then gives undefined. */
  close(): Promise<void>
}

/**
 * Threads, so that with this one there are as many hands as are wanted, by default one a processor, and at most one a job.
 * None where they cannot be had: in sources, which only the build turns into a worker.
 */
export function openProveThreads(
  options: ProveWorkerOptions,
  jobs: number,
  hands = usefulThreads(),
): ProveThreads {
  const file = builtWorker('prove-worker')
  const count = Math.max(0, Math.min(hands, jobs) - 1)
  const threads =
    file === undefined ? [] : Array.from({ length: count }, () => new ProveThread(file, options))
  return {
    helpers: threads.map((thread) => (job) => thread.perform(job)),
    async close() {
      await Promise.all(threads.map((thread) => thread.close()))
    },
  }
}

/** Does one job at a time. */
class ProveThread {
  readonly #worker: Worker
  #is: 'working' | 'closed' = 'working'
  #give: (proofs: readonly Proof[] | undefined) => void = ignore
  #fail: (error: Error) => void = ignore

  constructor(file: URL, options: ProveWorkerOptions) {
    this.#worker = new Worker(file, { workerData: options })
    this.#worker.on('message', (proofs: readonly Proof[] | undefined) => this.#give(proofs))
    this.#worker.on('error', (error: Error) => this.#fail(error))
    this.#worker.on('exit', (code) => {
      if (this.#is === 'closed') this.#give(undefined)
      else this.#fail(new Error(`Bug: a proving thread ended with ${code}`))
    })
  }

  async perform(job: Job): Promise<readonly Proof[] | undefined> {
    if (this.#is === 'closed') return undefined
    const order: JobOrder = { kind: job.kind, names: namesOf(job) }
    return await new Promise((give, fail) => {
      this.#give = give
      this.#fail = fail
      this.#worker.postMessage(order)
    })
  }

  async close(): Promise<void> {
    this.#is = 'closed'
    await this.#worker.terminate()
  }
}

function ignore(): void {
  // nobody waits for this thread
}
