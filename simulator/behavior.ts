import type { JsonObject, Product, UpFamily } from '../contracts/index.ts'
import type { DockState } from './dock-state.ts'
import type { DockIdentity } from './identity.ts'
import type { Timing } from './timing.ts'

/** A request that a dock received on one of its down topics. */
export interface DownRequest {
  readonly family: 'services' | 'property/set' | 'drc/down'
  /** Missing fields of the envelope are empty texts. */
  readonly tid: string
  readonly bid: string
  readonly method: string
  readonly data: unknown
  /** Which call of this dock it is, from 1. */
  readonly call: number
  /** Scenario time, milliseconds since the epoch. */
  readonly at: number
}

/** Whose connection says a message: the dock's own, another dock's, or a second one of this dock that forges. */
export type Speaker =
  | { readonly kind: 'self' }
  | { readonly kind: 'from'; readonly device: string }
  | { readonly kind: 'forge'; readonly device: string }

/** A message that a dock is about to send; an object is sent as JSON. */
export interface Utterance {
  readonly speaker: Speaker
  readonly family: UpFamily
  /** Serial number in the topic, when it is not the speaker's own: osd and state of an aircraft. */
  readonly sn?: string
  readonly payload: JsonObject | Uint8Array
  readonly qos: 0 | 1 | 2
  readonly retain: boolean
}

/** What happens at one moment of a plan. Messages are made when they are sent, so that time and templates are right. */
export type Effect =
  | { readonly kind: 'say'; readonly message: () => Utterance }
  /** Says the message again, under a new tid, until the cloud acknowledges it or the dock gives up. */
  | { readonly kind: 'insist'; readonly message: () => Utterance }
  /** The line breaks and comes back by itself; what follows waits for that. */
  | { readonly kind: 'dropLine' }
  /** The dock itself changes. */
  | { readonly kind: 'change'; readonly patch: (state: DockState) => DockState }
  /** The dock restarts: gone for so long, then it announces itself. */
  | { readonly kind: 'restart'; readonly awayMs: number }
  /** The dock asks the cloud; what follows waits for the answer, `undefined` when none came in time. */
  | { readonly kind: 'ask'; readonly question: Question; readonly hear: (answer: Answer) => void }

/** A request of the device on its `requests` topic. */
export interface Question {
  readonly method: string
  readonly data: JsonObject | null
}

/** `data` of the `requests_reply`, or nothing. */
export type Answer = JsonObject | undefined

/** A moment of a plan: after the stage before, wait, perhaps until released, then let things happen. */
export interface Stage {
  readonly delayMs: number
  readonly held: 'until-released' | 'never'
  readonly effects: readonly Effect[]
}

/**
 * What a dock does about a request; no stages means that it stays silent. Each stage is asked for when the one before
 * has happened, so a generator may look at the dock again and go on differently.
 */
export type Plan = Iterable<Stage>

/** What a behaviour may ask of its dock. */
export interface DockView {
  readonly name: string
  readonly gateway_sn: string
  readonly aircraft_sn: string
  readonly model: string
  readonly product: Product
  /** Key of the aircraft's model (`0-91-0`), its table of properties and its first camera; a dock without one has none. */
  readonly aircraft: AircraftKind | undefined
  readonly identity: DockIdentity
  readonly timing: Timing
  readonly state: DockState
  now(): number
  newId(): string
  random(): number
}

export interface AircraftKind {
  /** Id of the model, such as `m3td`. */
  readonly id: string
  readonly key: string
  readonly product: Product
  readonly cameras: readonly string[]
}

/** Looks at one request and says what to do, or nothing to let the next behaviour try. Newest first, first answer wins. */
export interface Behavior {
  readonly name: string
  answer(request: DownRequest, dock: DockView): Plan | undefined
}

/** The plan of the first behaviour that answers. */
export function firstAnswer(behaviors: readonly Behavior[], request: DownRequest, dock: DockView): Plan {
  for (const behavior of behaviors) {
    const plan = behavior.answer(request, dock)
    if (plan !== undefined) return plan
  }
  return []
}
