import type { JsonObject, Method } from '../contracts/index.ts'
import type { DockView, DownRequest, Effect, Stage } from './behavior.ts'
import type { DockState } from './dock-state.ts'

/** A command on its way through a dock. */
export interface Scene {
  readonly request: DownRequest
  readonly dock: DockView
  readonly method: Method
  /** `data` of the request; `{}` for the ways in which a method without arguments may say so: null, "", {}. */
  readonly data: JsonObject
}

type Patch = (state: DockState, scene: Scene) => DockState

/** What a method does in a way of its own; all else follows from the catalogue. */
export interface Deed {
  /** A code instead of 0 when the dock is not in a state for it. */
  readonly refuse?: (scene: Scene) => number | undefined
  /** What the reply says beside `result`. */
  readonly answer?: (scene: Scene) => JsonObject
  /** What the dock is like when it is done: at once for a command, at the end for a job. */
  readonly change?: Patch
  /** Of a job: what the dock is like from the beginning of a step. */
  readonly steps?: Readonly<Record<string, Patch>>
  /** Of a job: what happens between the last step and the final event. */
  readonly beforeEnd?: (scene: Scene) => readonly Effect[]
  /** What comes after the reply, of anything but a job. */
  readonly follow?: (scene: Scene) => Iterable<Stage>
}

/** Deeds by method. */
export type Deeds = Readonly<Record<string, Deed>>
