import { acknowledged, acknowledgeRule, checks } from './checks/index.ts'
import type { Ruling } from './checks/index.ts'
import { isExplained, tie } from './assign.ts'
import type { CommandRecord, Sending } from './command-record.ts'
import { isFailing, takeLeave, updateDockView } from './dock-view.ts'
import type { Envelope } from './envelope.ts'
import { decodeEnvelope } from './envelope.ts'
import type { HttpExchange } from './exchange.ts'
import type { Finding } from './finding.ts'
import type { Frame } from './frame.ts'
import { forgettable, forget } from './forget.ts'
import type { HeardExchange } from './heard-exchange.ts'
import { readExchange } from './heard-exchange.ts'
import { History } from './history.ts'
import { mapReply } from './mapping.ts'
import { Ledger } from './ledger.ts'
import type { Verdict } from './ledger.ts'
import type { Observation } from './observation.ts'
import { recordAnswer, recordAsk } from './record-ask.ts'
import { recordNonce, sealOf } from './seal.ts'
import { tellStory } from './story.ts'
import type { JudgeOptions } from './terms.ts'
import { parseTopic } from './topic.ts'
import type { Topic, TopicFamily } from './topic.ts'

/** The second opinion: hears everything in order, and checks the contract on it. Knows neither gateway nor simulator. */
export interface Judge {
  /** Takes in what happened next; gives the findings that are certain by now and were not before. */
  observe(observation: Observation): readonly Finding[]
  /** Ends the hearing at an instant (ms): what could not be said earlier is judged. Call it once. */
  finish(at: number): Verdict
  /** What was heard, for views and for `tidOf`. */
  readonly history: History
}

export function createJudge(options: JudgeOptions): Judge {
  return new SecondOpinion(options)
}

/** Exchanges overlap for no longer than this; a doubtful one is looked at again after it, in milliseconds. */
const overlap_ms = 60_000

/** What the gateway is judged by; the rest is telemetry, and read only where docks are judged. */
const heardFamilies = new Set<TopicFamily>([
  'services',
  'services_reply',
  'events',
  'events_reply',
  'requests',
  'requests_reply',
  'status',
  'status_reply',
])

class SecondOpinion implements Judge {
  readonly history: History
  readonly #options: JudgeOptions
  readonly #ledger: Ledger
  /** Exchanges whose answers may yet be explained by others that were under way at the same time. */
  #postponed: HeardExchange[] = []

  constructor(options: JudgeOptions) {
    this.#options = options
    this.history = new History(options)
    this.#ledger = new Ledger(options)
  }

  observe(observation: Observation): readonly Finding[] {
    this.#hear(observation)
    const [first] = this.#postponed
    if (first !== undefined && first.exchange.doneAt + overlap_ms < this.history.now) this.#judgePostponed()
    return this.#ledger.take()
  }

