import type { CommandRecord, Group, Interval, ReadRun, Reply, Sending } from './command-record.ts'
import { intervalOf } from './command-record.ts'
import { remember } from './capped.ts'
import type { Envelope } from './envelope.ts'
import type { HeardExchange } from './heard-exchange.ts'
import { isAccepted, isLost } from './heard-exchange.ts'
import { isStatus } from './lifecycle.ts'
import type { Ask, DockView } from './dock-view.ts'
import { newDockView } from './dock-view.ts'
import { RigLog } from './rig-log.ts'
import type { NonceLog, Seal } from './seal.ts'
import { signingHeaders } from './seal.ts'
import type { JudgeOptions } from './terms.ts'

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] }

/** A create request with what became of it; those of one key and API ID stand together. */
export interface KeyUse {
  readonly heard: HeardExchange
  readonly api_id: string
  readonly seal: Seal
  /** Of the command that it was answered with. */
  readonly command_id?: string
}

/** What the judge has heard, in views that the checks need. */
export class History {
  readonly options: JudgeOptions
  readonly rig = new RigLog()
  readonly nonces: NonceLog = { uses: new Map(), stoppedAt: -1 }
  readonly commands = new Map<string, CommandRecord>()
  readonly groups = new Map<string, Group>()
  /** By `tid`; a `tid` that was used for different messages has several. */
  readonly sendings = new Map<string, Sending[]>()
  /** Every reply that came on a dock's topic, oldest first. */
  readonly replies = new Map<string, Reply[]>()
  /** `seq` of the events with a failing end, by dock and `bid`. */
  readonly failedEvents = new Set<string>()
  /** Messages of docks that ask for an answer, by family, dock and `tid`. */
  readonly asks = new Map<string, Ask>()
  /** `tid`s of commands that have been forgotten; a very late reply to one is not a strange one. */
  readonly pastTids = new Map<string, true>()
  readonly #groupsOfDock = new Map<string, readonly Group[]>()
  readonly #dockViews = new Map<string, DockView>()
  /** By idempotency key, over all API IDs. */
  readonly keys = new Map<string, KeyUse[]>()
  /** API IDs of requests that were rightly signed. */
  readonly apiIds = new Set<string>()
  /** Whether commands have been forgotten: an unknown id may then be an old one. */
  hasForgotten = false
  /** Instant of the newest observation. */
  now = 0

  constructor(options: JudgeOptions) {
    this.options = options
  }

  /** The dock of a device, or `undefined` for a device that the judge does not know. */
  dockOf(device_id: unknown): string | undefined {
    return typeof device_id === 'string' ? this.options.devices.get(device_id)?.gateway_sn : undefined
  }

  group(gateway_sn: string, method: string): Group {
    const key = `${gateway_sn} ${method}`
    const known = this.groups.get(key)
    if (known !== undefined) return known
    const group: Group = { gateway_sn, method, commands: [], sendings: [], ghosts: [] }
    this.groups.set(key, group)
    const ofDock = this.#groupsOfDock.get(gateway_sn) ?? []
    this.#groupsOfDock.set(gateway_sn, [...ofDock, group])
    return group
  }

  /** Everything that was asked of one dock. */
  groupsOf(gateway_sn: string): readonly Group[] {
    return this.#groupsOfDock.get(gateway_sn) ?? []
  }

  groupOf(command: CommandRecord): Group | undefined {
    return command.gateway_sn === undefined ? undefined : this.group(command.gateway_sn, command.method)
  }

  /** What the dock has said of itself. */
  dockView(gateway_sn: string): DockView {
    const view = this.#dockViews.get(gateway_sn) ?? newDockView()
    this.#dockViews.set(gateway_sn, view)
    return view
  }

  /** Other commands of the same dock. */
  neighbours(command: CommandRecord): readonly CommandRecord[] {
    const groups = command.gateway_sn === undefined ? [] : this.groupsOf(command.gateway_sn)
    return groups.flatMap(({ commands }) => commands).filter((other) => other !== command)
  }

  /** Replies on the dock's topic after a point in the order, under a `tid` that nobody has sent to it. */
  strangeReplies(gateway_sn: string, after: number): readonly Reply[] {
    const replies = this.replies.get(gateway_sn) ?? []
    const from = replies.findLastIndex(({ seq }) => seq <= after) + 1
    return replies.slice(from).filter(({ tid }) => {
      return tid === undefined || !(this.sendings.has(tid) || this.pastTids.has(tid))
    })
  }

