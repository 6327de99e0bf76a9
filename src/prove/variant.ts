import type { Change } from './defect.ts'

/** A gateway that does something otherwise than the bundled one, and may. The suite must not accuse it. */
export interface Variant {
  /** In kebab-case. */
  readonly name: string
  /** What it does otherwise. */
  readonly sentence: string
  /** Rules of level `should` that it would have to waive openly. */
  readonly waives?: readonly string[]
  /** Undoes what another variant does, or is undone by it: the two cannot be seen in one gateway. */
  readonly apart?: 'second'
  readonly parts: Change
}

/** What is said of a variant, without its gateway; plain data. */
export type VariantFacts = Pick<Variant, 'name' | 'sentence'>
