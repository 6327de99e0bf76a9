import type { JsonObject } from '../contracts/index.ts'
import { encodeEnvelope, formatTopic } from '../contracts/index.ts'
import type { Answer, DownRequest, Effect, Plan, Question, Speaker, Stage, Utterance } from './behavior.ts'
import type { DockState } from './dock-state.ts'
import type { HeldReplies } from './held-replies.ts'
import type { Timers } from './timers.ts'
import type { PublishOptions } from './transport.ts'

/** A dock, as far as it plays plans. */
export interface Actor {
  readonly name: string
  readonly gateway_sn: string
  readonly timers: Timers
  readonly held: HeldReplies
  restart(awayMs: number): Promise<void>
  dropLine(): void
  untilOnline(): Promise<void>
  change(patch: (state: DockState) => DockState): void
  ask(question: Question): Promise<Answer>
  /** Whether an `events_reply` of that tid comes before the dock says the event again, `attempt` times said before. */
  acknowledged(tid: string, attempt: number): Promise<boolean>
  publish(topic: string, payload: Uint8Array, options: PublishOptions & { retain: boolean }): Promise<void>
  perform(stage: Stage): Promise<void>
}

/** What a player needs of the fleet. */
export interface Company {
  get(name: string): Actor
  forge(name: string, topic: string, payload: Uint8Array): Promise<void>
}

/** Plays a plan to its end, stage by stage: each is asked for when the one before has happened. */
export async function play(plan: () => Plan, { call }: DownRequest, dock: Actor): Promise<void> {
  for (const stage of plan()) {
    await dock.timers.pass(stage.delayMs)
    if (stage.held === 'until-released') await dock.held.hold(call)
    await dock.perform(stage)
  }
}

/** Lets happen what a stage of a plan says, in order; some of it concerns other docks. */
export async function perform(fleet: Company, dock: Actor, stage: Stage): Promise<void> {
  for (const effect of stage.effects) await letHappen(fleet, dock, effect)
}

async function letHappen(fleet: Company, dock: Actor, effect: Effect): Promise<void> {
  switch (effect.kind) {
    case 'say':
      return say(fleet, dock, effect.message())
    case 'dropLine':
      dock.dropLine()
      return dock.untilOnline()
    case 'change':
      dock.change(effect.patch)
      return undefined
    case 'restart':
      return dock.restart(effect.awayMs)
    case 'insist':
      return insist(fleet, dock, effect.message)
    case 'ask':
      effect.hear(await dock.ask(effect.question))
      return undefined
    default:
      return effect satisfies never
  }
}

/** The first time and three times more: whoever is silent for over a minute will not answer. */
const attempts = 4

async function insist(fleet: Company, dock: Actor, message: () => Utterance): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const utterance = message()
    const { payload } = utterance
    const tid = payload instanceof Uint8Array ? '' : String(payload['tid'])
    const answer = dock.acknowledged(tid, attempt)
    await say(fleet, dock, utterance)
    if (await answer) return
  }
}

async function say(fleet: Company, dock: Actor, utterance: Utterance): Promise<void> {
  const { speaker, family, sn, qos, retain } = utterance
  const bytes = bytesOf(utterance.payload)
  if (speaker.kind === 'forge')
    return fleet.forge(dock.name, formatTopic(family, fleet.get(speaker.device).gateway_sn), bytes)
  const voice = voiceOf(fleet, dock, speaker)
  return voice.publish(formatTopic(family, sn ?? voice.gateway_sn), bytes, { qos, retain })
}

function voiceOf(fleet: Company, dock: Actor, speaker: Exclude<Speaker, { kind: 'forge' }>): Actor {
  return speaker.kind === 'from' ? fleet.get(speaker.device) : dock
}

function bytesOf(payload: JsonObject | Uint8Array): Uint8Array {
  return payload instanceof Uint8Array ? payload : encodeEnvelope(payload)
}
