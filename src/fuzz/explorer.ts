import type * as FastCheck from 'fast-check'
import type { Finding } from '../../contracts/index.ts'
import { hashSeed } from '../scenario/index.ts'
import type { Sequence } from './act.ts'
import type { FuzzOptions, FuzzPath, FuzzProgress, LostTarget } from './fuzz-options.ts'
import { disturbsOthers } from './needs-of.ts'
import type { Hearing, Stage } from './play.ts'
import { play } from './play.ts'
import type { ScenarioData } from './scenario-data.ts'
import { scenarioOf } from './scenario-of.ts'

/** Where a rule was broken first, and how. */
export interface Found extends FuzzPath {
  readonly finding: Finding
}

/** What sequences are drawn from, and where they are played. */
export interface ExplorerTerms {
  readonly fc: typeof FastCheck
  readonly arbitrary: FastCheck.Arbitrary<Sequence>
  readonly stage: Stage
  readonly options: FuzzOptions
}

/** Sequences that are drawn together, and how many are played when nobody says; in real time somebody waits for them. */
const plays = {
  virtual: { batchSize: 32, runs: 1_000 },
  real: { batchSize: 32, runs: 200 },
} as const

/** Draws sequences and plays them; keeps what the judge says of each, in the order in which they were drawn. */
export class Explorer {
  /** In the order of the sequences. */
  readonly found = new Map<string, Found>()
  readonly unplayed = new Map<string, number>()
  sequences = 0
  perSecond = 0
  /** Set once the gateway or its broker is gone; nothing can be played then. */
  lost: LostTarget | undefined
  readonly #with: ExplorerTerms
  readonly #runs: number | undefined
  #begun = 0
  #reads = 0

  constructor(terms: ExplorerTerms) {
    this.#with = terms
    const { runs, seconds } = terms.options
    this.#runs = runs ?? (seconds === undefined ? this.#plays.runs : undefined)
  }

  async run(): Promise<void> {
    const { path, now } = this.#with.options
    const begun = now()
    if (path === undefined) await this.#explore(begun)
    else this.#count(await this.#play(this.#draw(path.batch, path.index + 1, path.index)))
    this.perSecond = (this.sequences / Math.max(1, now() - begun)) * 1_000
  }

  progress(doing: FuzzProgress['doing']): FuzzProgress {
    const of = this.#runs === undefined ? {} : { of: this.#runs }
    return { doing, sequences: this.sequences, rules: [...this.found.keys()], ...of }
  }

  get #plays(): (typeof plays)['virtual' | 'real'] {
    return plays[this.#with.stage.target.time]
  }

  /** In virtual time a batch begins while the last sequences of the one before are still played, so that no processor waits. */
  async #explore(begun: number): Promise<void> {
    const isAhead = this.#with.stage.target.time === 'virtual'
    let before: Promise<readonly Heard[]> | undefined
    for (let batch = 0; ; batch++) {
      const next = this.#goesOn(begun) ? this.#begin(batch) : undefined
      if (before !== undefined) this.#count(await before)
      if (next === undefined) return
      before = isAhead ? next : undefined
      if (!isAhead) this.#count(await next)
    }
  }

  #goesOn(begun: number): boolean {
    const { seconds, bail, now, isStopped } = this.#with.options
    if (isStopped?.() === true || this.lost !== undefined) return false
    if (this.found.size >= (bail ?? Infinity) || this.#begun >= (this.#runs ?? Infinity)) return false
    return seconds === undefined || now() - begun < seconds * 1_000
  }

  #begin(batch: number): Promise<readonly Heard[]> {
    const size = Math.min(this.#plays.batchSize, (this.#runs ?? Infinity) - this.#begun)
    this.#begun += size
    return this.#play(this.#draw(batch, size))
  }

  #draw(batch: number, size: number, from = 0): readonly Drawn[] {
    const { fc, arbitrary, options } = this.#with
    const sequences = fc.sample(arbitrary, { seed: batchSeed(options.seed, batch), numRuns: size })
    return sequences
      .map((sequence, index) => ({ batch, index, data: scenarioOf(sequence, options.target.profile) }))
      .slice(from)
  }

  /** Side by side, but on one gateway for all those alone that disturb the others. */
  async #play(drawn: readonly Drawn[]): Promise<readonly Heard[]> {
    const { stage } = this.#with
    const heard: Heard[] = []
    const one = async ({ data, ...path }: Drawn): Promise<void> => {
      heard.push({ ...path, hearing: await play(data, stage) })
    }
    const alone =
      stage.target.kind === 'external' ? drawn.filter(({ data }) => disturbsOthers(data.steps)) : []
    await Promise.all(drawn.filter((each) => !alone.includes(each)).map(one))
    for (const each of alone) await one(each)
    return heard.toSorted((a, b) => a.index - b.index)
  }

  #count(heard: readonly Heard[]): void {
    for (const { hearing, ...path } of heard) {
      this.sequences++
      if (hearing.kind === 'heard') {
        this.#reads += hearing.reads
        for (const finding of hearing.findings)
          if (!this.found.has(finding.rule)) this.found.set(finding.rule, { ...path, finding })
        continue
      }
      const { code, message } = hearing
      this.unplayed.set(message, (this.unplayed.get(message) ?? 0) + 1)
      if (isLoss(code)) this.lost ??= { ...path, code, message }
    }
    if (this.#reads === 0 && this.found.size === 0) this.lost ??= mute
    this.#with.options.onProgress?.(this.progress('exploring'))
  }
}

/** A gateway that shows no command breaks no rule either; that is no good verdict. */
const mute: LostTarget = {
  batch: 0,
  index: 0,
  code: 'GATEWAY_BROKEN',
  message:
    'no command could be created and read back. Look at signing, base_path and devices of the target in dockrig.yaml; "dockrig test" says what it answers.',
}

/** The seed of the sequences that are drawn together. */
export function batchSeed(seed: number, batch: number): number {
  return hashSeed(seed, `fuzz ${batch}`) | 0
}

interface Drawn extends FuzzPath {
  readonly data: ScenarioData
}

interface Heard extends FuzzPath {
  readonly hearing: Hearing
}

function isLoss(code: string): boolean {
  return /^(GATEWAY|BROKER)_/.test(code)
}
