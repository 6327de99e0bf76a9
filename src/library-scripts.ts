import { HarnessError } from '../contracts/index.ts'
import type { Dock, DownRequest, Selectable } from '../simulator/index.ts'
import { createSelection } from '../simulator/index.ts'
import type { RigEvents } from './library-events.ts'
import type { Rig, ScriptedDevice, ScriptFile } from './scenario/index.ts'
import { applyScripted, renderTemplates, rulesOf, valueAt } from './scenario/index.ts'

/** A script that is in force. */
export interface AppliedScript {
  readonly id: string
  /** Where it came from: a file, `library`, `control`. */
  readonly source: string
  /** Names of the docks that follow it now. */
  readonly docks: readonly string[]
  readonly script: ScriptFile
  /** Takes it back; properties that it gave to docks stay. */
  readonly undo: () => void
}

interface Rule {
  readonly isChosen: (dock: Selectable) => boolean
  readonly scripted: ScriptedDevice
}

/** What a script did to one dock. */
interface Following {
  readonly undo: readonly (() => void)[]
  /** The properties that it was given, as JSON. */
  readonly initial: string
}

interface Entry {
  readonly id: string
  readonly source: string
  readonly script: ScriptFile
  readonly rules: readonly Rule[]
  readonly followers: Map<string, Following>
}

/** The scripts of a rig. The newest is asked first; docks that are added later follow those that fit them. */
export class ScriptDesk {
  readonly #rig: Pick<Rig, 'fleet'>
  readonly #seed: number
  readonly #events: RigEvents
  /** Oldest first. */
  #entries: readonly Entry[] = []
  #count = 0

  constructor(
    rig: Pick<Rig, 'fleet'>,
    { seed, events }: { readonly seed: number; readonly events: RigEvents },
  ) {
    this.#rig = rig
    this.#seed = seed
    this.#events = events
  }

  /** Newest first. */
  get list(): readonly AppliedScript[] {
    return this.#entries.toReversed().map((entry) => this.#shown(entry))
  }

  /** Those that a dock follows, newest first. */
  of(name: string): readonly AppliedScript[] {
    return this.#entries
      .filter(({ followers }) => followers.has(name))
      .toReversed()
      .map((entry) => this.#shown(entry))
  }

  /** Puts a script before all others; with the id of an earlier one, in its stead. Throws DEVICE_UNKNOWN or OPTION_INVALID. */
  apply(
    script: ScriptFile,
    { source, instead }: { readonly source: string; readonly instead?: string | undefined },
  ): AppliedScript {
    for (const name of Object.keys(script.devices ?? {})) if (name !== '*') this.#rig.fleet.get(name)
    const before = instead === undefined ? undefined : this.#find(instead)
    const entry: Entry = {
      id: before?.id ?? `script-${++this.#count}`,
      source,
      script,
      rules: rulesOf(script).map(({ selector, scripted }) => ({
        isChosen: createSelection(selector, this.#seed),
        scripted,
      })),
      followers: new Map(),
    }
    if (before !== undefined) this.#takeOff(before)
    this.#entries = [...this.#entries, entry]
    for (const dock of this.#rig.fleet.docks)
      this.#follow(entry, dock, before?.followers.get(dock.name)?.initial)
    this.#events.script(entry.id, source, { to: 'applied', docks: entry.followers.size })
    return this.#shown(entry)
  }

  /** A dock was made: it follows what fits it. */
  welcome(dock: Dock): void {
    for (const entry of this.#entries) this.#follow(entry, dock, undefined)
  }

  /** A dock was taken away. */
  forget(name: string): void {
    for (const { followers } of this.#entries) followers.delete(name)
  }

  #follow({ rules, followers }: Entry, dock: Dock, initialBefore: string | undefined): void {
    const { fleet } = this.#rig
    const { name, model } = dock
    const chosen = rules.filter(({ isChosen }) => isChosen({ name, model, tags: fleet.tagsOf(name) }))
    if (chosen.length === 0) return
    const initial = JSON.stringify(chosen.map((rule) => rule.scripted.initial ?? null))
    // A file that was saved again must not put a dock back that has moved on.
    const isSame = initial === initialBefore
    const undo = chosen.map(({ scripted: { initial: fields, ...others } }) =>
      applyScripted(
        fleet,
        dock,
        isSame || fields === undefined ? others : { ...others, initial: fields },
        surroundings,
      ),
    )
    followers.set(name, { undo, initial })
  }

  #find(id: string): Entry {
    const entry = this.#entries.find((each) => each.id === id)
    if (entry !== undefined) return entry
    throw new HarnessError(
      'OPTION_INVALID',
      `Cannot replace the script "${id}": there is none. Look at the list of scripts in force.`,
    )
  }

  #drop(entry: Entry): void {
    if (!this.#entries.includes(entry)) return
    this.#takeOff(entry)
    this.#events.script(entry.id, entry.source, { to: 'removed', docks: entry.followers.size })
  }

  #takeOff(entry: Entry): void {
    this.#entries = this.#entries.filter((other) => other !== entry)
    for (const { undo } of entry.followers.values()) for (const takeBack of undo) takeBack()
  }

  #shown(entry: Entry): AppliedScript {
    const { id, source, script, followers } = entry
    return {
      id,
      source,
      script,
      // Looked up when it is asked for: a fleet has many.
      get docks() {
        return [...followers.keys()]
      },
      undo: () => this.#drop(entry),
    }
  }
}

/** Outside a scenario a script may name the request only. */
const surroundings = {
  fill: (value: unknown, request: DownRequest): unknown =>
    renderTemplates(value, (expression) => {
      const [root, ...path] = expression.split('.')
      return root === 'request' ? valueAt(request, path) : undefined
    }),
  tidOf: (command: string): string => command,
}
