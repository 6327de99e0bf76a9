import type { Frame, HttpExchange } from '../../contracts/index.ts'
import { parseTopic } from '../../contracts/index.ts'
import { DeviceDirectory } from './device-directory.ts'
import type { TimelineFrame, TimelineHttp } from './events.ts'
import type { DeviceAlias } from './rig.ts'

/** A message as the timeline shows it, with the docks named as the scenario names them. */
export function timelineFrame(frame: Frame, devices: ReadonlyMap<string, DeviceAlias>): TimelineFrame {
  const { seq, topic, qos, retain, sender, refused } = frame
  const aliasOf = (sn: string | undefined): string | undefined => nameBySerial(devices, sn)
  const name = sender === undefined ? 'unknown' : nameOf(sender)
  const device = aliasOf(parseTopic(topic)?.sn)
  return {
    seq,
    from: aliasOf(name) ?? name,
    topic,
    ...(device === undefined ? {} : { device }),
    payload: Buffer.from(frame.payload).toString('utf8'),
    qos,
    retain,
    ...(refused === undefined ? {} : { refused }),
  }
}

/** In a large fleet looking at every device for every message would take longer than all else. */
function nameBySerial(devices: ReadonlyMap<string, DeviceAlias>, sn = ''): string | undefined {
  if (devices instanceof DeviceDirectory) return devices.bySerial(sn)?.name
  return [...devices.values()].find(({ gateway_sn }) => gateway_sn === sn)?.name
}

function nameOf(sender: NonNullable<Frame['sender']>): string {
  if (sender.kind === 'platform') return 'platform'
  return sender.kind === 'dock' ? sender.gateway_sn : sender.client_id
}

/** A call as the timeline shows it; status 0 when there was no answer. */
export function timelineHttp({ seqDone, request, outcome }: HttpExchange): TimelineHttp {
  return {
    seq: seqDone,
    method: request.method,
    path: request.path,
    request: request.body,
    status: outcome.kind === 'answered' ? outcome.response.status : 0,
    response: outcome.kind === 'answered' ? outcome.response.body : outcome.why,
  }
}
