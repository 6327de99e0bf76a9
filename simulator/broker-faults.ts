import type { AedesPublishPacket, PublishPacket } from 'aedes'
import type { Clock } from './clock.ts'
import type { Random } from './identity.ts'

/** Trouble of a broker: every forwarded message is late by `delayMs`, or lost with a probability. */
export interface FaultLevel {
  readonly delayMs: number
  /** 0 to 1. */
  readonly loss: number
  /** How much later than a message of the platform its PUBACK comes; 0 leaves it before the message. */
  readonly pubackMs: number
}

/** Acts per message at forwarding, seeded; a lost message is not sent again, whatever its quality of service. */
export class BrokerFaults {
  readonly #clock: Clock
  readonly #random: Random
  readonly #held = new Set<() => void>()
  #level: FaultLevel = { delayMs: 0, loss: 0, pubackMs: 0 }
  /** Messages that have waited already and now pass. */
  readonly #late = new WeakSet<Uint8Array>()

  constructor(clock: Clock, random: Random) {
    this.#clock = clock
    this.#random = random
  }

  set(level: FaultLevel): void {
    this.#level = level
    // Who waits for a PUBACK cannot leave in good order.
    if (level.pubackMs === 0) for (const release of this.#held) release()
  }

  /** Whether the PUBACK of a message is held back; `acknowledge` is called when its time has come. */
  holdsPuback(acknowledge: () => void): boolean {
    const { pubackMs } = this.#level
    if (pubackMs === 0) return false
    const release = (): void => {
      if (this.#held.delete(release)) acknowledge()
    }
    this.#held.add(release)
    this.#clock.after(pubackMs, release)
    return true
  }

  /** Whether the message passes now; one that is delayed is handed to `deliver` when its time has come. */
  passes(packet: AedesPublishPacket, deliver: (late: PublishPacket) => void): boolean {
    const { delayMs, loss } = this.#level
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload
    if (this.#late.has(payload)) return true
    if (loss > 0 && this.#random() < loss) return false
    if (delayMs === 0) return true
    // A copy of the bytes, since one payload object is shared by all receivers of a message.
    const copy = Buffer.from(payload)
    this.#late.add(copy)
    this.#clock.after(delayMs, () =>
      deliver({
        cmd: 'publish',
        topic: packet.topic,
        payload: copy,
        qos: packet.qos,
        retain: false,
        dup: false,
      }),
    )
    return false
  }
}
