import type * as FastCheck from 'fast-check'
import { parse } from 'yaml'
import type { Finding } from '../../contracts/index.ts'
import type { Target } from '../scenario/index.ts'
import { hashSeed, kebabCase } from '../scenario/index.ts'
import type { Act, Sequence } from './act.ts'
import { sequenceOf } from './arbitrary-sequence.ts'
import type { Stage } from './play.ts'
import { play } from './play.ts'
import { scenarioOf } from './scenario-of.ts'
import { shrink } from './shrink.ts'
import { tempoOf } from './tempo.ts'

/** What is explored, and for how long. */
export interface FuzzOptions {
  readonly target: Target
  readonly seed: number
  /** How many sequences; with it the result depends on the seed alone. Default 1,000 when there is no `seconds`. */
  readonly runs?: number
  /** Wall time after which nothing new is begun; shrinking comes on top. */
  readonly seconds?: number
  /** Acts in a sequence. Default 12. */
  readonly maxActs?: number
  /** Ends the exploration after so many broken rules, and tells of no more. Default: explores to the end. */
  readonly bail?: number
  /** Plays only the sequence of this path, and shrinks it again. */
  readonly path?: FuzzPath
  /** Whether a finding counts; the others are passed over. */
  readonly isFatal: (finding: Finding) => boolean
  /** Milliseconds of wall time. */
  readonly now: () => number
  /** Told after every batch, and before every shrinking. */
  readonly onProgress?: (progress: FuzzProgress) => void
  /** True once the operator wants it to end. */
  readonly isStopped?: () => boolean
}

/** Where a sequence stands: its batch, and its place in it. */
export interface FuzzPath {
  readonly batch: number
  readonly index: number
}

export interface FuzzProgress {
  readonly doing: 'exploring' | 'shrinking'
  readonly sequences: number
  /** Rules that were broken so far. */
  readonly rules: readonly string[]
}

/** A broken rule, with the smallest scenario that breaks it. */
export interface FuzzFinding {
  readonly rule: string
  readonly finding: Finding
  /** Text of a scenario file. */
  readonly scenario: string
  /** Name of that file, after its sentence. */
  readonly file: string
  /** `verified`: the text was loaded and run, and broke the rule again. */
  readonly state: 'verified' | 'unverified'
  readonly seed: number
  /** `batch:index`, for `path`. */
  readonly path: string
  readonly acts: readonly Act[]
}

export interface FuzzResult {
  readonly sequences: number
  readonly findings: readonly FuzzFinding[]
  readonly perSecond: number
  /** Sequences that the rig could not play, by what it said. */
  readonly unplayed: ReadonlyMap<string, number>
}

/** Sequences that are drawn together; they are played side by side in virtual time. */
const batchSize = 32
const defaultRuns = 1_000
const defaultMaxActs = 12

/** Explores requests, replies, faults and time at random, and gives a minimal scenario for every rule that was broken. */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const fc = await import('fast-check')
  const { target, seed, isFatal } = options
  const arbitrary = sequenceOf(fc, tempoOf(target.profile, target.time), options.maxActs ?? defaultMaxActs)
  const explorer = new Explorer(fc, arbitrary, options)
  await explorer.run()
  const findings: FuzzFinding[] = []
  for (const [rule, { batch, index }] of [...explorer.found].slice(0, options.bail)) {
    options.onProgress?.(explorer.progress('shrinking'))
    const terms = { fc, arbitrary, rule, batchSeed: batchSeed(seed, batch), index }
    const shrunk = await shrink(terms, { target, isFatal, seed })
    const path = `${batch}:${index}`
    const scenario = `# Found by dockrig fuzz --seed ${seed} --path ${path}\n${shrunk.scenario}`
    findings.push({ rule, ...shrunk, scenario, file: fileNameOf(scenario), seed, path })
  }
  return {
    sequences: explorer.sequences,
    findings,
    perSecond: explorer.perSecond,
    unplayed: explorer.unplayed,
  }
}

function fileNameOf(text: string): string {
  const { scenario } = parse(text) as { readonly scenario: string }
  return `${kebabCase(scenario)}.yaml`
}

function batchSeed(seed: number, batch: number): number {
  return hashSeed(seed, `fuzz ${batch}`) | 0
}

class Explorer {
  /** Where each rule was broken first, in the order of the sequences. */
  readonly found = new Map<string, FuzzPath>()
  readonly unplayed = new Map<string, number>()
  sequences = 0
  perSecond = 0
  readonly #fc: typeof FastCheck
  readonly #arbitrary: FastCheck.Arbitrary<Sequence>
  readonly #options: FuzzOptions

  constructor(fc: typeof FastCheck, arbitrary: FastCheck.Arbitrary<Sequence>, options: FuzzOptions) {
    this.#fc = fc
    this.#arbitrary = arbitrary
    this.#options = options
  }

  async run(): Promise<void> {
    const { path, now } = this.#options
    const begun = now()
    if (path === undefined) for (let batch = 0; this.#goesOn(begun); batch++) await this.#playBatch(batch)
    else
      await this.#playAll(
        this.#draw(path.batch, path.index + 1)
          .slice(-1)
          .map((sequence) => ({ ...path, sequence })),
      )
    this.perSecond = (this.sequences / Math.max(1, now() - begun)) * 1_000
  }

  progress(doing: FuzzProgress['doing']): FuzzProgress {
    return { doing, sequences: this.sequences, rules: [...this.found.keys()] }
  }

  #goesOn(begun: number): boolean {
    const { runs, seconds, bail, now, isStopped } = this.#options
    if (isStopped?.() === true || this.found.size >= (bail ?? Infinity)) return false
    if (seconds !== undefined && now() - begun >= seconds * 1_000) return false
    return this.sequences < (runs ?? (seconds === undefined ? defaultRuns : Infinity))
  }

  async #playBatch(batch: number): Promise<void> {
    const { runs = Infinity, onProgress, target } = this.#options
    const size = Math.min(target.time === 'virtual' ? batchSize : 1, runs - this.sequences)
    const drawn = this.#draw(batch, size)
    await this.#playAll(drawn.map((sequence, index) => ({ batch, index, sequence })))
    onProgress?.(this.progress('exploring'))
  }

  #draw(batch: number, size: number): readonly Sequence[] {
    return this.#fc.sample(this.#arbitrary, { seed: batchSeed(this.#options.seed, batch), numRuns: size })
  }

  async #playAll(todo: readonly (FuzzPath & { readonly sequence: Sequence })[]): Promise<void> {
    const stage: Stage = this.#options
    const hearings = await Promise.all(todo.map(({ sequence }) => play(scenarioOf(sequence), stage)))
    for (const [place, { batch, index }] of todo.entries()) {
      const hearing = hearings[place]
      if (hearing === undefined) continue
      this.sequences++
      if (hearing.kind === 'broken') {
        this.unplayed.set(hearing.message, (this.unplayed.get(hearing.message) ?? 0) + 1)
        continue
      }
      for (const { rule } of hearing.findings)
        if (!this.found.has(rule)) this.found.set(rule, { batch, index })
    }
  }
}
