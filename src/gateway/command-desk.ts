import type { FastifyBaseLogger } from 'fastify'
import type { Command } from './command.ts'
import { isFinal } from './command-state.ts'
import type { Deadlines } from './deadlines.ts'
import { createDeadlines } from './deadlines.ts'
import { Dispatcher } from './dispatcher.ts'
import { ApiError } from './errors.ts'
import type { Lifeline } from './lifeline.ts'
import type { ReadReply } from './read-reply.ts'
import type { GatewayParts } from './parts.ts'
import type { CommandEvent } from './record-event.ts'
import type { Catalogue, Clock, DeviceDirectory, Link } from './seams.ts'
import type { Store } from './store.ts'

export interface CommandDeskOptions {
  readonly link: Link
  readonly clock: Clock
  readonly newId: () => string
  readonly store: Store
  readonly devices: DeviceDirectory
  readonly catalogue: Catalogue
  readonly lifeline: Lifeline
  readonly parts: GatewayParts
  readonly log: FastifyBaseLogger
  readonly isOnline: (gateway_sn: string) => boolean
}

/** A command that a create led to: a new one, or the one of its key. */
export interface Created {
  readonly how: 'first' | 'replay'
  readonly command: Command
}

/** Where commands are accepted, followed and looked up. Knows nothing of HTTP, and of MQTT only what a reply is. */
export class CommandDesk {
  readonly #options: CommandDeskOptions
  readonly #deadlines: Deadlines
  readonly #dispatcher: Dispatcher

  /** `open`: what the store holds at the start. */
  constructor(options: CommandDeskOptions, open: readonly Command[]) {
    this.#options = options
    this.#deadlines = createDeadlines(options.clock, (id) => this.#expire(id))
    const acknowledged = async (id: string): Promise<void> =>
      void (await this.#happen(id, { kind: 'acknowledged' }))
    this.#dispatcher = new Dispatcher({ ...options, acknowledged }, open)
  }

  /** Takes up what was open before the start: deadlines go on, and those that passed meanwhile show at once. */
  async resume(open: readonly Command[]): Promise<void> {
    for (const command of open) await this.#keepTime(command) // rule: restart-keeps
  }

  /** Accepts a create request, or finds the command of its key. Throws ApiError for everything that is refused. */
  async create(body: unknown, api_id: string): Promise<Created> {
    const { clock, newId, store, parts } = this.#options
    const verdict = parts.validateCreate(body, this.#options)
    if (verdict.kind === 'refused') throw new ApiError(verdict.code, verdict.message)
    const { request, gateway_sn } = verdict
    const scope = parts.idempotencyScope(api_id, request.idempotency_key)
    const command = parts.newCommand({ request, api_id, scope, gateway_sn, now: clock.now(), newId })
    const stored = await store.createOnce(command) // rule: create-replay-simultaneous
    if (stored.kind === 'full') throw new ApiError('RATE_LIMITED', 'Too many commands are open.', 1)
    if (stored.kind === 'created') {
      await this.#begin(command)
      return { how: 'first', command }
    }
    if (parts.judgeRepeat(stored.command.request, request) === 'conflict') {
      throw new ApiError('IDEMPOTENCY_CONFLICT', 'The idempotency key was used for another request.')
    }
    return { how: 'replay', command: stored.command }
  }

  /** The command, its deadline applied even when the timer is late. */
  async find(command_id: string): Promise<Command | undefined> {
    const { store, clock } = this.#options
    const command = await store.findCommand(command_id)
    if (command === undefined || isFinal(command.state) || clock.now() < command.deadline_at) return command
    return (await this.#happen(command_id, { kind: 'deadline' })) ?? (await store.findCommand(command_id))
  }

  /** Takes a reply from a dock's topic: it completes its command, shows on a likely one, or is nobody's. */
  async take(gateway_sn: string, reply: Extract<ReadReply, { kind: 'reply' }>): Promise<void> {
    const { store, parts, log } = this.#options
    const byTid = reply.tid === undefined ? undefined : await store.findByTid(reply.tid)
    const open = (await store.openCommands(gateway_sn)).filter(({ sent_at }) => sent_at !== undefined)
    const match = parts.matchReply({ ...reply, gateway_sn }, { byTid, open })
    if (match.kind === 'stray') {
      log.info({ gateway_sn, tid: reply.tid, method: reply.method }, 'a reply belongs to no command')
      return
    }
    const mapped = parts.mapReply(reply.data, reply.result)
    await this.#happen(match.command.command_id, { kind: match.kind, reply: mapped })
  }

  /** A dock, or the link, is back. */
  async offerWaiting(gateway_sn?: string): Promise<void> {
    await this.#dispatcher.offerWaiting(gateway_sn)
  }

  /** Takes all timers back. */
  stop(): void {
    this.#deadlines.clear()
  }

  async #begin(command: Command): Promise<void> {
    const hasTime = this.#options.clock.now() < command.deadline_at
    if (hasTime) this.#deadlines.arm(command)
    await this.#dispatcher.offer(command)
    if (!hasTime) await this.#happen(command.command_id, { kind: 'deadline' }) // rule: create-timeout-zero
  }

  async #keepTime(command: Command): Promise<void> {
    if (this.#options.clock.now() < command.deadline_at) this.#deadlines.arm(command)
    else await this.#happen(command.command_id, { kind: 'deadline' })
  }

  #expire(command_id: string): void {
    this.#happen(command_id, { kind: 'deadline' }).catch((error: unknown) => {
      this.#options.log.error({ err: error, command_id }, 'a deadline could not be recorded')
    })
  }

  /** Records an event; `undefined` when the lifecycle refused it. */
  async #happen(command_id: string, event: CommandEvent): Promise<Command | undefined> {
    const { clock, store, parts } = this.#options
    const at = clock.now()
    const changed = await store.updateCommand(command_id, (command) =>
      parts.recordEvent(command, event, at, parts.nextState),
    )
    if (changed === undefined) return undefined
    if (isFinal(changed.state)) {
      this.#deadlines.disarm(command_id)
      this.#dispatcher.forget(command_id)
    } else {
      this.#deadlines.arm(changed)
    }
    return changed
  }
}
