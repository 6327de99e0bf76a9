import type { Aedes, AedesPublishPacket, Client, PublishPacket } from 'aedes'
import type { Activity } from './activity.ts'
import type { BrokerFaults } from './broker-faults.ts'

/**
 * Lets a message go on before its PUBACK. The library acknowledges before it forwards: where the PUBACK has to wait, a copy
 * of the message goes on at once, and the original becomes one of QoS 0, for which none is due, and goes nowhere.
 */
export class HeldPubacks {
  readonly #aedes: Aedes
  readonly #faults: BrokerFaults
  readonly #activity: Activity
  readonly #copied = new WeakSet<object>()

  constructor(aedes: Aedes, faults: BrokerFaults, activity: Activity) {
    this.#aedes = aedes
    this.#faults = faults
    this.#activity = activity
  }

  /** Called with a message before the library acknowledges it, which it does when `accept` is called. */
  hold(client: Client, packet: PublishPacket, accept: () => void): void {
    const { qos, messageId } = packet
    if (qos !== 1 || messageId === undefined) return accept()
    let goOn = (): void => undefined
    const isHeld = this.#faults.holdsPuback(() => {
      goOn()
      if (!client.conn.destroyed) client.conn.write(puback(messageId))
    })
    if (!isHeld) return accept()
    // The sender counts its publish as work under way until the PUBACK is there.
    goOn = this.#activity.waitForTimer()
    client.conn.once('close', goOn)
    const copy = { ...packet }
    const payload = Buffer.from(packet.payload)
    this.#copied.add(payload)
    Object.assign(packet, { qos: 0, retain: false, payload })
    // The original must come after the copy: the library numbers messages, and takes one that was overtaken for a duplicate.
    this.#aedes.publish(copy, accept)
  }

  /** Whether a copy of the message has gone on instead of it. */
  isCopied({ payload }: AedesPublishPacket): boolean {
    return typeof payload === 'object' && this.#copied.has(payload)
  }
}

/** PUBACK of MQTT 3.1.1, chapter 3.4. */
function puback(messageId: number): Buffer {
  return Buffer.of(0x40, 2, messageId >> 8, messageId & 0xff)
}