  finish(at: number): Verdict {
    const { history } = this
    history.now = Math.max(history.now, at)
    this.#judgePostponed()
    for (const group of history.groups.values()) {
      const { of, surplus } = tie(group, history)
      for (const command of group.commands) this.#judgeCommand(command, of.get(command), 'count')
      for (const { rule, check } of checks.group) {
        for (const ruling of check({ group, surplus }, history)) this.#rule(rule, ruling)
      }
    }
    // What a dock that the platform does not know asks for may be passed over.
    const docks = new Set([...this.#options.devices.values()].map(({ gateway_sn }) => gateway_sn))
    for (const ask of history.asks.values())
      if (docks.has(ask.gateway_sn)) this.#rule(acknowledgeRule, acknowledged(ask, history))
    return this.#ledger.verdict()
  }

  #hear(observation: Observation): void {
    const { history } = this
    switch (observation.kind) {
      case 'frame':
        history.now = Math.max(history.now, observation.frame.at)
        return this.#hearFrame(observation.frame)
      case 'http':
        history.now = Math.max(history.now, observation.exchange.doneAt)
        return this.#hearExchange(observation.exchange)
      case 'dock':
        if (observation.link === 'down') takeLeave(history.dockView(observation.gateway_sn))
        history.rig.dock(observation.gateway_sn, observation.link, observation.at)
        break
      case 'gateway':
        history.rig.gateway(observation.is, observation.at)
        history.nonces.stoppedAt = observation.seq
        break
      case 'broker':
        history.rig.broker(observation.is, observation.at)
        break
    }
    history.now = Math.max(history.now, observation.at)
  }

  #hearFrame(frame: Frame): void {
    // What the broker did not forward was never said.
    const topic = frame.refused === undefined ? parseTopic(frame.topic) : undefined
    if (topic === undefined || (this.#options.docks !== 'unscripted' && !heardFamilies.has(topic.family)))
      return
    const decoded = decodeEnvelope(frame.payload)
    const envelope = decoded.kind === 'envelope' ? decoded.envelope : undefined
    const isDown =
      topic.family === 'services' && frame.sender?.kind !== 'dock' && frame.sender?.kind !== 'stranger'
    const sent =
      isDown && envelope !== undefined ? this.history.recordSending(topic.sn, envelope, frame) : undefined
    const of = { frame, topic, ...(envelope === undefined ? {} : { envelope }), ...sent }
    for (const { rule, check } of checks.frame) this.#rule(rule, check(of, this.history))
    if (this.#options.docks === 'unscripted') {
      for (const { rule, check } of checks.dock) this.#rule(rule, check(of, this.history))
    }
    this.#recordUp(frame, topic, envelope)
  }

  #recordUp(frame: Frame, topic: Topic, envelope: Envelope | undefined): void {
    const { history } = this
    const { seq, at } = frame
    if (topic.family === 'services_reply') {
      const { tid, bid, method } = envelope ?? {}
      const mapped = mapReply(envelope?.data)
      history.recordReply({ seq, at, gateway_sn: topic.sn, tid, bid, method, mapped })
    }
    if (envelope === undefined) return
    if (topic.family === 'status' && envelope.method === 'update_topo')
      history.rig.dock(topic.sn, 'again', at)
    if (topic.family === 'events' && isFailing(envelope))
      history.failedEvents.add(`${topic.sn} ${envelope.bid}`)
    // Osd and state of the aircraft travel over the dock's connection too, and say nothing of the dock.
    const isOwn = frame.sender?.kind === 'dock' && frame.sender.gateway_sn === topic.sn
    if (isOwn && this.#options.docks === 'unscripted')
      updateDockView(history.dockView(frame.sender.gateway_sn), topic, envelope, at)
    recordAsk(history, frame, topic, envelope)
    recordAnswer(history, topic, envelope)
  }

  #hearExchange(exchange: HttpExchange): void {
    const { history } = this
    const { profile } = this.#options
    const heard = readExchange(exchange, profile)
    const seal = sealOf(exchange, profile, history.nonces)
    const status = heard.answer?.status ?? 0
    if (seal === 'good' && status > 0 && status !== 401) history.apiIds.add(history.apiIdOf(heard))
    const command = history.recordCreate(heard, seal)
    const read = history.recordRead(heard)
    recordNonce(exchange, profile, history.nonces)
    if (command !== undefined && command.creates.length === 1) this.#ledger.seen.methods.add(command.method)
    if (heard.answer?.code !== undefined && status >= 400) this.#ledger.seen.errorCodes.add(heard.answer.code)
    this.#judgeAnswer(heard, 'first')
    if (read !== undefined) this.#judgeRead(read.command, read.isNew)
    if (command !== undefined && history.commands.size > (this.#options.limit ?? Infinity)) this.#forgetOld()
  }

  #forgetOld(): void {
    for (const old of forgettable(this.history)) this.#settle(old)
  }

  /** A breach may still be explained by an exchange that is under way: it is looked at again later. */
  #judgeAnswer(heard: HeardExchange, look: 'first' | 'last'): void {
    const { answer, call, exchange } = heard
    if (answer === undefined) return
    const { history } = this
    const id = call.kind === 'read' ? call.command_id : answer.body['command_id']
    const command = typeof id === 'string' ? history.commands.get(id) : undefined
    const seal = sealOf(exchange, this.#options.profile, history.nonces)
    const of = { heard, answer, seal, ...(command === undefined ? {} : { command }) }
    const rulings = checks.answer.map(({ rule, check }) => [rule, check(of, history)] as const)
    const isBroken = rulings.some(([, ruling]) => ruling !== undefined && ruling !== 'kept')
    if (look === 'first' && isBroken && (call.kind === 'create' || answer.status === 401)) {
      this.#postponed.push(heard)
      return
    }
    for (const [rule, ruling] of rulings) this.#rule(rule, ruling)
  }

  #judgePostponed(): void {
    const due = this.#postponed
    this.#postponed = []
    for (const heard of due) this.#judgeAnswer(heard, 'last')
  }

  #judgeRead(command: CommandRecord, isNew: boolean): void {
    const run = command.reads.at(-1)
    const before = command.reads.at(-2)
    if (run === undefined) return
    for (const { rule, check } of checks.read)
      this.#rule(rule, check({ command, run, read: run.last }, this.history))
    if (!isNew) return
    if (before !== undefined && before.status !== run.status)
      this.#ledger.seen.edges.add(`${before.status} → ${run.status}`)
    // In real time the broker's tap may be behind, and a gateway with choices of its own fits many messages equally badly
    // while they are open: what rests on the order of frames and reads waits for the end then.
    const group = this.history.groupOf(command)
    if (this.#options.exact !== 'exact' || this.#options.profile.slack_ms > 0 || group === undefined) return
    if (isExplained(command, group, this.history)) return
    this.#judgeCommand(command, tie(group, this.history).of.get(command), 'look')
  }

  /** `look`: only what is broken is kept; whether a rule was exercised is counted once, at the end. */
  #judgeCommand(command: CommandRecord, sending: Sending | undefined, how: 'look' | 'count'): void {
    const story = tellStory(command, sending, this.history)
    for (const { rule, check } of checks.tied) {
      const ruling = check(story, this.history)
      if (how === 'look' && ruling === 'kept') continue
      this.#rule(rule, ruling, command.command_id)
    }
    if (how === 'count') this.#ledger.sawMapping(story, this.history)
  }

  #settle(command: CommandRecord): void {
    const group = this.history.groupOf(command)
    const sending = group === undefined ? undefined : tie(group, this.history).of.get(command)
    if (group !== undefined) this.#judgeCommand(command, sending, 'count')
    forget(this.history, command, sending)
  }

  #rule(rule: string, ruling: Ruling, about?: string): void {
    this.#ledger.enter(rule, ruling, { at: this.history.now, ...(about === undefined ? {} : { about }) })
  }
}
