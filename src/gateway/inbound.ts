import type { FastifyBaseLogger } from 'fastify'
import type { Envelope } from '../../contracts/index.ts'
import { decodeEnvelope, parseTopic } from '../../contracts/index.ts'
import type { CommandDesk } from './command-desk.ts'
import type { DockLines } from './dock-lines.ts'
import type { GatewayParts } from './parts.ts'
import type { RequestDesk } from './request-desk.ts'
import type { Clock, DeviceDirectory, LinkMessage } from './seams.ts'
import { createSequence } from './sequence.ts'
import type { OutgoingMessage } from './service-message.ts'

/** What the platform listens to. The filters do not overlap, since a broker may then deliver at the lowest QoS. */
export const platformFilters = [
  'thing/product/+/services_reply',
  'thing/product/+/events',
  'thing/product/+/requests',
  'thing/product/+/osd',
  'sys/product/+/status',
] as const

export interface InboundOptions {
  readonly clock: Clock
  readonly devices: DeviceDirectory
  readonly parts: GatewayParts
  readonly log: FastifyBaseLogger
  readonly lines: DockLines
  readonly commands: CommandDesk
  readonly requests: RequestDesk
  readonly send: (outgoing: OutgoingMessage) => Promise<void>
}

/** Makes the listener of the link's messages: each goes to its desk, those of one dock in order. */
export function createInbound(options: InboundOptions): (message: LinkMessage) => void {
  const { lines, log } = options
  const inOrder = createSequence((error) =>
    log.warn({ err: error }, 'a message of a dock could not be handled'),
  )
  return ({ topic, payload }) => {
    const parsed = parseTopic(topic)
    if (parsed === undefined) return
    const { family, sn } = parsed
    switch (family) {
      case 'osd':
        lines.telemetry(sn)
        return
      case 'services_reply':
        lines.heard(sn)
        inOrder(sn, () => takeReply(options, sn, payload))
        return
      case 'events':
      case 'requests':
        lines.heard(sn)
        inOrder(sn, () => takeEnvelope(options, family, sn, payload))
        return
      case 'status':
        hearStatus(options, sn, payload)
        inOrder(sn, () => takeEnvelope(options, family, sn, payload))
        return
      default:
        return
    }
  }
}

async function takeReply(
  { parts, commands, log }: InboundOptions,
  gateway_sn: string,
  payload: Uint8Array,
): Promise<void> {
  const reply = parts.readReply(payload)
  if (reply.kind === 'reply') await commands.take(gateway_sn, reply)
  else log.info({ gateway_sn, why: reply.why }, 'a malformed reply changes nothing')
}

/** Presence changes at once, before anything that has to wait its turn. Only known docks have one. */
function hearStatus({ lines, devices }: InboundOptions, gateway_sn: string, payload: Uint8Array): void {
  const decoded = decodeEnvelope(payload)
  if (decoded.kind === 'malformed' || devices.byGateway(gateway_sn) === undefined) return
  switch (decoded.envelope.method) {
    case 'update_topo':
      lines.announced(gateway_sn)
      return
    case 'offline':
      lines.left(gateway_sn)
      return
    default:
      lines.heard(gateway_sn)
  }
}

async function takeEnvelope(
  options: InboundOptions,
  family: 'events' | 'requests' | 'status',
  gateway_sn: string,
  payload: Uint8Array,
): Promise<void> {
  const decoded = decodeEnvelope(payload)
  if (decoded.kind === 'malformed') {
    options.log.info({ gateway_sn, family, why: decoded.why }, 'a malformed message changes nothing')
    return
  }
  if (family === 'requests') await options.requests.take(gateway_sn, decoded.envelope)
  else await acknowledge(options, family, gateway_sn, decoded.envelope)
}

async function acknowledge(
  { clock, parts, send }: InboundOptions,
  family: 'events' | 'status',
  gateway_sn: string,
  envelope: Envelope,
): Promise<void> {
  const message = { gateway_sn, envelope, now: clock.now() }
  const answer = family === 'events' ? parts.acknowledgeEvent(message) : parts.acknowledgeStatus(message)
  if (answer !== undefined) await send(answer)
}
