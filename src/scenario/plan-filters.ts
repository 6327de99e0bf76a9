import type { Level } from '../../contracts/index.ts'
import { levels } from '../../contracts/index.ts'
import type { PlannedTest } from './planned.ts'
import { hashSeed } from './seed.ts'

type Filter = (test: PlannedTest) => boolean

/** Part `index` of `count`, from 1. */
export interface Shard {
  readonly index: number
  readonly count: number
}

export type Order = 'file' | 'random'

/** Tests whose id, sentence or example holds the words, or fits the regular expression; capitals do not count. */
export function byGrep(grep: string | undefined): Filter {
  if (grep === undefined || grep === '') return () => true
  const words = grep.toLowerCase()
  const expression = expressionOf(grep)
  return ({ ref }) =>
    [ref.id, ref.scenario, ref.example ?? ''].some(
      (text) => text.toLowerCase().includes(words) || expression?.test(text) === true,
    )
}

export function byTags(tags: readonly string[] | undefined): Filter {
  if (tags === undefined || tags.length === 0) return () => true
  return ({ ref }) => ref.tags.some((tag) => tags.includes(tag))
}

export function byRules(rules: readonly string[] | undefined): Filter {
  if (rules === undefined || rules.length === 0) return () => true
  return ({ ref }) => ref.proves.some((rule) => rules.includes(rule))
}

/** Tests of this level or a stronger one. */
export function byLevel(level: Level | undefined): Filter {
  if (level === undefined) return () => true
  return ({ ref }) => levels.indexOf(ref.level) <= levels.indexOf(level)
}

/** The order of the files, or one that the seed draws; what else is selected does not change who comes before whom. */
export function inOrder(tests: readonly PlannedTest[], order: Order, seed: number): readonly PlannedTest[] {
  if (order === 'file') return tests
  const ranked = tests.map((test) => ({ test, rank: hashSeed(seed, `order:${test.ref.id}`) }))
  return ranked
    .sort((a, b) => a.rank - b.rank || (a.test.ref.id < b.test.ref.id ? -1 : 1))
    .map(({ test }) => test)
}

/** Every test is in exactly one shard; neighbours are dealt out, so that slow folders are shared. */
export function shardOf(tests: readonly PlannedTest[], shard: Shard | undefined): readonly PlannedTest[] {
  if (shard === undefined) return tests
  return tests.filter((_, position) => position % shard.count === shard.index - 1)
}

function expressionOf(source: string): RegExp | undefined {
  try {
    return new RegExp(source, 'iu')
  } catch {
    return undefined
  }
}
