import { remember } from './capped.ts'
import type { CommandRecord, Sending } from './command-record.ts'
import { deadlines } from './command-record.ts'
import type { History } from './history.ts'

/** How long after its time a command is still remembered, in milliseconds: late replies and replays belong to it. */
const memory_ms = 120_000

/** Commands that are over for so long that nothing more is expected of them; at least a tenth of the limit at a time. */
export function forgettable(history: History): readonly CommandRecord[] {
  const { limit = Infinity, profile } = history.options
  const before = history.now - memory_ms - profile.slack_ms
  const over = [...history.commands.values()].filter((command) => deadlines(command).latest < before)
  return over.length < limit / 10 ? [] : over
}

/** Removes a command, and the message that was its own, from every view. */
export function forget(history: History, command: CommandRecord, sending: Sending | undefined): void {
  history.hasForgotten = true
  history.commands.delete(command.command_id)
  history.keys.delete(command.idempotency_key)
  const group = history.groupOf(command)
  if (group === undefined) return
  remove(group.commands, command)
  if (sending === undefined) return
  remove(group.sendings, sending)
  history.sendings.delete(sending.tid)
  remember(history.pastTids, sending.tid, true, (history.options.limit ?? 0) * 10)
  history.failedEvents.delete(`${sending.gateway_sn} ${sending.bid}`)
  const replies = history.replies.get(sending.gateway_sn)
  for (const reply of sending.replies) if (replies !== undefined) remove(replies, reply)
}

function remove<Item>(list: Item[], item: Item): void {
  const index = list.indexOf(item)
  if (index >= 0) list.splice(index, 1)
}
