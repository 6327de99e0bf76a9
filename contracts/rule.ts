import type { Level } from './finding.ts'
import { levels } from './finding.ts'
import { loadCompiled } from './compiled-data.ts'

/** Where a fact comes from; the order is that of authority. */
export const sources = ['page', 'platform', 'documented', 'inferred', 'choice'] as const
export type Source = (typeof sources)[number]

/** The families of rules: the names of the files in `contracts/rules/`, in the order of the contract. */
export const ruleFamilies = [
  'create',
  'query',
  'lifecycle',
  'unmatched',
  'reply',
  'signing',
  'error',
  'mqtt',
  'method',
  'dock',
] as const
export type RuleFamily = (typeof ruleFamilies)[number]

/** One sentence of the contract. Knows nothing of how it is checked. */
export interface Rule {
  readonly id: string
  /** Name of its file in `contracts/rules/`. */
  readonly family: RuleFamily
  readonly level: Level
  /**
   * `page`: the platform's page of `drone_close`; `platform`: what it documents elsewhere; `documented`: DJI's documentation;
   * `inferred`: our reading of these; `choice`: decided here.
   */
  readonly source: Source
  readonly statement: string
  /** Capabilities that a target must declare before the rule can be seen. */
  readonly needs?: readonly string[]
  /** The readings among which a choice was made, ours first. */
  readonly readings?: readonly string[]
}

/** Every rule, by family and in the order of the files. */
export function rules(): readonly Rule[] {
  return loadCompiled<readonly Rule[]>('rules')
}

/** The rule of that id, or `undefined`. */
export function findRule(id: string): Rule | undefined {
  return byId().get(id)
}

/** The family of a rule's id, or `undefined` for an id that is none. */
export function ruleFamily(id: string): RuleFamily | undefined {
  return findRule(id)?.family
}

/**
 * The level at which a test runs that proves these rules: the weakest among them, and `must` for none.
 * An unknown id is a bug of the caller, who checks ids when a file is loaded.
 */
export function weakestLevel(ids: readonly string[]): Level {
  const ranks = ids.map((id) => levels.indexOf(levelOf(id)))
  return levels[Math.max(0, ...ranks)] ?? 'must'
}

function levelOf(id: string): Level {
  const rule = findRule(id)
  if (rule === undefined) throw new Error(`Bug: no rule has the id "${id}"`)
  return rule.level
}

let index: ReadonlyMap<string, Rule> | undefined

function byId(): ReadonlyMap<string, Rule> {
  index ??= new Map(rules().map((rule) => [rule.id, rule]))
  return index
}
