import type { JsonObject } from '../../../contracts/index.ts'
import type { FrameParts } from '../../support/observations.ts'
import { aCreate, aFrame, aReply, aService } from '../../support/observations.ts'
import type { Row } from './row.ts'
import { at, up } from './row.ts'

/** Docks that nobody scripts. */
export const unscripted = { docks: 'unscripted' as const }
const options = unscripted
const announces = aFrame(at(1, 0), {
  topic: 'sys/product/DOCK1/status',
  envelope: { method: 'update_topo', data: { sub_devices: [] } },
})
const thanks = aFrame(at(2, 0), {
  topic: 'sys/product/DOCK1/status_reply',
  sender: { kind: 'platform' },
  envelope: { tid: 'event-1', method: 'update_topo', data: { result: 0 } },
})
export const online = [up, announces, thanks]
export const commanded = [...online, aCreate(at(3, 1)), aService(at(5, 1))]
export const osd = (seq: number, ms: number, envelope: JsonObject = {}): ReturnType<typeof aFrame> =>
  aFrame(at(seq, ms), {
    topic: 'thing/product/DOCK1/osd',
    envelope: { method: undefined, data: { mode_code: 0 }, ...envelope },
  })

/** A message of the dock, right and with something changed. */
function message(rule: string, wrong: FrameParts, more: Partial<Row> = {}): Row {
  return {
    rule,
    options,
    accepts: [...commanded, aFrame(at(7, 2))],
    refuses: [...commanded, aFrame(at(7, 2), wrong)],
    ...more,
  }
}

/** A reply of the dock, right and wrong. */
function reply(rule: string, data: unknown, wrong: FrameParts = {}): Row {
  return {
    rule,
    options,
    accepts: [...commanded, aReply(at(7, 2))],
    refuses: [...commanded, aReply(at(7, 2), 1, data, wrong)],
  }
}

export const dockRows: readonly Row[] = [
  message('dock-topic-own-serial', { topic: 'thing/product/DOCK9/events' }),
  { rule: 'dock-topology-announces', options, accepts: [...online, osd(7, 2)], refuses: [up, osd(7, 2)] },
  {
    rule: 'dock-topology-sub-devices',
    options,
    accepts: online,
    refuses: [
      up,
      aFrame(at(1, 0), { topic: 'sys/product/DOCK1/status', envelope: { method: 'update_topo', data: {} } }),
      thanks,
    ],
  },
  message(
    'dock-envelope-tid-bid',
    { envelope: { bid: undefined } },
    { finds: ['dock-envelope-tid-bid', 'dock-event-bid-is-commands'] },
  ),
  message('dock-timestamp-13-digits', { envelope: { timestamp: 1 } }),
  message('dock-names-gateway', { envelope: { gateway: 'DOCK9' } }),
  reply('dock-reply-echoes-tid-bid-method', { result: 0 }, { envelope: { bid: 'other' } }),
  reply('dock-data-result', { result: '0' }),
  message('dock-event-bid-is-commands', { envelope: { bid: 'other' } }),
  {
    rule: 'dock-event-tid-fresh',
    options,
    accepts: [...commanded, aFrame(at(7, 2)), aFrame(at(8, 3))],
    refuses: [...commanded, aFrame(at(7, 2)), aFrame(at(8, 3), { envelope: { tid: 'event-7' } })],
  },
  message('dock-event-progress-shape', {
    envelope: { data: { result: 0, output: { status: 'ok', progress: { percent: 120 } } } },
  }),
  {
    rule: 'dock-event-final-last',
    options,
    accepts: [...commanded, aFrame(at(7, 2)), aFrame(at(8, 3), ended())],
    refuses: [...commanded, aFrame(at(7, 2), ended()), aFrame(at(8, 3))],
  },
  {
    ...message('dock-event-need-reply', { envelope: { need_reply: 2 } }),
    accepts: [...commanded, aFrame(at(7, 2), { envelope: { need_reply: 0 } })],
  },
  {
    rule: 'dock-property-has-no-method',
    options,
    accepts: [...online, osd(7, 2)],
    refuses: [...online, osd(7, 2, { method: 'osd' })],
  },
  {
    rule: 'dock-osd-every-two-seconds',
    options,
    accepts: [...online, osd(7, 2), osd(8, 2_002)],
    refuses: [...online, osd(7, 2), osd(8, 9_000)],
  },
  {
    // A dock that restarts is away for a while; only its last will says so.
    rule: 'dock-osd-every-two-seconds',
    case: 'after a restart',
    options,
    accepts: [
      ...online,
      osd(7, 2),
      aFrame(at(8, 1_000), {
        topic: 'sys/product/DOCK1/status',
        envelope: { tid: 'last-will', bid: 'last-will', method: 'offline', data: {} },
      }),
      aFrame(at(9, 9_000), {
        topic: 'sys/product/DOCK1/status',
        envelope: { tid: 'event-9', method: 'update_topo', data: { sub_devices: [] } },
      }),
      aFrame(at(10, 9_000), {
        topic: 'sys/product/DOCK1/status_reply',
        sender: { kind: 'platform' },
        envelope: { tid: 'event-9', method: 'update_topo', data: { result: 0 } },
      }),
      osd(11, 9_000),
      osd(12, 11_000),
    ],
    refuses: [...online, osd(7, 2), osd(8, 2_002), osd(9, 5_000)],
  },
  {
    rule: 'dock-debug-mode-required',
    options,
    accepts: [...commanded, osd(6, 1), aReply(at(7, 2), 1, { result: 514153 })],
    refuses: [...commanded, osd(6, 1), aReply(at(7, 2))],
  },
  {
    rule: 'dock-drc-envelope',
    options,
    accepts: [
      ...online,
      aFrame(at(7, 2), { topic: 'thing/product/DOCK1/drc/up', envelope: { tid: undefined, bid: undefined } }),
    ],
    refuses: [...online, aFrame(at(7, 2), { topic: 'thing/product/DOCK1/drc/up' })],
  },
  {
    rule: 'dock-silent-on-drc-methods',
    options,
    accepts: [...commanded, aReply(at(7, 2))],
    refuses: [
      ...online,
      aCreate(at(3, 1), 1, { request: { command_type: 'drone_emergency_stop' } }),
      aService(at(5, 1), 1, { envelope: { method: 'drone_emergency_stop' } }),
      aReply(at(7, 2), 1, { result: 0 }, { envelope: { method: 'drone_emergency_stop' } }),
    ],
  },
]

/** The end of a job. */
export function ended(): FrameParts {
  return { envelope: { data: { result: 0, output: { status: 'ok', progress: { percent: 100 } } } } }
}
