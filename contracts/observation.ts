import type { HttpExchange } from './exchange.ts'
import type { Frame } from './frame.ts'

/** Everything that the judge may hear, in the order in which it happened. */
export type Observation =
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'http'; readonly exchange: HttpExchange }
  /** A dock's link came up (announced and acknowledged by the broker) or went away. */
  | {
      readonly kind: 'dock'
      readonly seq: number
      readonly at: number
      readonly gateway_sn: string
      readonly link: 'up' | 'down'
    }
  /** The gateway was stopped, killed, or is ready again. */
  | { readonly kind: 'gateway'; readonly seq: number; readonly at: number; readonly is: 'ready' | 'stopped' }
  /** The broker was stopped or started, or a fault (delay, loss) was switched on: deadlines then say less. */
  | {
      readonly kind: 'broker'
      readonly seq: number
      readonly at: number
      readonly is: 'up' | 'down' | 'faulty'
    }
