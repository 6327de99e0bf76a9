import { checks } from './checks/index.ts'
import type { CommandRecord, Ghost, Group, Sending } from './command-record.ts'
import { createdFrom } from './command-record.ts'
import type { History } from './history.ts'
import { tellStory } from './story.ts'
import { applies, levelOf } from './terms.ts'

/** Which message is taken for which command's, and which ones nothing explains (CONTRACT: section 9). */
export interface Ties {
  readonly of: ReadonlyMap<CommandRecord, Sending>
  readonly surplus: readonly Sending[]
}

type Owner = CommandRecord | Ghost

/**
 * Ties a group's messages to its commands so that as few as possible are left without an explanation: first without any
 * breach, then without one that binds, at last by order alone. A maximum bipartite matching, tried in order first, so that
 * the common case costs one look per command.
 */
export function tie(group: Group, history: History): Ties {
  const cost = costOf(history)
  const matching = match(byNeed(group, history), group.sendings, cost, 3)
  const of = new Map(
    [...matching].flatMap(([owner, sending]) => ('creates' in owner ? [[owner, sending] as const] : [])),
  )
  const used = new Set(matching.values())
  return { of, surplus: group.sendings.filter((sending) => !used.has(sending)) }
}

/** Whether some message explains the command without any breach: then nothing is to be said of it yet. */
export function isExplained(command: CommandRecord, group: Group, history: History): boolean {
  const near = group.sendings[group.commands.indexOf(command)]
  const cost = costOf(history)
  if (near !== undefined && cost(command, near) === 0) return true
  return group.sendings.some((sending) => cost(command, sending) === 0)
}

/** The `tid` of a command: certain, or the word `ambiguous` while several fit, or `undefined` while there is none. */
export function tidOf(history: History, command_id: string): string | undefined {
  const command = history.commands.get(command_id)
  const group = command === undefined ? undefined : history.groupOf(command)
  if (command === undefined || group === undefined) return undefined
  const cost = costOf(history)
  const owners = byNeed(group, history)
  const others = owners.map((alike) => alike.filter((owner) => owner !== command))
  const most = match(owners, group.sendings, cost, 1).size
  const fitting = group.sendings.filter((sending) => {
    if (cost(command, sending) > 0) return false
    const rest = group.sendings.filter((other) => other !== sending)
    return match(others, rest, cost, 1).size === most - 1
  })
  const [only, ...more] = fitting
  if (only === undefined) return tie(group, history).of.get(command)?.tid
  const isNeeded = most > match(others, group.sendings, cost, 1).size
  return more.length === 0 && isNeeded ? only.tid : 'ambiguous'
}

/** 0: explains all; 1: breaks rules that do not bind; 2: breaks one that binds; Infinity: is older than the command. */
type Cost = (owner: Owner, sending: Sending) => number

function costOf(history: History): Cost {
  const known = new Map<Owner, Map<Sending, number>>()
  return (owner, sending) => {
    const row = known.get(owner) ?? new Map<Sending, number>()
    known.set(owner, row)
    const before = row.get(sending)
    if (before !== undefined) return before
    const cost = 'creates' in owner ? commandCost(owner, sending, history) : ghostCost(owner, sending)
    row.set(sending, cost)
    return cost
  }
}

function ghostCost({ seqSent }: Ghost, { seq }: Sending): number {
  return seq > seqSent ? 0 : Infinity
}

function commandCost(command: CommandRecord, sending: Sending | undefined, history: History): number {
  if (sending !== undefined && sending.seq < createdFrom(command).seq) return Infinity
  const story = tellStory(command, sending, history)
  let cost = 0
  for (const { rule, check } of checks.tied) {
    const ruling = check(story, history)
    if (ruling === undefined || ruling === 'kept') continue
    if (applies(rule, ruling.level ?? levelOf(rule), history.options)) return 2
    cost = 1
  }
  return cost
}

/** A maximum matching; who needs a message more goes first, with the cheapest tier first (Kuhn's augmenting paths). */
function match(
  owners: readonly (readonly Owner[])[],
  sendings: readonly Sending[],
  cost: Cost,
  tiers: number,
): Map<Owner, Sending> {
  const ownerOf = new Map<Sending, Owner>()
  const sendingOf = new Map<Owner, Sending>()
  const give = (owner: Owner, sending: Sending): void => {
    ownerOf.set(sending, owner)
    sendingOf.set(owner, sending)
  }
  const augment = (owner: Owner, tier: number, visited: Set<Sending>): boolean => {
    const free = sendings.find(
      (sending) => !ownerOf.has(sending) && !visited.has(sending) && cost(owner, sending) <= tier,
    )
    if (free !== undefined) {
      give(owner, free)
      return true
    }
    for (const sending of sendings) {
      if (visited.has(sending) || cost(owner, sending) > tier) continue
      visited.add(sending)
      const holder = ownerOf.get(sending)
      if (holder === undefined || !augment(holder, tier, visited)) continue
      give(owner, sending)
      return true
    }
    return false
  }
  for (const alike of owners) {
    for (let tier = 0; tier < tiers; tier += 1) {
      // An owner that has a message may get another one later, but always keeps one.
      for (const owner of alike) if (!sendingOf.has(owner)) augment(owner, tier, new Set())
    }
  }
  return sendingOf
}

/** The owners of a group, those first who need a message most. */
function byNeed(group: Group, history: History): readonly (readonly Owner[])[] {
  const owners: readonly Owner[] = [...group.commands, ...group.ghosts]
  if (owners.length < 2) return [owners]
  const rated = owners.map((owner) => ({ owner, need: needOf(owner, history) }))
  return needs.map((need) => rated.filter((each) => each.need === need).map(({ owner }) => owner))
}

const needs = ['bound', 'owed', 'shown', 'open', 'ghost'] as const

/**
 * How much an owner needs a message: without one it breaks a rule that binds, or one that does not; or its status says that
 * there was one; or it may have none, or may not even exist.
 */
function needOf(owner: Owner, history: History): (typeof needs)[number] {
  if (!('creates' in owner)) return 'ghost'
  const cost = commandCost(owner, undefined, history)
  if (cost > 0) return cost === 2 ? 'bound' : 'owed'
  return [...owner.seen.keys()].some((status) => status !== 'ACCEPTED' && status !== 'TIMED_OUT')
    ? 'shown'
    : 'open'
}
