import type { Command } from './command.ts'

/** The outer fields of a reply that say whose it is, and the dock on whose topic it came. */
export interface ReplyAddress {
  readonly gateway_sn: string
  readonly tid: string | undefined
  readonly bid: string | undefined
  readonly method: string | undefined
}

/** The commands that a reply may belong to. */
export interface Candidates {
  /** The command of that `tid`, whatever its state and dock. */
  readonly byTid: Command | undefined
  /** Commands of the topic's dock that were published and are open. */
  readonly open: readonly Command[]
}

export type Match =
  | { readonly kind: 'matched'; readonly command: Command }
  | { readonly kind: 'unmatched'; readonly command: Command }
  | { readonly kind: 'stray' }

/**
 * Finds the command of a reply. The `tid` alone ties them; without it the reply can only be shown on the command to
 * which it most likely belongs, and never decides anything.
 */
export function matchReply(reply: ReplyAddress, candidates: Candidates): Match {
  const { byTid } = candidates
  // rule: reply-by-tid, reply-topic
  if (byTid?.gateway_sn === reply.gateway_sn) return { kind: 'matched', command: byTid }
  const likely = likelyCommand(reply, candidates.open)
  return likely === undefined ? { kind: 'stray' } : { kind: 'unmatched', command: likely } // rule: unmatched-never-decides
}

/** By topic and `bid`, else by topic and `method` when exactly one fits (rule: unmatched-shown, unmatched-provisional). */
function likelyCommand(reply: ReplyAddress, open: readonly Command[]): Command | undefined {
  const sameBid = open.find((command) => command.bid === reply.bid)
  if (sameBid !== undefined) return sameBid
  const [only, ...others] = open.filter((command) => command.request.command_type === reply.method)
  return others.length === 0 ? only : undefined
}
