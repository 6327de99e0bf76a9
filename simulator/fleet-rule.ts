import { createRandom, seedOf } from './identity.ts'

/** Which docks a rule of a script is for; a dock has to fit all that it names, and a rule that names nothing is for all. */
export interface DockSelector {
  /** Names, in which `*` stands for any text and `?` for one character. */
  readonly names?: readonly string[] | undefined
  readonly models?: readonly string[] | undefined
  /** A dock has to carry one of them. */
  readonly tags?: readonly string[] | undefined
  /** Share of the docks that fit, 0 to 1. */
  readonly share?: number | undefined
  /** Draws another share of the docks than a rule without it. */
  readonly seed?: number | undefined
}

/** A dock, as far as selectors look at it. */
export interface Selectable {
  readonly name: string
  readonly model: string
  readonly tags: readonly string[]
}

/**
 * Decides for dock after dock whether a rule is for it; the same docks in the same order give the same answer. Of any number
 * of docks that fit so far the share is met to within one, and those that are chosen are spread among them.
 */
export function createSelection(selector: DockSelector, seed: number): (dock: Selectable) => boolean {
  const { names, models, tags, share = 1, seed: own = 0 } = selector
  const fits = fitting(selector)
  if (share >= 1) return fits
  if (share <= 0) return () => false
  const random = createRandom(seedOf(seed, 'share', own, JSON.stringify([names, models, tags, share])))
  // One dock is drawn from each stretch of 1 / share docks.
  const drawn = (stretch: number): number => Math.floor((stretch + random()) / share)
  let number = 0
  let stretch = 0
  let next = drawn(0)
  return (dock) => {
    if (!fits(dock)) return false
    const here = number++
    if (here < next) return false
    next = Math.max(here + 1, drawn(++stretch))
    return true
  }
}

function fitting({ names, models, tags }: DockSelector): (dock: Selectable) => boolean {
  const patterns = names?.map(patternOf)
  return (dock) =>
    (patterns === undefined || patterns.some((pattern) => pattern.test(dock.name))) &&
    (models === undefined || models.includes(dock.model)) &&
    (tags === undefined || tags.some((tag) => dock.tags.includes(tag)))
}

function patternOf(text: string): RegExp {
  const escaped = text.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`)
}
