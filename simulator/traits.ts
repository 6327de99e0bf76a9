import type { Behavior } from './behavior.ts'
import type { Quirk } from './quirks.ts'
import { quirkBehavior } from './quirks.ts'
import type { Timing } from './timing.ts'
import { defaultTiming } from './timing.ts'

/** In what way one dock differs from others. */
export interface DockTraits {
  readonly quirk?: Quirk | undefined
  /** Durations that differ from `defaultTiming`. */
  readonly timing?: Partial<Timing> | undefined
  /** `full`: asks for configuration and binding before it announces itself. Default `short`. */
  readonly session?: 'short' | 'full' | undefined
}

/** The traits of one dock, layer upon layer; the newest that says something of a trait decides it. */
export class Traits {
  readonly #base: Timing
  #layers: readonly DockTraits[]
  #timing: Timing | undefined

  /** `base`: the durations of the fleet, which its docks differ from. */
  constructor(first: DockTraits, base: Timing = defaultTiming) {
    this.#base = base
    this.#layers = [first]
  }

  get timing(): Timing {
    this.#timing ??= merged(this.#base, this.#layers)
    return this.#timing
  }

  get session(): 'short' | 'full' {
    return this.#layers.findLast(({ session }) => session !== undefined)?.session ?? 'short'
  }

  get quirk(): Quirk | undefined {
    return this.#layers.findLast(({ quirk }) => quirk !== undefined)?.quirk
  }

  /** Puts a layer on top; returns what takes it off again. */
  put(layer: DockTraits): () => void {
    this.#set([...this.#layers, layer])
    return () => this.#set(this.#layers.filter((other) => other !== layer))
  }

  /** Lets the dock do what `others` say, in the way of its quirk; scripts stand in front of it. */
  behavior(others: readonly Behavior[]): Behavior {
    return {
      name: 'quirk',
      answer: (request, dock) => {
        const { quirk } = this
        return quirk === undefined ? undefined : quirkBehavior(quirk, others).answer(request, dock)
      },
    }
  }

  #set(layers: readonly DockTraits[]): void {
    this.#layers = layers
    this.#timing = undefined
  }
}

/** Steps of jobs are merged one by one. */
function merged(base: Timing, layers: readonly DockTraits[]): Timing {
  return layers.reduce<Timing>(
    (all, { timing }) => ({ ...all, ...timing, steps: { ...all.steps, ...timing?.steps } }),
    base,
  )
}
