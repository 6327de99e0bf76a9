import type { GatewayParts } from '../gateway/index.ts'

/** The areas in which gateways go wrong; each has a file in `defects/`, `mqtt` two. */
export const themes = [
  'mapping',
  'lifecycle',
  'correlation',
  'idempotency',
  'validation',
  'signing',
  'errors',
  'mqtt',
  'query',
] as const
export type Theme = (typeof themes)[number]

/** Replaces pieces of the gateway. Called once for each rig, so that what a replacement remembers stays in its test. */
export type Change = (defaults: GatewayParts) => Partial<GatewayParts>

/** A mistake that the suite has to notice. */
export interface Defect {
  /** In kebab-case. */
  readonly name: string
  readonly theme: Theme
  /** Ids of the rules of which any may catch it. */
  readonly breaks: readonly string[]
  /** What a developer would have done wrong. */
  readonly sentence: string
  readonly parts: Change
}

/** What is said of a defect, without its gateway; plain data. */
export type DefectFacts = Omit<Defect, 'parts'>

/** Gives defects their theme. */
export function ofTheme(theme: Theme, defects: readonly Omit<Defect, 'theme'>[]): readonly Defect[] {
  return defects.map((defect) => ({ ...defect, theme }))
}
