import { isJsonObject } from '../envelope.ts'
import { statusOfEvent } from '../dock-view.ts'
import type { History } from '../history.ts'
import { findMethod } from '../method.ts'
import type { FrameCase, FrameCheck, Ruling } from './check.ts'
import { rule, shown } from './check.ts'

/** A message of a virtual dock, with the serial number of who sent it. */
type DockCase = FrameCase & { readonly sn: string }
type Holds = (of: DockCase, history: History) => boolean | undefined

/** A rule of DJI's documentation over one message of a virtual dock. */
function onDock(id: string, families: readonly string[], due: string, holds: Holds): FrameCheck {
  return {
    rule: id,
    check(of, history): Ruling {
      const { sender } = of.frame
      if (sender?.kind !== 'dock' || !families.includes(of.topic.family)) return undefined
      const isRight = holds({ ...of, sn: sender.gateway_sn }, history)
      if (isRight === undefined) return undefined
      const seen = of.envelope === undefined ? 'no JSON object' : shown(of.envelope.raw)
      return rule(isRight, () => ({ seen: `${of.frame.topic}: ${seen}`, due, evidence: [of.frame.seq] }))
    },
  }
}

const thing = ['osd', 'state', 'events', 'requests', 'services_reply']
const enveloped = [...thing, 'status', 'property/set_reply']

/** The command that a reply answers. */
function answered(
  of: FrameCase,
  history: History,
): { readonly bid: string | undefined; readonly method: string } | undefined {
  const { envelope, topic } = of
  const sendings = envelope?.tid === undefined ? [] : (history.sendings.get(envelope.tid) ?? [])
  return sendings.find(({ gateway_sn }) => gateway_sn === topic.sn)
}

function data({ envelope }: FrameCase): Readonly<Record<string, unknown>> {
  return isJsonObject(envelope?.data) ? envelope.data : {}
}

/** An event of the same method as a command that the dock was sent. */
function isProgress({ envelope, topic }: FrameCase, history: History): boolean {
  const method = envelope?.method
  const isOwn = method !== undefined && findMethod(method)?.dji.progress?.events.includes(method) === true
  return isOwn && history.group(topic.sn, method).sendings.length > 0
}

function hasProgressShape(of: FrameCase): boolean {
  const { result, output } = data(of)
  if (!Number.isInteger(result) || !isJsonObject(output) || typeof output['status'] !== 'string') return false
  const { progress } = output
  if (progress === undefined) return true
  const percent = isJsonObject(progress) ? progress['percent'] : undefined
  return typeof percent === 'number' && percent >= 0 && percent <= 100
}

/** The method's precondition on the dock's mode, when the dock has told its mode. */
function isAllowed(of: FrameCase, history: History): boolean | undefined {
  const command = answered(of, history)
  const method = command === undefined ? undefined : findMethod(command.method)
  const steps = method?.dji.progress?.steps ?? []
  const mode = history.dockView(of.topic.sn).mode_code
  if (mode === undefined || !steps.includes('check_work_mode')) return undefined
  if (mode === 2) return undefined
  return data(of)['result'] !== 0
}

export const dockChecks: readonly FrameCheck[] = [
  onDock(
    'dock-topic-own-serial',
    thing.slice(2),
    'its own serial number',
    ({ topic, sn }) => topic.sn === sn,
  ),
  onDock('dock-topology-announces', thing, 'update_topo before it', ({ sn }, history) => {
    return history.dockView(sn).hasAnnounced
  }),
  onDock('dock-topology-sub-devices', ['status'], 'at most one aircraft in sub_devices', (of) => {
    const { sub_devices } = data(of)
    return of.envelope?.method === 'update_topo'
      ? Array.isArray(sub_devices) && sub_devices.length <= 1
      : undefined
  }),
  onDock('dock-envelope-tid-bid', enveloped, 'tid and bid', ({ envelope }) => {
    return envelope?.tid !== undefined && envelope.bid !== undefined
  }),
  onDock('dock-timestamp-13-digits', enveloped, 'an integer of 13 digits', ({ envelope }) => {
    return Number.isInteger(envelope?.timestamp) && String(envelope?.timestamp).length === 13
  }),
  onDock(
    'dock-names-gateway',
    thing,
    'gateway, its serial number',
    ({ envelope, sn }) => envelope?.gateway === sn,
  ),
  onDock(
    'dock-reply-echoes-tid-bid-method',
    ['services_reply'],
    "the command's tid, bid and method",
    (of, history) => {
      const command = answered(of, history)
      if (command === undefined) return false
      return command.bid === of.envelope?.bid && command.method === of.envelope?.method
    },
  ),
  onDock('dock-data-result', ['services_reply'], 'data with an integer result', (of) =>
    Number.isInteger(data(of)['result']),
  ),
  onDock('dock-event-bid-is-commands', ['events'], "the command's bid", (of, history) => {
    if (!isProgress(of, history)) return undefined
    const { sendings } = history.group(of.topic.sn, of.envelope?.method ?? '')
    return sendings.some(({ bid }) => bid === of.envelope?.bid)
  }),
  onDock('dock-event-tid-fresh', ['events'], 'a tid of its own', ({ envelope, topic }, history) => {
    return envelope?.tid === undefined ? undefined : !history.dockView(topic.sn).eventTids.has(envelope.tid)
  }),
  onDock(
    'dock-event-progress-shape',
    ['events'],
    'result, and output with status and progress',
    (of, history) => {
      return isProgress(of, history) ? hasProgressShape(of) : undefined
    },
  ),
  onDock('dock-event-final-last', ['events'], 'no event after the final one', (of, history) => {
    const { envelope, topic } = of
    if (envelope === undefined || statusOfEvent(envelope) === undefined) return undefined
    return !history.dockView(topic.sn).ended.has(`${envelope.method} ${envelope.bid}`)
  }),
  onDock('dock-event-need-reply', ['events'], 'need_reply 0 or 1', ({ envelope }) => {
    const given: unknown = envelope?.raw['need_reply']
    return given === undefined ? undefined : given === 0 || given === 1
  }),
  onDock(
    'dock-property-has-no-method',
    ['osd', 'state', 'property/set_reply'],
    'no method',
    ({ envelope }) => {
      return envelope !== undefined && !('method' in envelope.raw)
    },
  ),
  onDock('dock-osd-every-two-seconds', ['osd'], 'osd every 2 s', ({ frame, topic }, history) => {
    const before = history.dockView(topic.sn).osdAt
    return before === undefined ? undefined : frame.at - before <= 2_500
  }),
  onDock('dock-debug-mode-required', ['services_reply'], 'a result other than 0 outside mode 2', isAllowed),
  onDock('dock-drc-envelope', ['drc/up'], 'method and data without tid and bid', ({ envelope }) => {
    if (envelope === undefined) return false
    const { raw } = envelope
    return typeof raw['method'] === 'string' && 'data' in raw && !('tid' in raw) && !('bid' in raw)
  }),
  onDock(
    'dock-silent-on-drc-methods',
    ['services_reply'],
    'no reply to a method of another channel',
    ({ envelope }) => {
      const method = envelope?.method === undefined ? undefined : findMethod(envelope.method)
      return method === undefined ? undefined : method.transport === 'services'
    },
  ),
]
