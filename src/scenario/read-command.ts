import type { HttpExchange } from '../../contracts/index.ts'
import { call } from './caller.ts'
import type { Rig } from './rig.ts'
import type { SeenStatus, TrackedCommand } from './tracked-command.ts'
import { noteStatus } from './tracked-command.ts'

/** Whoever follows commands on a rig: a scenario, or a user of the library. */
export interface Watcher {
  readonly rig: Rig
  /** Told of answers that say something new. */
  readonly show: (exchange: HttpExchange) => void
  readonly statusSeen: (command: TrackedCommand, seen: SeenStatus) => void
}

/** How long to wait until the next look while nothing is heard of the dock; doubled each time. */
const backoff = {
  virtual: { firstMs: 1_000, longestMs: 600_000 },
  real: { firstMs: 4, longestMs: 250 },
} as const

/** Reads a command once; a status that was not shown before becomes an event. */
export async function readCommand(
  watcher: Watcher,
  command: TrackedCommand,
  shown: 'always' | 'when-new',
): Promise<HttpExchange> {
  const { rig } = watcher
  const exchange = await call(rig, {
    method: 'GET',
    path: `/downlink/commands/${encodeURIComponent(command.command_id ?? '')}`,
    ...(command.owner === 'second' ? { sign: { credential: 'second' as const } } : {}),
  })
  const answer = exchange.outcome.kind === 'answered' ? exchange.outcome.response.body : exchange.outcome.why
  if (shown === 'always' || answer !== command.lastShown) watcher.show(exchange)
  command.lastShown = answer
  showStatus(watcher, command, exchange)
  return exchange
}

/** Announces the status of an answer when it is another one than before. */
export function showStatus(watcher: Watcher, command: TrackedCommand, exchange: HttpExchange): void {
  const seen = noteStatus(command, exchange)
  if (seen !== undefined) watcher.statusSeen(command, seen)
}

/**
 * Reads a command until `decide` gives something, or until the instant `deadline`, at which it is read once more. It is
 * read again when the broker heard something of its dock, when its own deadline comes, and else ever more rarely.
 */
export async function watchCommand<T>(
  watcher: Watcher,
  command: TrackedCommand,
  deadline: number,
  decide: (exchange: HttpExchange, time: 'running' | 'over') => T | undefined,
): Promise<T | undefined> {
  const { pace, recorder } = watcher.rig
  const { firstMs, longestMs } = backoff[pace.kind]
  const commandEnds = command.sentAt + command.timeoutMs
  let stepMs: number = firstMs
  for (;;) {
    await pace.settle()
    const changes = recorder.changesOf(command.gateway_sn ?? '')
    const now = pace.clock.now()
    const decision = decide(
      await readCommand(watcher, command, 'when-new'),
      now >= deadline ? 'over' : 'running',
    )
    if (decision !== undefined) return decision
    if (now >= deadline) return undefined
    const next = [now + stepMs, deadline, ...(commandEnds > now ? [commandEnds] : [])]
    const why = await pace.until(
      () => recorder.changesOf(command.gateway_sn ?? '') !== changes,
      Math.min(...next),
    )
    stepMs = why === 'seen' || pace.clock.now() === commandEnds ? firstMs : Math.min(stepMs * 2, longestMs)
  }
}
