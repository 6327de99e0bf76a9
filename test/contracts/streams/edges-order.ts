import type { Observation } from '../../../contracts/index.ts'
import {
  aBroker,
  aCreate,
  aDock,
  aFrame,
  aGateway,
  aRead,
  aReply,
  aService,
  decided,
  uuid,
} from '../../support/observations.ts'
import { refused } from './create.ts'
import { commanded, online, osd, unscripted } from './dock.ts'
import { strange, timedOut } from './lifecycle.ts'
import type { Edges } from './row.ts'
import { at, closing, quick, sent, succeeded, tolerant, up } from './row.ts'

const faulty = aBroker(at(0, 0), 'faulty')
const both = [
  up,
  faulty,
  aCreate(at(1, 1), 1, { done: at(3, 1) }),
  aCreate(at(2, 1), 2, { done: at(4, 1) }),
  aService(at(5, 1)),
  aReply(at(6, 2)),
]
const status = (envelope: object, topic = 'sys/product/DOCK1/status'): Observation =>
  aFrame(at(3, 11), { topic, envelope: { method: 'update_topo', data: { sub_devices: [] }, ...envelope } })
const thanks = aFrame(at(4, 11), {
  topic: 'sys/product/DOCK1/status_reply',
  sender: { kind: 'platform' },
  envelope: { tid: 'event-3', method: 'update_topo', data: { result: 0 } },
})
const restarted = [up, aGateway(at(1, 0), 'stopped'), aGateway(at(2, 10), 'ready')]
const late = aCreate(at(5, 12), 1, refused('VALIDATION_FAILED'))
const started = { result: 0, output: { status: 'in_progress' } }
const failing = { result: 0, output: { status: 'failed' } }
const realTime = { ...tolerant, profile: quick.profile }
const other = { envelope: { method: 'drone_open' } }

/** What comes before what, and who is whose. */
export const orderEdges: Edges = {
  innocents: [
    [
      'a message that only one of two commands can have had',
      [...both, aRead(at(7, 3), 2, {}), aRead(at(9, 4), 2, decided(0))],
    ],
    [
      'a message that was not for the command that timed out',
      [...both, aRead(at(7, 3), 2, decided(0)), aRead(at(9, 31_000), 1, timedOut)],
    ],
    [
      'a message that was not for the command that is open',
      [...both, aRead(at(7, 3), 2, decided(0)), aRead(at(9, 4), 1, {})],
    ],
    ['a read without an answer', [...succeeded, aRead(at(7, 10), 1, {}, { unanswered: 'timeout' })]],
    [
      'a success that has a code',
      [up, aCreate(at(1, 1), 1, { body: { code: 'OK' } }), ...succeeded.slice(2)],
    ],
    [
      'a stranger that sends commands',
      [...succeeded, aService(at(9, 9), 9, { sender: { kind: 'stranger', client_id: 'x' } })],
    ],
    [
      'a strange reply before the message',
      [up, aCreate(at(1, 1)), strange(3, 1), aService(at(4, 1)), aRead(at(5, 31_000), 1, timedOut)],
      quick,
    ],
    [
      'a doubtful reply before a sure one',
      [
        ...sent,
        aReply(at(4, 2), 1, { result: 1 }, other),
        aReply(at(5, 100)),
        aRead(at(6, 200), 1, decided(0)),
      ],
    ],
    [
      'a reply that is heard a tolerance after the read',
      [...sent, aRead(at(4, 10), 1, decided(0)), aReply(at(6, 260))],
      realTime,
    ],
    [
      'an early command of a dock that did not announce itself again',
      [...restarted, status({ method: 'offline' }), late],
      quick,
    ],
    [
      'a dock that announces itself in an event',
      [...restarted, status({}, 'thing/product/DOCK1/events'), late],
      quick,
    ],
    ['a dock that is heard of again', [...online, osd(7, 2), aDock(at(8, 3)), osd(9, 2_000)], unscripted],
    [
      'the mode of the aircraft',
      [
        ...commanded,
        aFrame(at(6, 2), {
          topic: 'thing/product/DRONE/osd',
          envelope: { method: undefined, data: { mode_code: 0 } },
        }),
        aReply(at(7, 2)),
      ],
      unscripted,
    ],
  ],
  guilty: [
    [
      'using a tid again for another method',
      [
        ...succeeded,
        aCreate(at(7, 10), 2, { request: { command_type: 'drone_open' } }),
        aService(at(9, 10), 1, other),
      ],
      ['mqtt-tid-fresh'],
    ],
    [
      'retaining two messages',
      [
        up,
        aCreate(at(1, 1)),
        aService(at(3, 1), 1, { retain: true }),
        ...succeeded.slice(3),
        aCreate(at(7, 10), 2),
        aService(at(9, 10), 2, { retain: true }),
      ],
      ['mqtt-not-retained', 'mqtt-not-retained'],
    ],
    [
      'succeeding before a failure is heard',
      [...sent, aRead(at(4, 10), 1, decided(0)), aReply(at(6, 20), 1, { result: 1 })],
      ['reply-nonzero-fails'],
      realTime,
    ],
    [
      'succeeding long before the reply',
      [...sent, aRead(at(4, 10), 1, decided(0)), aReply(at(6, 9_000))],
      ['unmatched-never-decides'],
      realTime,
    ],
    [
      'succeeding before the reply of the same instant',
      [...sent, aRead(at(4, 2), 1, decided(0)), aReply(at(6, 2))],
      ['unmatched-never-decides'],
    ],
    [
      'refusing a command of a dock that announced itself again',
      [...restarted, status({}), thanks, late],
      ['create-accepts'],
      quick,
    ],
    [
      'failing a job that only its reply calls failed',
      closing(failing, { ...decided(1), vendor_response: failing }),
      ['reply-zero-succeeds'],
    ],
    [
      'failing a job whose events go well',
      [
        ...sent,
        aReply(at(4, 2), 1, started),
        aFrame(at(5, 2)),
        aRead(at(6, 3), 1, { ...decided(1), vendor_response: started }),
      ],
      ['reply-zero-succeeds'],
    ],
    [
      'a dock that is back without announcing itself',
      [...online, osd(7, 2), aDock(at(8, 3), 'down'), aDock(at(9, 9_000)), osd(10, 9_001)],
      ['dock-topology-announces'],
      unscripted,
    ],
    [
      'showing the command of an unknown device',
      [
        aCreate(at(1, 1), 1, { request: { device_id: 'nowhere' } }),
        aRead(at(3, 2), 1, { command_id: uuid(1) }),
      ],
      ['create-refuses-device', 'query-shows-command'],
    ],
  ],
}
