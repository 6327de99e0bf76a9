import type { Model } from '../contracts/index.ts'
import type { Behavior, Stage } from './behavior.ts'
import type { Clock } from './clock.ts'
import type { DockState } from './dock-state.ts'
import type { DockIdentity } from './identity.ts'
import type { Introduction } from './introduction.ts'
import type { Actor } from './player.ts'
import type { Timing } from './timing.ts'
import type { Transport } from './transport.ts'

/** What a virtual dock is made of. */
export interface DockOptions {
  readonly name: string
  readonly identity: DockIdentity
  readonly model: Model
  readonly aircraftModel: Model | undefined
  readonly initial: DockState
  /** Newest first. */
  readonly behaviors: readonly Behavior[]
  readonly clock: Clock
  readonly timing: Timing
  readonly newId: () => string
  readonly random: () => number
  readonly introduction: Introduction | undefined
  readonly telemetry: 'on' | 'off'
  /** Opens the dock's connection to the broker. */
  readonly connect: (will: { readonly topic: string; readonly payload: Uint8Array }) => Promise<Transport>
  /** Plays one stage's effects; the fleet does it, since some effects concern other docks. */
  readonly perform: (dock: Actor, stage: Stage) => Promise<void>
  /** Told of what goes wrong while a plan is played: a template of a script that cannot be filled, for instance. */
  readonly onTrouble: (error: unknown) => void
}
