import type { FastifyBaseLogger } from 'fastify'
import type { Command } from './command.ts'
import type { Lifeline } from './lifeline.ts'
import type { GatewayParts } from './parts.ts'
import type { Clock, Link } from './seams.ts'
import type { Store } from './store.ts'

export interface DispatcherOptions {
  readonly link: Link
  readonly clock: Clock
  readonly store: Store
  readonly lifeline: Lifeline
  readonly parts: GatewayParts
  readonly log: FastifyBaseLogger
  /** Whether a dock is on line. */
  readonly isOnline: (gateway_sn: string) => boolean
  /** The broker has acknowledged a command. */
  readonly acknowledged: (command_id: string) => Promise<void>
}

/** Publishes commands: at once when dock and broker can be reached, else when they come back. */
export class Dispatcher {
  readonly #options: DispatcherOptions
  readonly #inFlight = new Set<string>()
  /** Commands that were sent, by this gateway or the one before it, without an acknowledgement. */
  readonly #unacknowledged: Set<string>

  /** `open`: what the store holds at the start; a crash may have left some of it half sent. */
  constructor(options: DispatcherOptions, open: readonly Command[]) {
    this.#options = options
    const halfSent = open.filter(({ state, sent_at }) => state === 'accepted' && sent_at !== undefined)
    this.#unacknowledged = new Set(halfSent.map(({ command_id }) => command_id))
  }

  /** Publishes a command if that is possible now. Resolves when it is with the link, or has to wait. */
  async offer({ command_id, gateway_sn }: Command): Promise<void> {
    const { clock, store, link, isOnline } = this.#options
    if (link.state === 'offline' || !isOnline(gateway_sn)) return // rule: offline-waits
    if (this.#inFlight.has(command_id)) return // rule: one-publish
    this.#inFlight.add(command_id)
    // Claimed in the store, so that of several gateways one publishes.
    const claimed = await store.updateCommand(command_id, (command) =>
      this.#mayPublish(command) ? { ...command, sent_at: clock.now() } : undefined,
    )
    if (claimed === undefined) this.#inFlight.delete(command_id)
    else void this.#publish(claimed)
  }

  /** Offers what waits for a dock, or for any, in the order of acceptance. */
  async offerWaiting(gateway_sn?: string): Promise<void> {
    const { clock, store } = this.#options
    for (const command of await store.openCommands(gateway_sn)) {
      if (command.state === 'accepted' && clock.now() < command.deadline_at) await this.offer(command)
    }
  }

  /** The command is final: it will not be published again. */
  forget(command_id: string): void {
    this.#unacknowledged.delete(command_id)
  }

  #mayPublish({ command_id, state, sent_at }: Command): boolean {
    return state === 'accepted' && (sent_at === undefined || this.#unacknowledged.has(command_id)) // rule: one-publish
  }

  async #publish(command: Command): Promise<void> {
    const { link, clock, lifeline, parts, log, acknowledged } = this.#options
    const { command_id } = command
    this.#unacknowledged.add(command_id)
    try {
      const outgoing = parts.serviceMessage(command, clock.now())
      await lifeline.run(() => parts.publishMessage(link, outgoing))
      this.#unacknowledged.delete(command_id)
      await acknowledged(command_id) // rule: lifecycle-delivered
    } catch (error) {
      log.warn({ err: error, command_id }, 'a command was not acknowledged by the broker')
    } finally {
      this.#inFlight.delete(command_id)
    }
  }
}
