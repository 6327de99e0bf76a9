import type { Level } from '../contracts/index.ts'
import { errorCodes, levels, offeredMethods, rules, statuses } from '../contracts/index.ts'
import type { RunResult } from './scenario/index.ts'

/** A share of a whole, with what is missing. */
export interface Share {
  readonly covered: number
  readonly total: number
  readonly percent: number
  readonly missing: readonly string[]
}

/**
 * What a run exercised of the contract. It says nothing of how well the gateway did: that is the score, and the two are
 * never one number.
 */
export interface Coverage {
  readonly level: Level
  readonly rules: Share
  readonly methods: Share
  readonly lifecycleEdges: readonly string[]
  readonly mappingBranches: readonly string[]
  readonly statuses: Share
  /** Codes of the HTTP error envelope that were seen. */
  readonly errorCodes: readonly string[]
  /** How many device error codes the contract knows. */
  readonly deviceErrorCodes: number
  readonly score: { readonly kept: number; readonly broken: number; readonly notReached: number }
}

/** Adds up what a run covered of the rules of a level and the stronger ones. */
export function coverageOf({ rules: tally, seen }: RunResult, level: Level): Coverage {
  const within = rules().filter((rule) => levels.indexOf(rule.level) <= levels.indexOf(level))
  const exercised = new Set(tally.filter(({ verdict }) => verdict !== 'not reached').map(({ rule }) => rule))
  const ofLevel = tally.filter(({ rule }) => within.some(({ id }) => id === rule))
  const count = (verdict: string): number => ofLevel.filter((each) => each.verdict === verdict).length
  const shown = new Set([...seen.lifecycleEdges].flatMap((edge) => edge.split(' → ')))
  return {
    level,
    rules: share(
      within.map(({ id }) => id),
      exercised,
    ),
    methods: share(
      offeredMethods().map(({ name }) => name),
      seen.methods,
    ),
    lifecycleEdges: [...seen.lifecycleEdges].toSorted(),
    mappingBranches: [...seen.mappingBranches].toSorted(),
    statuses: share(statuses, shown),
    errorCodes: [...seen.errorCodes].toSorted(),
    deviceErrorCodes: errorCodes().length,
    score: { kept: count('kept'), broken: count('broken'), notReached: count('not reached') },
  }
}

function share(all: readonly string[], covered: ReadonlySet<string>): Share {
  const missing = all.filter((each) => !covered.has(each))
  const hit = all.length - missing.length
  return {
    covered: hit,
    total: all.length,
    percent: all.length === 0 ? 100 : Math.floor((hit / all.length) * 100),
    missing,
  }
}
