import { HarnessError } from '../contracts/index.ts'
import type { TrackedCommand, Watcher } from './scenario/index.ts'
import { jsonOf, noteStatus, watchCommand } from './scenario/index.ts'

/** Fields of a command as the platform shows them; what is not known is missing. */
export interface CommandFields {
  readonly command_id: string
  readonly status: string
  readonly vendor?: string
  readonly device_id?: string
  readonly command_type?: string
  readonly accepted_at?: string
  readonly delivered_at?: string
  readonly completed_at?: string
  readonly response_received_at?: string
  readonly updated_at?: string
  readonly response_code?: string
  readonly response_message?: string
  readonly vendor_response?: Readonly<Record<string, unknown>>
  readonly failure_code?: string
  readonly failure_reason?: string
}

export interface ReachOptions {
  /** Scenario time that it may take, in milliseconds. Default: the command's timeout and the gateway's slack. */
  readonly withinMs?: number
}

/** A command that was sent through a rig. Its fields are those of the last answer that was read. */
export class Command implements CommandFields {
  readonly #watcher: Watcher
  readonly #tracked: TrackedCommand
  #fields: CommandFields

  constructor(watcher: Watcher, tracked: TrackedCommand) {
    this.#watcher = watcher
    this.#tracked = tracked
    this.#fields = jsonOf(tracked.created) as CommandFields
    noteStatus(tracked, tracked.created)
  }

  get command_id(): string {
    return this.#fields.command_id
  }
  get status(): string {
    return this.#fields.status
  }
  get response_code(): string {
    return this.#fields.response_code ?? ''
  }
  get response_message(): string {
    return this.#fields.response_message ?? ''
  }
  get vendor_response(): Readonly<Record<string, unknown>> {
    return this.#fields.vendor_response ?? {}
  }
  /** The whole last answer. */
  get fields(): CommandFields {
    return this.#fields
  }
  /** Every status that was seen, in order. */
  get lifecycle(): readonly string[] {
    return this.#tracked.seen.map(({ status }) => status)
  }

  /**
   * Waits until the command shows the status, in scenario time. Throws an Error that says what it shows instead, as soon
   * as it has ended otherwise or the time is over.
   */
  async reaches(status: string, { withinMs }: ReachOptions = {}): Promise<this> {
    const { pace, profile } = this.#watcher.rig
    const { sentAt, timeoutMs } = this.#tracked
    const deadline =
      withinMs === undefined ? sentAt + timeoutMs + profile.slack_ms + 1_000 : pace.clock.now() + withinMs
    const reached = await watchCommand(this.#watcher, this.#tracked, deadline, (exchange) => {
      this.#fields = (jsonOf(exchange) ?? this.#fields) as CommandFields
      if (this.status === status) return 'yes'
      return ended.has(this.status) ? 'no' : undefined
    })
    if (reached === 'yes') return this
    throw new Error(
      `Cannot see the command reach ${status}: it shows ${this.status} (seen: ${this.lifecycle.join(', ')}; response_code "${this.response_code}"). Check what the device answered.`,
    )
  }

  /** Reads the command once more. Throws GATEWAY_UNREACHABLE when there is no answer. */
  async read(): Promise<CommandFields> {
    const { pace } = this.#watcher.rig
    await watchCommand(this.#watcher, this.#tracked, pace.clock.now(), (exchange) => {
      if (exchange.outcome.kind === 'unanswered') {
        throw new HarnessError(
          'GATEWAY_UNREACHABLE',
          `Cannot read the command: ${exchange.outcome.why}. Check that the gateway runs.`,
        )
      }
      this.#fields = (jsonOf(exchange) ?? this.#fields) as CommandFields
      return 'read'
    })
    return this.#fields
  }
}

const ended = new Set(['SUCCEEDED', 'FAILED', 'TIMED_OUT'])
