import { payloadKey } from '../command-record.ts'
import type { History } from '../history.ts'
import { findMethod } from '../method.ts'
import type { Story } from '../story.ts'
import { blur } from '../terms.ts'
import type { FrameCase, FrameCheck, Ruling, TiedCheck } from './check.ts'
import { rule, shown } from './check.ts'
import { hasCompany } from './create.ts'

/** A message of the platform to a dock; on an outside broker nobody knows who sent it. */
function isCommand({ frame, topic }: FrameCase): boolean {
  return topic.family === 'services' && frame.sender?.kind === 'platform'
}

function onCommand(id: string, holds: (of: FrameCase) => boolean | undefined, due: string): FrameCheck {
  return {
    rule: id,
    check(of): Ruling {
      const isRight = isCommand(of) ? holds(of) : undefined
      if (isRight === undefined) return undefined
      return rule(isRight, () => {
        const seen = of.envelope === undefined ? 'no JSON object' : shown(of.envelope.raw)
        return { seen: `${seen}, QoS ${of.frame.qos}`, due, evidence: [of.frame.seq] }
      })
    },
  }
}

function isStamp(value: unknown): boolean {
  return Number.isInteger(value) && String(value).length === 13
}

export const mqttFrameChecks: readonly FrameCheck[] = [
  onCommand('mqtt-services', ({ sending }) => sending !== undefined, 'a JSON object with tid and method'),
  onCommand(
    'mqtt-tid-fresh',
    ({ isReused, sending }) => (sending === undefined ? undefined : isReused !== true),
    'a tid that no other command had',
  ),
  onCommand(
    'mqtt-envelope',
    ({ envelope, sending }) => {
      if (envelope === undefined || sending === undefined) return undefined
      return envelope.bid !== undefined && isStamp(envelope.timestamp)
    },
    'bid, a string, and timestamp, an integer of 13 digits',
  ),
  onCommand('mqtt-not-retained', ({ frame }) => !frame.retain, 'a message that is not retained'),
  onCommand('mqtt-qos-1', ({ frame }) => frame.qos === 1, 'QoS 1'),
]

/** The rule under which the message of a command is missed. */
function missingRule({ command }: Story, history: History): string {
  const group = history.groupOf(command)
  const from = Math.min(...command.creates.map(({ seqSent }) => seqSent))
  const isShared =
    group?.sendings.some(({ copies }) => copies.slice(1).some(({ seq }) => seq > from)) === true
  if (isShared) return 'mqtt-tid-fresh'
  return command.method === 'drone_close' ? 'mqtt-services' : 'method-reaches-dock'
}

/** A command that must have been published, as its status or the deadline says, and was not. */
function missing(story: Story, history: History): Ruling {
  const { command, created, over, sending, sn } = story
  if (findMethod(command.method)?.transport !== 'services') return undefined
  if (sending !== undefined) return 'kept'
  const { options, now, rig } = history
  const told = command.reads.find(({ status }) => ['DELIVERED', 'SUCCEEDED', 'FAILED'].includes(status))
  if (told !== undefined && rig.isCalm(created.at, told.first.doneAt) && isPast(told.first.doneAt, history))
    return {
      seen: `${told.status}, and no message of the command on thing/product/${sn}/services`,
      due: `a message with the method ${shown(command.method)}`,
      evidence: [told.first.seqDone],
    }
  if (now <= over.latest + options.profile.slack_ms + blur(options) || command.timeout_seconds === 0)
    return undefined
  if (!rig.isConnected(sn, created.at, over.latest) || hasCompany(command, history)) return undefined
  return {
    seen: `no message on thing/product/${sn}/services until the deadline`,
    due: `a message with the method ${shown(command.method)}`,
    evidence: command.creates.map(({ seqDone }) => seqDone),
  }
}

/** In real time the broker's tap may be behind the HTTP client. */
function isPast(at: number, { options, now }: History): boolean {
  return options.exact === 'exact' || now > at + blur(options)
}

function misses(id: string): TiedCheck {
  return {
    rule: id,
    check(story, history) {
      const found = missing(story, history)
      if (found === 'kept') return keptBy(id, story)
      return missingRule(story, history) === id ? found : undefined
    },
  }
}

function keptBy(id: string, { command }: Story): Ruling {
  const isOwn = id === (command.method === 'drone_close' ? 'mqtt-services' : 'method-reaches-dock')
  return isOwn ? 'kept' : undefined
}

export const mqttTiedChecks: readonly TiedCheck[] = [
  ...['mqtt-services', 'mqtt-tid-fresh', 'method-reaches-dock'].map(misses),
  {
    rule: 'mqtt-payload',
    check({ command, sending }) {
      if (sending === undefined) return undefined
      return rule(payloadKey(command.payload) === payloadKey(sending.data), () => ({
        seen: `data ${shown(sending.data)}`,
        due: shown(command.payload),
        evidence: [sending.seq],
      }))
    },
  },
  {
    rule: 'one-publish',
    check({ sending, command }, history) {
      if (sending === undefined) return undefined
      const { copies, tid } = sending
      const [first, second] = copies
      if (first === undefined || second === undefined) return 'kept'
      // The copy may be another command's, with a tid that is not fresh.
      const group = history.groupOf(command)
      if (group !== undefined && group.commands.length > group.sendings.length) return undefined
      // What is sent again after trouble under the same tid is the same message.
      return rule(!history.rig.isCalm(first.at, second.at), () => ({
        seen: `${copies.length} messages with the tid ${shown(tid)}`,
        due: 'one message',
        evidence: copies.map(({ seq }) => seq),
      }))
    },
  },
]