  /** Takes in a create; gives the command that the answer names, whether new or known. */
  recordCreate(heard: HeardExchange, seal: Seal): CommandRecord | undefined {
    const { exchange, answer, call } = heard
    if (call.kind !== 'create' || call.reading.body === undefined) return undefined
    const { device_id, command_type, idempotency_key: key } = call.reading.body
    const api_id = this.apiIdOf(heard)
    const command_id = isAccepted(answer) ? answer.body['command_id'] : undefined
    const named = typeof command_id === 'string' ? { command_id } : {}
    if (typeof key === 'string') {
      const uses = this.keys.get(key) ?? []
      uses.push({ heard, api_id, seal, ...named })
      if (uses.length === 1) remember(this.keys, key, uses, this.#most() * 4)
    }
    if (typeof command_id === 'string') return this.#recordCommand(heard, command_id, api_id)
    const sn = this.dockOf(device_id)
    if (isLost(heard) && sn !== undefined && typeof command_type === 'string')
      this.group(sn, command_type).ghosts.push({
        gateway_sn: sn,
        method: command_type,
        seqSent: exchange.seqSent,
      })
    return undefined
  }

  /** Takes in a read of a known command; gives the run that it begins or goes on. */
  recordRead(heard: HeardExchange): { readonly command: CommandRecord; readonly isNew: boolean } | undefined {
    const { call, answer, exchange } = heard
    if (call.kind !== 'read' || answer?.status !== 200) return undefined
    const command = this.commands.get(call.command_id)
    const status = answer.body['status']
    if (command === undefined || !isStatus(status)) return undefined
    const interval = intervalOf(exchange)
    const reads = command.reads as Mutable<ReadRun>[]
    const last = reads.at(-1)
    const isNew = last?.text !== answer.text
    if (isNew) reads.push({ status, body: answer.body, text: answer.text, first: interval, last: interval })
    else last.last = interval
    const seen = command.seen as Map<CommandRecord['reads'][number]['status'], Interval>
    if (!seen.has(status)) seen.set(status, interval)
    return { command, isNew }
  }

  /** Takes in a message to a dock. Gives the sending, and whether its `tid` is one that meant something else before. */
  recordSending(
    sn: string,
    { tid, bid, method, data }: Envelope,
    { seq, at }: { readonly seq: number; readonly at: number },
  ): { readonly sending: Sending; readonly isReused: boolean } | undefined {
    if (tid === undefined || tid === '' || method === undefined) return undefined
    const sameTid = this.sendings.get(tid) ?? []
    const copied = sameTid.find((other) => other.gateway_sn === sn && other.method === method)
    if (copied !== undefined) {
      ;(copied.copies as { seq: number; at: number }[]).push({ seq, at })
      return { sending: copied, isReused: false }
    }
    const sending: Sending = {
      tid,
      bid,
      gateway_sn: sn,
      method,
      data,
      seq,
      at,
      copies: [{ seq, at }],
      replies: [],
    }
    this.group(sn, method).sendings.push(sending)
    this.sendings.set(tid, [...sameTid, sending])
    return { sending, isReused: sameTid.length > 0 }
  }

  recordReply(reply: Reply): void {
    const list = this.replies.get(reply.gateway_sn) ?? []
    if (list.length === 0) this.replies.set(reply.gateway_sn, list)
    list.push(reply)
    if (list.length > this.#most() * 4) list.shift()
    const sendings = reply.tid === undefined ? undefined : this.sendings.get(reply.tid)
    for (const sending of sendings ?? []) (sending.replies as Reply[]).push(reply)
  }

  apiIdOf({ exchange }: HeardExchange): string {
    const { signing } = exchange.request
    if (signing.kind === 'valid') return signing.api_id
    return signingHeaders(exchange, this.options.profile).api_id ?? ''
  }

  #recordCommand(heard: HeardExchange, command_id: string, api_id: string): CommandRecord {
    const known = this.commands.get(command_id)
    const interval = intervalOf(heard.exchange)
    if (known !== undefined) {
      ;(known.creates as Interval[]).push(interval)
      return known
    }
    const command = this.#newCommand(heard, command_id, api_id)
    this.commands.set(command_id, command)
    const group = this.groupOf(command)
    group?.commands.push(command)
    if (group !== undefined) this.#explainGhosts(group, command)
    return command
  }

  #newCommand({ call, answer, exchange }: HeardExchange, command_id: string, api_id: string): CommandRecord {
    const body = call.kind === 'create' ? (call.reading.body ?? {}) : {}
    const timeout = body['timeout_seconds']
    const isGiven = typeof timeout === 'number'
    const key = text(body['idempotency_key'])
    const lost = (this.keys.get(key) ?? []).filter((use) => use.api_id === api_id && isLost(use.heard))
    return {
      command_id,
      api_id,
      vendor: text(body['vendor']),
      device_id: text(body['device_id']),
      gateway_sn: this.dockOf(body['device_id']),
      method: text(body['command_type']),
      payload: body['payload'],
      idempotency_key: key,
      timeout_seconds: isGiven ? timeout : 30,
      timeout: isGiven ? 'given' : 'default',
      creates: [intervalOf(exchange)],
      lostCreates: lost.map((use) => intervalOf(use.heard.exchange)),
      accepted_at: Date.parse(text(answer?.body['accepted_at'])),
      reads: [],
      seen: new Map(),
    }
  }

  /** A create that got no answer was this command after all. */
  #explainGhosts(group: Group, command: CommandRecord): void {
    const mine = new Set(command.lostCreates.map(({ seqSent }) => seqSent))
    const others = group.ghosts.filter(({ seqSent }) => !mine.has(seqSent))
    group.ghosts.splice(0, group.ghosts.length, ...others)
  }

  #most(): number {
    return this.options.limit ?? 100_000
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
