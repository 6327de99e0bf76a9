import type { Dock, DockSelector, DockTraits, Fleet, ScriptSurroundings } from '../../simulator/index.ts'
import { combineQuirks, readTiming, scriptBehavior, withInitial } from '../../simulator/index.ts'
import type { FleetRule, ScriptedDevice, ScriptFile, Selection } from './language-devices.ts'

/** Some docks, and what they do. */
export interface DockRule {
  readonly selector: DockSelector
  readonly scripted: ScriptedDevice
}

/** The rules of a script, the weakest first: those of the fleet in their order, then what is said of single docks. */
export function rulesOf({ fleet, devices }: ScriptFile): readonly DockRule[] {
  return [
    ...(fleet ?? []).map(fleetRule),
    ...Object.entries(devices ?? {}).map(([name, scripted]) => ({
      selector: name === '*' ? {} : { names: [name] },
      scripted: scripted ?? {},
    })),
  ]
}

function fleetRule({ model, tag, name, share, seed, ...scripted }: FleetRule): DockRule {
  return { selector: selectorOf({ model, tag, name, share, seed }), scripted }
}

/** Whom a selection means. */
export function selectorOf({ model, tag, name, share, seed }: Chosen): DockSelector {
  return {
    names: listOf(name),
    models: listOf(model),
    tags: listOf(tag),
    share: share === undefined ? undefined : shareOf(share),
    seed,
  }
}

type Chosen = { readonly [Word in keyof Selection]: Selection[Word] | undefined }

function listOf(value: string | readonly string[] | undefined): readonly string[] | undefined {
  return typeof value === 'string' ? [value] : value
}

/** `10%` is 0.1. */
function shareOf(share: string | number): number {
  return typeof share === 'number' ? share : Number(share.replace('%', '')) / 100
}

/** The traits that a script names. */
export function traitsOf({ quirks, timing, session }: ScriptedDevice): DockTraits {
  const names = typeof quirks === 'string' ? [quirks] : quirks
  return {
    ...(names === undefined ? {} : { quirk: combineQuirks(names) }),
    ...(timing === undefined ? {} : { timing: readTiming(timing) }),
    ...(session === undefined ? {} : { session }),
  }
}

/**
 * Lets a dock do what a script says, before all that was said earlier. Returns what takes it back; properties that it was
 * given stay.
 */
export function applyScripted(
  fleet: Fleet,
  dock: Dock,
  scripted: ScriptedDevice,
  surroundings: ScriptSurroundings,
): () => void {
  const { on, initial } = scripted
  const dropTraits = fleet.give(dock.name, traitsOf(scripted))
  const dropScript = on === undefined ? undefined : dock.use(scriptBehavior(on, surroundings))
  if (initial !== undefined) dock.change((state) => withInitial(state, initial))
  return () => {
    dropScript?.()
    dropTraits()
  }
}
