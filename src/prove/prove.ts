import type { PlannedTest } from '../scenario/index.ts'
import type { Extent } from './choose-tests.ts'
import type { Defect } from './defect.ts'
import { defects as allDefects } from './defects/index.ts'
import type { Proof } from './proof.ts'
import type { Job, PerformJob } from './prove-job.ts'
import { jobsHere, jobsOf, namesOf, weightOf } from './prove-job.ts'
import type { Variant } from './variant.ts'
import { variants as allVariants } from './variants.ts'

export interface ProveOptions {
  readonly extent: Extent
  readonly defects?: readonly Defect[]
  readonly variants?: readonly Variant[]
  /** Who does the work besides this thread, each one job at a time. */
  readonly helpers?: readonly PerformJob[]
  readonly isStopped?: () => boolean
  readonly onProgress?: (progress: ProveProgress) => void
}

/** How far it is; told whenever a job begins or ends. */
export interface ProveProgress {
  /** Names of the defects and variants that are being tried. */
  readonly underWay: readonly string[]
  readonly ended: number
  readonly of: number
  /** Share of all tests whose job has ended, 0 to 1; a job that ends early counts with all of its tests. */
  readonly share: number
}

/**
 * Runs the tests against each defect and each variant, in virtual time, as many side by side as there are hands. Proofs
 * come in the order of the catalogue, each as soon as those before it are there; which hand did what makes no difference
 * to what they say.
 */
export async function* prove(
  tests: readonly PlannedTest[],
  options: ProveOptions,
): AsyncGenerator<Proof, void, undefined> {
  const { extent } = options
  const isStopped = options.isStopped ?? ((): boolean => false)
  const jobs = jobsOf(options.defects ?? allDefects, options.variants ?? allVariants, extent)
  const book = new ProgressBook(jobs, (job) => weightOf(job, { tests, extent }), options.onProgress)
  const ends: ((proofs: readonly Proof[] | undefined) => void)[] = []
  const answers = jobs.map((_, at) => new Promise<readonly Proof[] | undefined>((end) => (ends[at] = end)))
  const left = jobs.entries()
  const hands = [jobsHere({ tests, extent, isStopped }), ...(options.helpers ?? [])]
  const work = Promise.all(
    hands.map(async (perform) => {
      for (const [at, job] of left) {
        if (!isStopped()) book.begin(job)
        ends[at]?.(isStopped() ? undefined : await perform(job))
        book.end(job)
      }
    }),
  )
  const failure = work.then(() => undefined)
  for (const answer of answers) yield* (await Promise.race([answer, failure])) ?? []
}

class ProgressBook {
  readonly #underWay = new Set<Job>()
  readonly #weights: ReadonlyMap<Job, number>
  readonly #tell: ((progress: ProveProgress) => void) | undefined
  #ended = 0
  #endedWeight = 0

  constructor(
    jobs: readonly Job[],
    weight: (job: Job) => number,
    tell: ((progress: ProveProgress) => void) | undefined,
  ) {
    this.#weights = new Map(tell === undefined ? [] : jobs.map((job) => [job, weight(job)]))
    this.#tell = tell
  }

  begin(job: Job): void {
    this.#underWay.add(job)
    this.#say()
  }

  end(job: Job): void {
    this.#underWay.delete(job)
    this.#ended += namesOf(job).length
    this.#endedWeight += this.#weights.get(job) ?? 0
    this.#say()
  }

  #say(): void {
    const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0)
    this.#tell?.({
      underWay: [...this.#underWay].flatMap(namesOf),
      ended: this.#ended,
      of: sum([...this.#weights.keys()].map((job) => namesOf(job).length)),
      share: this.#endedWeight / Math.max(1, sum(this.#weights.values())),
    })
  }
}
