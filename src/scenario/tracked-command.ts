import type { HttpExchange } from '../../contracts/index.ts'
import { isJsonObject } from '../../contracts/index.ts'
import { jsonOf, statusOf } from './caller.ts'

/** A status that a command showed, and where. */
export interface SeenStatus {
  readonly status: string
  readonly at: number
  readonly seq: number
}

/** A command that a test sent, with everything that it has shown so far. */
export interface TrackedCommand {
  /** Name that the scenario gave it, or its place in order: `command 2`. */
  readonly name: string
  readonly command_id: string | undefined
  /** Name of its device as the scenario wrote it. */
  readonly device: string
  readonly gateway_sn: string | undefined
  readonly sentAt: number
  readonly timeoutMs: number
  /** Whose command it is: reads are signed for the same API ID. */
  readonly owner: 'first' | 'second'
  /** The answer to the request that created it. */
  readonly created: HttpExchange
  /** Changes of status, oldest first; the creating answer counts. */
  readonly seen: SeenStatus[]
  /** Statuses that a step waited for and saw. */
  readonly awaited: Set<string>
  /** The last answer that was shown in the timeline, so that equal polls are not shown again. */
  lastShown: string
}

/** The contract's default of `timeout_seconds` (rule: create-default-timeout). */
const defaultTimeoutSeconds = 30

export interface SentCommand {
  readonly name: string
  readonly device: string
  readonly gateway_sn: string | undefined
  readonly body: Readonly<Record<string, unknown>>
  readonly owner?: 'first' | 'second'
}

/** Begins to follow a command from the answer to its request. */
export function trackCommand(sent: SentCommand, exchange: HttpExchange): TrackedCommand {
  const answer = jsonOf(exchange)
  const id = isJsonObject(answer) ? answer['command_id'] : undefined
  const seconds = sent.body['timeout_seconds']
  return {
    name: sent.name,
    command_id: typeof id === 'string' ? id : undefined,
    device: sent.device,
    gateway_sn: sent.gateway_sn,
    sentAt: exchange.sentAt,
    timeoutMs: (typeof seconds === 'number' ? seconds : defaultTimeoutSeconds) * 1000,
    owner: sent.owner ?? 'first',
    created: exchange,
    seen: [],
    awaited: new Set(),
    lastShown: '',
  }
}

/** Takes in an answer; returns the status when it is another one than before. */
export function noteStatus(command: TrackedCommand, exchange: HttpExchange): SeenStatus | undefined {
  const answer = jsonOf(exchange)
  const status = isJsonObject(answer) ? answer['status'] : undefined
  if (statusOf(exchange) >= 300 || typeof status !== 'string') return undefined
  if (command.seen.at(-1)?.status === status) return undefined
  const seen = { status, at: exchange.doneAt, seq: exchange.seqDone }
  command.seen.push(seen)
  return seen
}
