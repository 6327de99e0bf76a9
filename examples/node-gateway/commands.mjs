import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { parseReply } from './reply.mjs'

/**
 * The commands in memory and their life: ACCEPTED, DELIVERED, then SUCCEEDED, FAILED, TIMED_OUT or UNMATCHED_RESPONSE.
 *
 * Nothing here is asynchronous between looking a key up and storing the command, so simultaneous copies of a request
 * cannot become two commands (rule: create-replay-simultaneous).
 */
export class Commands {
  #devices
  #send
  #byId = new Map()
  #byKey = new Map()
  #byTid = new Map()

  /**
   * @param {Map<string, string>} devices device id → serial number of its gateway
   * @param {(topic: string, message: object, onSent: (sent: boolean) => void) => boolean} send
   *   false when there is no connection
   */
  constructor(devices, send) {
    this.#devices = devices
    this.#send = send
  }

  /** @returns {{ command?: object, conflict?: boolean }} the new command, or the one that the key already has */
  create(request, rawBody) {
    // rule: create-same-when-parsed (may). Here "the same request" means the same bytes.
    const fingerprint = createHash('sha256').update(rawBody).digest('hex')
    const known = this.#byKey.get(request.idempotency_key)
    if (known) return known.fingerprint === fingerprint ? { command: known } : { conflict: true }

    const command = {
      id: randomUUID().toUpperCase(),
      tid: randomBytes(16).toString('hex'),
      fingerprint,
      request,
      // rule: create-refuses-device (may). An unknown device has no gateway: its command is never sent, and times out.
      gatewaySn: this.#devices.get(request.device_id),
      status: 'ACCEPTED',
      sent: false,
      acceptedAt: Date.now(),
    }
    this.#byId.set(command.id, command)
    this.#byKey.set(request.idempotency_key, command)
    this.#byTid.set(command.tid, command)
    // rule: lifecycle-deadline-from-acceptance
    setTimeout(() => this.#expire(command), (request.timeout_seconds ?? 30) * 1000)
    this.#dispatch(command)
    return { command }
  }

  find(id) {
    return this.#byId.get(id)
  }

  /** Sends what had to wait for the broker; what has timed out since is not sent any more. */
  flush() {
    for (const command of this.#byId.values()) {
      if (command.status === 'ACCEPTED' && !command.sent) this.#dispatch(command)
    }
  }

  /** Takes one message of `services_reply`. Whatever is not a reply changes nothing (rule: reply-malformed). */
  receive(gatewaySn, payload) {
    const reply = parseReply(payload)
    if (!reply) return

    // rule: reply-by-tid; reply-topic (may): a known tid counts on whichever topic it comes.
    const command = this.#byTid.get(reply.tid)
    if (command) this.#settle(command, reply)
    else this.#noteUnmatched(gatewaySn, reply)
  }

  #dispatch(command) {
    if (command.gatewaySn === undefined) return
    const message = {
      tid: command.tid,
      bid: command.id,
      timestamp: Date.now(),
      method: command.request.command_type,
      // rule: mqtt-payload. No arguments go out as null, as DJI's own examples print them.
      data: Object.keys(command.request.payload).length === 0 ? null : command.request.payload,
    }
    command.sent = this.#send(`thing/product/${command.gatewaySn}/services`, message, (sent) => {
      command.sent = sent
      if (!sent) return
      command.deliveredAt = Date.now()
      if (command.status === 'ACCEPTED') command.status = 'DELIVERED'
    })
  }

  #settle(command, reply) {
    if (command.status === 'SUCCEEDED' || command.status === 'FAILED') return
    // rule: lifecycle-timed-out-final (may). A late reply is shown, but the status stays what it is.
    command.reply = reply
    command.repliedAt = Date.now()
    if (command.status === 'TIMED_OUT' || command.status === 'UNMATCHED_RESPONSE') return
    command.status = reply.succeeded ? 'SUCCEEDED' : 'FAILED'
    command.completedAt = command.repliedAt
  }

  #noteUnmatched(gatewaySn, reply) {
    // The bid is the command's id, so it names one command and no other.
    const command = this.#byId.get(reply.bid)
    if (command?.gatewaySn === gatewaySn && command.request.command_type === reply.method)
      command.unmatched = true
  }

  #expire(command) {
    if (command.status !== 'ACCEPTED' && command.status !== 'DELIVERED') return
    // rule: unmatched-provisional (may). An unmatched reply shows at the deadline and not before.
    command.status = command.unmatched ? 'UNMATCHED_RESPONSE' : 'TIMED_OUT'
    command.completedAt = Date.now()
  }
}
