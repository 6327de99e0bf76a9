import { decodeEnvelope, formatTopic, isJsonObject, tidOf } from '../../contracts/index.ts'
import type { NearMiss } from './outcome.ts'
import type { Scene } from './scene.ts'
import type { TrackedCommand } from './tracked-command.ts'

/** Replies that almost decided a command, and why each did not; at most five. */
export function nearMissesOf(scene: Scene, command: TrackedCommand): readonly NearMiss[] {
  const { recorder } = scene.rig
  const topic = formatTopic('services_reply', command.gateway_sn ?? '')
  const tid = command.command_id === undefined ? undefined : tidOf(recorder.judge.history, command.command_id)
  const deadline = command.sentAt + command.timeoutMs
  const replies = recorder.frames.filter((frame) => frame.topic === topic && frame.at >= command.sentAt)
  const misses = replies.flatMap((frame): readonly NearMiss[] => {
    const what = `a services_reply on ${frame.topic}, ${frame.at - command.sentAt} ms after sending`
    const near = (why: string): readonly NearMiss[] => [{ what, why, seq: frame.seq }]
    if (frame.refused !== undefined) return near(`the broker refused it: ${frame.refused}`)
    const decoded = decodeEnvelope(frame.payload)
    if (decoded.kind === 'malformed') return near(`its payload is ${decoded.why}`)
    const { envelope } = decoded
    if (envelope.tid === undefined) return near('it has no tid')
    if (tid !== undefined && tid !== 'ambiguous' && envelope.tid !== tid) {
      return near(`its tid is "${envelope.tid}", the command's is "${tid}"`)
    }
    const result = isJsonObject(envelope.data) ? envelope.data['result'] : undefined
    if (!Number.isInteger(result)) return near(`its data.result is ${JSON.stringify(result)}, not an integer`)
    if (frame.at > deadline) return near(`it came ${frame.at - deadline} ms after the command's deadline`)
    return []
  })
  if (misses.length > 0) return misses.slice(0, 5)
  return replies.length > 0
    ? []
    : [{ what: 'no services_reply', why: `the dock ${command.device} sent none since the command` }]
}
