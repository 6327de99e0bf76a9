import type { CommandRecord, Group, Interval, ReadRun, Sending } from '../command-record.ts'
import type { Envelope } from '../envelope.ts'
import type { Level } from '../finding.ts'
import type { Frame } from '../frame.ts'
import type { HeardAnswer, HeardExchange } from '../heard-exchange.ts'
import type { History } from '../history.ts'
import type { Seal } from '../seal.ts'
import type { Story } from '../story.ts'
import type { Topic } from '../topic.ts'

/** What was seen, what was due, and the `seq` of what proves it. */
export interface Breach {
  readonly seen: string
  readonly due: string
  readonly evidence: readonly number[]
  /** Where the case is less binding than the rule as a whole. */
  readonly level?: Level
}

/** What a check says: the rule was not reached, was kept, or was broken. */
export type Ruling = undefined | 'kept' | Breach

/** An answered HTTP exchange, and what a correct gateway thinks of its signature. */
export interface AnswerCase {
  readonly heard: HeardExchange
  readonly answer: HeardAnswer
  readonly seal: Seal
  /** The command that it created or read. */
  readonly command?: CommandRecord
}

/** A delivered message on one of DJI's topics. */
export interface FrameCase {
  readonly frame: Frame
  readonly topic: Topic
  /** Missing for a payload that is no JSON object. */
  readonly envelope?: Envelope
  /** Of a `services` message with a `tid` and a `method`. */
  readonly sending?: Sending
  /** Its `tid` had another meaning before. */
  readonly isReused?: boolean
}

/** A read of a command, and the run of like reads that it belongs to. */
export interface ReadCase {
  readonly command: CommandRecord
  readonly run: ReadRun
  readonly read: Interval
}

/** One rule over one kind of case, in a few lines. */
export type AnswerCheck = Named & { readonly check: (of: AnswerCase, history: History) => Ruling }
export type FrameCheck = Named & { readonly check: (of: FrameCase, history: History) => Ruling }
export type ReadCheck = Named & { readonly check: (of: ReadCase, history: History) => Ruling }
/** May be asked again whenever the command is read, and once at the end; says only what is certain. */
export type TiedCheck = Named & { readonly check: (of: Story, history: History) => Ruling }
/** Asked once at the end, of a group whose messages have been tied to its commands; `surplus` are the others. */
export type GroupCheck = Named & {
  readonly check: (of: GroupCase, history: History) => readonly Exclude<Ruling, undefined>[]
}

export interface GroupCase {
  readonly group: Group
  readonly surplus: readonly Sending[]
}

interface Named {
  readonly rule: string
}

/** `kept` when `holds`, else the breach. */
export function rule(holds: boolean, breach: () => Breach): Ruling {
  return holds ? 'kept' : breach()
}

/** The `seq` of an exchange, at which its answer was there. */
export function seqOf({ exchange }: HeardExchange): number {
  return exchange.seqDone
}

/** A value as it stands in a finding. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}

/** An answer as it stands in a finding: status and code. */
export function shownAnswer({ status, code }: HeardAnswer): string {
  return code === undefined ? `${status}` : `${status} ${code}`
}
