import type { Ruling } from './checks/index.ts'
import { decidedBy } from './checks/index.ts'
import type { Finding, Level } from './finding.ts'
import type { History } from './history.ts'
import type { Story } from './story.ts'
import type { JudgeOptions } from './terms.ts'
import { levelOf } from './terms.ts'

/** How often a rule was seen at work. */
export interface Tally {
  readonly exercised: number
  readonly kept: number
  readonly broken: number
}

/** What the judge has seen, for coverage; each list is sorted. */
export interface Seen {
  /** Changes of status between reads, as `DELIVERED → FAILED`. */
  readonly lifecycleEdges: readonly string[]
  /** Ways in which replies were mapped: `outcome FAILED`, `code from result`, `message from msg`. */
  readonly mappingBranches: readonly string[]
  readonly methods: readonly string[]
  /** Codes of the error envelope. */
  readonly errorCodes: readonly string[]
}

/** The judge's last word. */
export interface Verdict {
  /** All findings in the order in which they became certain; `isFatal` says which of them fail the run. */
  readonly findings: readonly Finding[]
  /** By rule; rules that were not reached are missing. */
  readonly tally: ReadonlyMap<string, Tally>
  readonly seen: Seen
}

/** Keeps the judge's books: findings without repetition, and counts per rule. */
export class Ledger {
  readonly seen = {
    edges: new Set<string>(),
    branches: new Set<string>(),
    methods: new Set<string>(),
    errorCodes: new Set<string>(),
  }
  readonly #options: JudgeOptions
  readonly #tally = new Map<string, { kept: number; broken: number }>()
  readonly #findings: Finding[] = []
  /** Findings about a command that have been entered, by rule and command. */
  readonly #entered = new Set<string>()
  #taken = 0

  constructor(options: JudgeOptions) {
    this.#options = options
  }

  /** Enters what a check said; a rule is found broken once per command. */
  enter(rule: string, ruling: Ruling, { at, about }: { readonly at: number; readonly about?: string }): void {
    if (ruling === undefined || this.#options.profile.waives.includes(rule)) return
    const key = about === undefined ? undefined : `${rule} ${about}`
    if (key !== undefined && this.#entered.has(key)) return
    const counts = this.#tally.get(rule) ?? { kept: 0, broken: 0 }
    this.#tally.set(rule, counts)
    if (ruling === 'kept') {
      counts.kept += 1
      return
    }
    counts.broken += 1
    if (key !== undefined) this.#entered.add(key)
    const { seen, due, evidence } = ruling
    const level: Level = ruling.level ?? levelOf(rule)
    this.#findings.push({ rule, level, seen, due, evidence: evidence.toSorted((a, b) => a - b), at })
  }

  /** The findings since the last time. */
  take(): readonly Finding[] {
    const fresh = this.#findings.slice(this.#taken)
    this.#taken = this.#findings.length
    return fresh
  }

  sawMapping(story: Story, history: History): void {
    for (const run of story.command.reads) {
      const mapping = decidedBy(story, run, history)?.mapping
      if (mapping === undefined) continue
      this.seen.branches.add(`outcome ${mapping.outcome}`)
      this.seen.branches.add(`code from ${mapping.codeBranch}`)
      this.seen.branches.add(`message from ${mapping.message.branch}`)
    }
  }

  verdict(): Verdict {
    const { edges, branches, methods, errorCodes } = this.seen
    const tally = [...this.#tally].map(
      ([rule, { kept, broken }]) => [rule, { exercised: kept + broken, kept, broken }] as const,
    )
    return {
      findings: [...this.#findings],
      tally: new Map(tally),
      seen: {
        lifecycleEdges: [...edges].toSorted(),
        mappingBranches: [...branches].toSorted(),
        methods: [...methods].toSorted(),
        errorCodes: [...errorCodes].toSorted(),
      },
    }
  }
}
