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
const lost = (seq: number, n: number, api_id = 'api-1'): Observation =>
  aCreate(at(seq, seq), n, { api_id, unanswered: 'timeout', done: at(seq + 1, seq) })
const busy = refused('DEVICE_BUSY', 409)
const nonce = (value: string): Record<string, string> => ({ 'x-api-nonce': value })
const tampered = { signing: { kind: 'tampered', what: 'key' } } as const
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
      'a lost create that was carried out, beside another command',
      [
        ...succeeded,
        aCreate(at(7, 10), 2, { unanswered: 'timeout', done: at(9, 20) }),
        aService(at(10, 21), 2),
      ],
    ],
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
      'a dock that is busy with another lost command',
      [
        up,
        lost(1, 1),
        lost(3, 2),
        aService(at(5, 5)),
        aCreate(at(6, 9), 1),
        aReply(at(8, 10)),
        aRead(at(9, 11), 1, decided(0)),
        aCreate(at(11, 12), 3, busy),
      ],
      quick,
    ],
    [
      'a used nonce that may be forgotten by now',
      [...succeeded, aCreate(at(7, 150_001), 2, { headers: nonce('nonce-1') }), aService(at(9, 150_001), 2)],
    ],
    [
      'a used nonce that may be remembered still',
      [
        ...succeeded,
        aCreate(at(7, 200_000), 2, { headers: nonce('nonce-1'), ...refused('NONCE_REPLAYED', 401) }),
      ],
    ],
    [
      'a nonce that an invalid request has used',
      [
        ...succeeded,
        aCreate(at(7, 10), 2, { ...tampered, headers: nonce('n'), ...refused('SIGNATURE_INVALID', 401) }),
        aCreate(at(9, 11), 3, { headers: nonce('n'), requestText: '{', ...refused('INVALID_REQUEST_BODY') }),
        aCreate(at(11, 12), 4, { headers: nonce('n'), ...refused('NONCE_REPLAYED', 401) }),
      ],
    ],
    [
      'an API ID whose only request got no answer',
      [
        ...succeeded,
        lost(7, 2, 'api-9'),
        aCreate(at(9, 11), 3, { ...tampered, api_id: 'api-9', ...refused('UNAUTHORIZED', 401) }),
      ],
    ],
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
    ['sending something before a lost create', [...sent, aService(at(4, 2), 9), lost(5, 2)], ['one-publish']],
    [
      'refusing a command after a lost one that was found again',
      [
        up,
        lost(1, 1),
        aService(at(3, 3)),
        aCreate(at(4, 9), 1),
        aReply(at(6, 10)),
        aRead(at(7, 11), 1, decided(0)),
        aCreate(at(9, 12), 3, busy),
      ],
      ['create-accepts'],
      quick,
    ],
    [
      'counting the time from the lost create of another API ID',
      [
        up,
        lost(1, 1, 'api-2'),
        aCreate(at(3, 5_000)),
        aService(at(5, 5_000)),
        aRead(at(6, 30_005), 1, timedOut),
      ],
      ['lifecycle-deadline', 'lifecycle-deadline-from-acceptance'],
    ],
    [
      'counting the time from a refused create',
      [
        up,
        aCreate(at(1, 1), 1, refused('RATE_LIMITED', 429)),
        aCreate(at(3, 5_000)),
        aService(at(5, 5_000)),
        aRead(at(6, 30_005), 1, timedOut),
      ],
      ['lifecycle-deadline', 'lifecycle-deadline-from-acceptance'],
    ],
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
      'not knowing an API ID, twice',
      [
        up,
        aCreate(at(1, 1), 1, { api_id: 'api-9', ...refused('UNAUTHORIZED', 401) }),
        aCreate(at(3, 2), 2, { ...tampered, api_id: 'api-9', ...refused('UNAUTHORIZED', 401) }),
      ],
      ['sign-accepts'],
    ],
    [
      'refusing without a word, and with one',
      [up, aRead(at(1, 1), 7, {}, { status: 404, text: '' }), aRead(at(3, 2), 7, {}, { status: 404 })],
      ['error-envelope', 'query-unknown-id'],
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
