/** The parts of a virtual rig that may send a frame; `stranger` is a connection that neither the platform nor a dock owns. */
export type Sender =
  | { readonly kind: 'platform' }
  | { readonly kind: 'dock'; readonly gateway_sn: string }
  | { readonly kind: 'stranger'; readonly client_id: string }

/**
 * One MQTT message as the broker's tap heard it. Knows nothing of what it means.
 * `sender` is missing on an outside broker, where only the subscription's view exists.
 */
export interface Frame {
  /** Position in the rig's one order of everything that happened (frames and HTTP exchanges share it). */
  readonly seq: number
  /** Scenario time, milliseconds since the Unix epoch. */
  readonly at: number
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: 0 | 1 | 2
  readonly retain: boolean
  readonly sender?: Sender
  /** Why the broker did not forward it; missing for a frame that was forwarded. */
  readonly refused?: string
}
