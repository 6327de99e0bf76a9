import type { Observation } from '../../../contracts/index.ts'
import type { FrameParts } from '../../support/observations.ts'
import { aCreate, aFrame, aGateway, aRead, aService } from '../../support/observations.ts'
import type { Innocent, Row } from './row.ts'
import { at, succeeded, up } from './row.ts'

/** A whole life with something changed in its message. */
function message(rule: string, parts: FrameParts, more: Partial<Row> = {}): Row {
  return {
    rule,
    accepts: succeeded,
    refuses: [up, aCreate(at(1, 1)), aService(at(3, 1), 1, parts), ...succeeded.slice(3)],
    ...more,
  }
}

const event = { need_reply: 1 }
const reply = (envelope: FrameParts['envelope']): Observation =>
  aFrame(at(5, 2), {
    topic: 'thing/product/DOCK1/events_reply',
    sender: { kind: 'platform' },
    envelope: { tid: 'event-4', data: { result: 0 }, ...envelope },
  })

export const mqttRows: readonly Row[] = [
  {
    rule: 'mqtt-services',
    accepts: succeeded,
    refuses: [up, aCreate(at(1, 1)), aRead(at(5, 3), 1, { status: 'DELIVERED' })],
  },
  {
    rule: 'mqtt-services',
    case: 'not before the deadline',
    accepts: succeeded,
    refuses: [up, aCreate(at(1, 1))],
  },
  {
    rule: 'mqtt-services',
    case: 'no JSON object',
    accepts: succeeded,
    refuses: [...succeeded, aService(at(9, 9), 1, { raw: '[]' })],
  },
  {
    rule: 'mqtt-tid-fresh',
    accepts: [...succeeded, aCreate(at(7, 10), 2), aService(at(9, 10), 2)],
    refuses: [
      ...succeeded,
      aCreate(at(7, 10), 2, { request: { device_id: 'drone-002' } }),
      aService(at(9, 10), 1, { topic: 'thing/product/DOCK2/services' }),
    ],
  },
  {
    rule: 'mqtt-tid-fresh',
    case: 'on the same dock',
    accepts: [...succeeded, aCreate(at(7, 10), 2), aService(at(9, 10), 2)],
    refuses: [
      ...succeeded,
      aCreate(at(7, 10), 2),
      aService(at(9, 10), 1),
      aRead(at(10, 11), 2, { status: 'DELIVERED' }),
    ],
  },
  message('mqtt-envelope', { envelope: { timestamp: 1 } }),
  message('mqtt-payload', { envelope: { data: { x: 1 } } }),
  message('mqtt-not-retained', { retain: true }),
  message('mqtt-qos-1', { qos: 0 }),
  {
    rule: 'mqtt-acknowledges-events',
    accepts: [up, aFrame(at(4, 1), { envelope: event }), reply({})],
    refuses: [up, aFrame(at(4, 1), { envelope: event }), reply({ bid: 'other' })],
  },
]

export const mqttInnocents: readonly Innocent[] = [
  [
    'null for no arguments',
    [up, aCreate(at(1, 1)), aService(at(3, 1), 1, { envelope: { data: null } }), ...succeeded.slice(3)],
  ],
  [
    'no data for no arguments',
    [up, aCreate(at(1, 1)), aService(at(3, 1), 1, { envelope: { data: undefined } }), ...succeeded.slice(3)],
  ],
  ['an event that asks for nothing', [up, aFrame(at(4, 1))]],
  [
    'an event of a dock that the platform does not know',
    [aFrame(at(4, 1), { topic: 'thing/product/OTHER/events', envelope: event })],
  ],
  [
    'an event while the gateway is down',
    [aGateway(at(1, 0), 'stopped'), aFrame(at(4, 1), { envelope: event })],
  ],
  [
    'a message of unknown sender and QoS',
    [
      up,
      aCreate(at(1, 1)),
      aService(at(3, 1), 1, { sender: 'unknown', qos: 0, retain: true }),
      ...succeeded.slice(3),
    ],
  ],
  [
    'a dock that publishes on services',
    [...succeeded, aService(at(9, 9), 1, { sender: { kind: 'stranger', client_id: 'x' }, raw: 'x' })],
  ],
]
