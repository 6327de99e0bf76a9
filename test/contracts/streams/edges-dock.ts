import type { JsonObject, Observation } from '../../../contracts/index.ts'
import type { FrameParts } from '../../support/observations.ts'
import { aCreate, aFrame, aReply, aService } from '../../support/observations.ts'
import { commanded, ended, online, osd, unscripted as options } from './dock.ts'
import type { Edges, Guilty, Innocent } from './row.ts'
import { at } from './row.ts'

const event = (seq: number, parts: FrameParts): Observation => aFrame(at(seq, seq), parts)
const progress = (data: JsonObject): FrameParts => ({ envelope: { data } })
const drc = (envelope: JsonObject): FrameParts => ({ topic: 'thing/product/DOCK1/drc/up', envelope })

function fine(name: string, ...more: readonly Observation[]): Innocent {
  return [name, [...commanded, ...more], options]
}

function wrong(name: string, more: readonly Observation[], ...finds: readonly string[]): Guilty {
  return [name, [...commanded, ...more], finds, options]
}

const noJson = ['dock-envelope-tid-bid', 'dock-names-gateway', 'dock-timestamp-13-digits'] as const
const shape = 'dock-event-progress-shape'

/** What docks say, to the letter. */
export const dockEdges: Edges = {
  innocents: [
    fine('an event of nobody knows whom', event(7, { sender: 'unknown', envelope: { timestamp: 1 } })),
    fine('an event of the platform', event(7, { sender: { kind: 'platform' }, envelope: { timestamp: 1 } })),
    fine('an event without a method', event(7, { envelope: { method: undefined, bid: 'other' } })),
    fine(
      'an event of a method that nobody asked for',
      event(7, { envelope: { method: 'drone_open', bid: 'other' } }),
    ),
    fine('an event that is no progress', event(7, { envelope: { method: 'hms', bid: 'other', data: {} } })),
    fine(
      'progress without a percentage',
      event(7, progress({ result: 0, output: { status: 'in_progress' } })),
    ),
    fine(
      'progress of 0 %',
      event(7, progress({ result: 0, output: { status: 'in_progress', progress: { percent: 0 } } })),
    ),
    fine(
      'progress of 100 %',
      event(7, progress({ result: 0, output: { status: 'ok', progress: { percent: 100 } } })),
    ),
    fine('a reply in the mode for it', osd(6, 2, { data: { mode_code: 2 } }), aReply(at(7, 2))),
    fine('a reply before the mode is known', osd(6, 2, { data: {} }), aReply(at(7, 2))),
    fine('progress of the first of two commands', aCreate(at(6, 2), 2), aService(at(8, 2), 2), event(9, {})),
    fine(
      'an end after the end of another job',
      event(7, ended()),
      event(8, { envelope: { bid: 'bid-1', method: 'hms' } }),
    ),
    fine(
      'an event that asks for an answer',
      event(7, { envelope: { need_reply: 1 } }),
      aFrame(at(8, 9), {
        topic: 'thing/product/DOCK1/events_reply',
        sender: { kind: 'platform' },
        envelope: { tid: 'event-7' },
      }),
    ),
    fine('osd half a second late', osd(7, 2), osd(8, 2_502)),
    fine(
      'an aircraft in the topology',
      aFrame(at(7, 2), {
        topic: 'sys/product/DOCK1/status',
        envelope: { method: 'update_topo', data: { sub_devices: [{}] } },
      }),
      aFrame(at(8, 2), {
        topic: 'sys/product/DOCK1/status_reply',
        sender: { kind: 'platform' },
        envelope: { tid: 'event-7', method: 'update_topo', data: { result: 0 } },
      }),
    ),
    [
      "the aircraft's own osd",
      [
        ...online,
        aFrame(at(7, 2), {
          topic: 'thing/product/DRONE/osd',
          envelope: { method: undefined, data: { mode_code: 9 } },
        }),
      ],
      options,
    ],
  ],
  guilty: [
    wrong('an event that is no JSON', [event(7, { raw: '[]' })], ...noJson),
    wrong(
      'a reply that is no JSON',
      [event(7, { topic: 'thing/product/DOCK1/services_reply', raw: '[]' })],
      'dock-data-result',
      ...noJson,
      'dock-reply-echoes-tid-bid-method',
    ),
    wrong(
      'osd that is no JSON',
      [event(7, { topic: 'thing/product/DOCK1/osd', raw: '[]' })],
      ...noJson,
      'dock-property-has-no-method',
    ),
    wrong(
      'a status that is no JSON',
      [event(7, { topic: 'sys/product/DOCK1/status', raw: '[]' })],
      'dock-envelope-tid-bid',
      'dock-timestamp-13-digits',
    ),
    wrong(
      'remote control that is no JSON',
      [event(7, { topic: 'thing/product/DOCK1/drc/up', raw: '[]' })],
      'dock-drc-envelope',
    ),
    wrong('remote control with a tid', [event(7, drc({ bid: undefined }))], 'dock-drc-envelope'),
    wrong('remote control with a bid', [event(7, drc({ tid: undefined }))], 'dock-drc-envelope'),
    wrong(
      'remote control without a method',
      [event(7, drc({ tid: undefined, bid: undefined, method: undefined }))],
      'dock-drc-envelope',
    ),
    wrong(
      'remote control without data',
      [event(7, drc({ tid: undefined, bid: undefined, data: undefined }))],
      'dock-drc-envelope',
    ),
    wrong('an event without a tid', [event(7, { envelope: { tid: undefined } })], 'dock-envelope-tid-bid'),
    wrong(
      'a timestamp with a fraction',
      [event(7, { envelope: { timestamp: 17672256000.5 } })],
      'dock-timestamp-13-digits',
    ),
    wrong(
      'two aircraft in the topology',
      [
        aFrame(at(7, 2), {
          topic: 'sys/product/DOCK1/status',
          envelope: { method: 'update_topo', data: { sub_devices: [{}, {}] } },
        }),
        aFrame(at(8, 2), {
          topic: 'sys/product/DOCK1/status_reply',
          sender: { kind: 'platform' },
          envelope: { tid: 'event-7', method: 'update_topo', data: { result: 0 } },
        }),
      ],
      'dock-topology-sub-devices',
    ),
    wrong(
      'a result that is no integer',
      [event(7, progress({ result: 'x', output: { status: 'ok' } }))],
      shape,
    ),
    wrong('progress without output', [event(7, progress({ result: 0 }))], shape),
    wrong('progress without a status', [event(7, progress({ result: 0, output: {} }))], shape),
    wrong(
      'progress that is a number',
      [event(7, progress({ result: 0, output: { status: 'in_progress', progress: 5 } }))],
      shape,
    ),
    wrong(
      'a percentage in words',
      [event(7, progress({ result: 0, output: { status: 'in_progress', progress: { percent: '5' } } }))],
      shape,
    ),
    wrong(
      'a percentage below 0',
      [event(7, progress({ result: 0, output: { status: 'in_progress', progress: { percent: -1 } } }))],
      shape,
    ),
    wrong(
      'an event without a status after the end',
      [event(7, ended()), event(8, progress({ result: 0, output: {} }))],
      shape,
    ),
    wrong('a reply to nothing', [aReply(at(7, 2), 9)], 'dock-reply-echoes-tid-bid-method'),
    wrong(
      'a reply without a tid',
      [aReply(at(7, 2), 1, { result: 0 }, { envelope: { tid: undefined } })],
      'dock-envelope-tid-bid',
      'dock-reply-echoes-tid-bid-method',
    ),
    wrong(
      'a reply under another method',
      [aReply(at(7, 2), 1, { result: 0 }, { envelope: { method: 'drone_open' } })],
      'dock-reply-echoes-tid-bid-method',
    ),
    wrong(
      'a reply under no method',
      [aReply(at(7, 2), 1, { result: 0 }, { envelope: { method: undefined } })],
      'dock-reply-echoes-tid-bid-method',
    ),
    wrong(
      'a reply under a method that does not exist',
      [aReply(at(7, 2), 1, { result: 0 }, { envelope: { method: 'make_coffee' } })],
      'dock-reply-echoes-tid-bid-method',
    ),
    wrong(
      'a reply to what another dock was asked',
      [
        aCreate(at(6, 2), 2, { request: { device_id: 'drone-002' } }),
        aService(at(8, 2), 2, { topic: 'thing/product/DOCK2/services' }),
        aReply(at(9, 3), 2),
      ],
      'dock-reply-echoes-tid-bid-method',
    ),
  ],
}
