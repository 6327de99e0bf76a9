import type { BehaviorSpec } from '../../simulator/index.ts'

/** What a dock does with its first, second, … call; the last entry repeats. */
export type Answers = readonly BehaviorSpec[]

/**
 * One thing that is done to the rig, as plain data. Numbers name docks, commands and held replies by their place; they
 * are taken modulo what is there, so that every act stays meaningful while others are removed around it. Acts that make no
 * sense where they stand (a query before any command) are left out.
 */
export type Act =
  | {
      readonly kind: 'send'
      readonly dock: number
      /** Seconds; absent for the contract's default. */
      readonly timeout?: number
      /** A fresh key, or that of an earlier command. */
      readonly key: 'fresh' | number
      /** With the key of an earlier command: what is asked for differently, or in another order, or by whom. */
      readonly change: 'none' | 'timeout' | 'dock' | 'method' | 'payload' | 'order' | 'caller'
      readonly method: string
      /** How many copies are sent at the same time. */
      readonly copies: number
      readonly credential: 'first' | 'second'
    }
  | { readonly kind: 'wait'; readonly ms: number }
  /** Waits until so many milliseconds from the deadline of a command. */
  | { readonly kind: 'deadline'; readonly of: number; readonly offset: number }
  | { readonly kind: 'query'; readonly of: number }
  | { readonly kind: 'release'; readonly dock: number; readonly which: number }
  | { readonly kind: 'script'; readonly dock: number; readonly answers: Answers }
  /** Disconnects a dock that is on line, connects one that is not. */
  | { readonly kind: 'line'; readonly dock: number; readonly how: 'clean' | 'cut' | 'silent' }
  /** Starts a gateway that is down. */
  | { readonly kind: 'gateway'; readonly how: 'restart' | 'kill' | 'stop' }
  /** Stops a broker that runs, starts one that does not; or cuts the connection of the gateway. */
  | { readonly kind: 'broker'; readonly how: 'toggle' | 'drop' }

/** What is tried: how the docks answer, and what is done. */
export interface Sequence {
  readonly docks: readonly Answers[]
  readonly acts: readonly Act[]
}

/** Names of commands in the order of their creation; scripts refer to them with `tid: { of: NAME }`. */
export const commandNames = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
] as const

/** How many commands a sequence has at most. */
export const mostCommands = commandNames.length

/** Names of the docks of a sequence. */
export const dockNames = ['drone-001', 'drone-002'] as const

/** Payloads of methods that take arguments: the usual one, another one, and the usual one in another order. */
export const payloads: Readonly<
  Record<string, { readonly usual: object; readonly other: object; readonly order: object }>
> = {
  camera_mode_switch: {
    usual: { payload_index: '52-0-0', camera_mode: 0 },
    other: { payload_index: '52-0-0', camera_mode: 1 },
    order: { camera_mode: 0, payload_index: '52-0-0' },
  },
}
