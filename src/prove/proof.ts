import type { DefectFacts } from './defect.ts'
import type { VariantFacts } from './variant.ts'

/** Rule id → ids of the tests under which it was seen broken, both in the order in which they were met. */
export type Sightings = ReadonlyMap<string, readonly string[]>

/** What the suite says of one wrong gateway, or of one that is right in another way; `tests` is how many it met. Plain data. */
export type Proof =
  | {
      readonly kind: 'caught'
      readonly defect: DefectFacts
      /** Expected rules first. */
      readonly by: Sightings
      readonly tests: number
    }
  | {
      readonly kind: 'survived'
      readonly defect: DefectFacts
      /** What broke although nothing of the kind was expected. */
      readonly by: Sightings
      readonly tests: number
    }
  | { readonly kind: 'quiet'; readonly variant: VariantFacts; readonly tests: number }
  | {
      readonly kind: 'falseAlarm'
      readonly variant: VariantFacts
      readonly by: Sightings
      readonly tests: number
    }

/** The rule under which a test counts that is broken for reasons of its own. */
export const noRule = '(none)'
