import type { Frame } from '../../contracts/index.ts'
import { decodeEnvelope, formatTopic, isJsonObject, parseTopic, tidOf } from '../../contracts/index.ts'
import type { NearMiss } from './outcome.ts'
import type { Scene } from './scene.ts'
import type { TrackedCommand } from './tracked-command.ts'

/** Replies that almost decided a command, or decided it otherwise than awaited, and why; at most five. */
export function nearMissesOf(scene: Scene, command: TrackedCommand): readonly NearMiss[] {
  const { recorder } = scene.rig
  const own = formatTopic('services_reply', command.gateway_sn ?? '')
  const tid = command.command_id === undefined ? undefined : tidOf(recorder.judge.history, command.command_id)
  const known = tid === 'ambiguous' ? undefined : tid
  const since = recorder.frames.filter(({ at }) => at >= command.sentAt)
  const replies = since.filter((frame) => frame.topic === own)
  const strays = since.filter((frame) => frame.topic !== own && isStray(frame, known))
  const misses = [
    ...replies.flatMap((frame): readonly NearMiss[] => {
      const why = whyNot(frame, command, known)
      return why === undefined ? [] : [{ what: `a reply of ${command.device}`, why, seq: frame.seq }]
    }),
    ...strays.map((frame) => ({
      what: `a reply with the command's tid`,
      why: `it came on the topic of ${nameOf(frame, scene)}, not of ${command.device}${refusal(frame)}`,
      seq: frame.seq,
    })),
  ]
  if (misses.length > 0) return misses.slice(0, 5)
  if (replies.length > 0) return []
  const why = `the dock ${command.device} sent none since the command: ${silence(scene, command, since)}`
  return [{ what: 'no services_reply', why }]
}

/** Why a message on the command's reply topic did not bring what was waited for; undefined when it did. */
function whyNot(frame: Frame, command: TrackedCommand, tid: string | undefined): string | undefined {
  if (frame.refused !== undefined) return `the broker refused it: ${frame.refused}`
  const decoded = decodeEnvelope(frame.payload)
  if (decoded.kind === 'malformed') return `its payload is ${decoded.why}`
  const { envelope } = decoded
  if (envelope.tid === undefined) return 'it has no tid'
  if (tid !== undefined && envelope.tid !== tid)
    return `its tid is "${envelope.tid}", the command's is "${tid}"`
  const data = isJsonObject(envelope.data) ? envelope.data : {}
  const { result } = data
  if (!Number.isInteger(result)) return `its data.result is ${JSON.stringify(result)}, not an integer`
  const late = frame.at - command.sentAt - command.timeoutMs
  if (late > 0) return `it came ${late} ms after the command's deadline`
  // the awaited status came; what differs is in the answer, not in the reply
  const last = command.seen.at(-1)?.status ?? ''
  if (command.awaited.has(last)) return undefined
  return `it matches the command and makes it ${result === 0 ? 'SUCCEEDED' : 'FAILED'}: its data is ${JSON.stringify(data)}`
}

function isStray(frame: Frame, tid: string | undefined): boolean {
  if (tid === undefined || parseTopic(frame.topic)?.family !== 'services_reply') return false
  const decoded = decodeEnvelope(frame.payload)
  return decoded.kind === 'envelope' && decoded.envelope.tid === tid
}

function nameOf({ topic }: Frame, scene: Scene): string {
  const sn = parseTopic(topic)?.sn
  const alias = [...scene.rig.devices].find(([, { gateway_sn }]) => gateway_sn === sn)
  return alias?.[0] ?? String(sn)
}

function refusal({ refused }: Frame): string {
  return refused === undefined ? '' : `, and the broker refused it: ${refused}`
}

/** What is known of a dock that did not answer. */
function silence(scene: Scene, command: TrackedCommand, since: readonly Frame[]): string {
  const dock = scene.rig.fleet.find(command.device)
  if (dock !== undefined && dock.held.calls.length > 0)
    return 'its script holds the reply, and no step released it'
  const down = formatTopic('services', command.gateway_sn ?? '')
  if (since.some(({ topic }) => topic === down))
    return 'the command was published to it, and it did not answer'
  return dock?.isOnline === false
    ? 'it is not connected, and the gateway has published nothing to it'
    : 'the gateway has published nothing to it'
}
