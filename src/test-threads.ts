import { Worker } from 'node:worker_threads'
import type { Level } from '../contracts/index.ts'
import { builtWorker, usefulThreads } from './built-worker.ts'
import type { PerformTest, PlannedTest, RunEvent, TestResult } from './scenario/index.ts'

/** What a thread is told when it begins; plain data. */
export interface WorkerOptions {
  readonly level: Level
  /** Whether events are told with the result, or nobody listens to them. */
  readonly events: 'told' | 'left out'
  readonly reference: { readonly accessSeed: number; readonly level?: Level }
}

/** A test for a thread; numbers are given in the order of asking, since tests may share an id. */
export interface WorkerTask {
  readonly number: number
  readonly test: PlannedTest
}

/** What a thread says when a test is over; times are wall milliseconds since the test began. */
export interface WorkerAnswer {
  readonly number: number
  readonly result: TestResult
  readonly events: readonly (readonly [RunEvent, number])[]
  readonly tookMs: number
}

/** Tests on every processor: this thread works too, others join when they are ready. */
export interface TestThreads {
  readonly perform: PerformTest
  close(): Promise<void>
}

/** A thread costs half a second to begin; below this many tests it would not pay. */
const worthwhile = 150

/**
 * Threads for a run of so many tests, or undefined when they would not pay or cannot be had (in sources, which only the
 * build turns into a worker). Determinism does not rest on them: every test has a rig, a clock and a seed of its own.
 */
export function openThreads(
  tests: number,
  options: WorkerOptions,
  here: PerformTest,
  wallMs: () => number,
): TestThreads | undefined {
  const file = builtWorker('test-worker')
  const count = usefulThreads() - 1
  if (count < 1 || tests < worthwhile || file === undefined) return undefined
  const threads = Array.from({ length: count }, () => new Thread(file, options))
  let ownLoad = 0
  return {
    async perform(test, emit) {
      const [free] = threads.filter(({ isReady }) => isReady).toSorted((a, b) => a.load - b.load)
      if (free !== undefined && free.load < ownLoad) return free.perform(test, emit, wallMs)
      ownLoad++
      try {
        return await here(test, emit)
      } finally {
        ownLoad--
      }
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.close()))
    },
  }
}

class Thread {
  readonly #worker: Worker
  readonly #open = new Map<
    number,
    { readonly done: (answer: WorkerAnswer) => void; readonly fail: (error: Error) => void }
  >()
  #tasks = 0
  #life: { readonly at: 'starting' | 'ready' | 'broken' } = { at: 'starting' }

  constructor(file: URL, options: WorkerOptions) {
    this.#worker = new Worker(file, { workerData: options })
    this.#worker.on('message', (message: 'ready' | WorkerAnswer) => {
      if (message === 'ready') this.#life = { at: 'ready' }
      else this.#open.get(message.number)?.done(message)
    })
    this.#worker.on('error', (error: Error) => {
      this.#life = { at: 'broken' }
      for (const { fail } of this.#open.values()) fail(error)
    })
  }

  get isReady(): boolean {
    return this.#life.at === 'ready'
  }

  get load(): number {
    return this.#open.size
  }

  async perform(
    test: PlannedTest,
    emit: (event: RunEvent, wallMs?: number) => void,
    wallMs: () => number,
  ): Promise<TestResult> {
    const task: WorkerTask = { number: this.#tasks++, test }
    try {
      const answer = await new Promise<WorkerAnswer>((done, fail) => {
        this.#open.set(task.number, { done, fail })
        this.#worker.postMessage(task)
      })
      const begun = wallMs() - answer.tookMs
      for (const [event, offset] of answer.events) emit(event, begun + offset)
      return answer.result
    } finally {
      this.#open.delete(task.number)
    }
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }
}
