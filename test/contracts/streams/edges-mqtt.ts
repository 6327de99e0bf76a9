import type { Observation } from '../../../contracts/index.ts'
import type { FrameParts } from '../../support/observations.ts'
import { aBroker, aCreate, aFrame, aRead, aService } from '../../support/observations.ts'
import type { Edges } from './row.ts'
import { at, quick, sent, slow, succeeded, tolerant, up } from './row.ts'

const delivered = { status: 'DELIVERED' }
const late = (ms: number): readonly Observation[] => [up, aCreate(at(1, ms), 1)]
const message = (parts: FrameParts): readonly Observation[] => [
  up,
  aCreate(at(1, 1)),
  aService(at(3, 1), 1, parts),
  ...succeeded.slice(3),
]
const event = (ms: number): Observation => aFrame(at(4, ms), { envelope: { need_reply: 1 } })
const answer = (seq: number, envelope: FrameParts['envelope']): Observation =>
  aFrame(at(seq, 2), {
    topic: 'thing/product/DOCK1/events_reply',
    sender: { kind: 'platform' },
    envelope: { tid: 'event-4', data: { result: 0 }, ...envelope },
  })

/** Messages, and answers to what docks ask. */
export const mqttEdges: Edges = {
  innocents: [
    [
      'a method that does not travel on services',
      [up, aCreate(at(1, 1), 1, { request: { command_type: 'drone_emergency_stop' } })],
    ],
    ['a command whose time runs still', late(590_000)],
    ['a command whose time runs out at last', late(570_000)],
    ['a command whose slack runs still', late(565_000), slow],
    ['a command whose tolerance runs still', late(559_900), tolerant],
    [
      'a status that may be ahead of its message',
      [up, aCreate(at(1, 599_000)), aRead(at(3, 599_900), 1, delivered)],
      tolerant,
    ],
    [
      'a status that is a tolerance ahead of its message',
      [up, aCreate(at(1, 599_000)), aRead(at(3, 599_750), 1, delivered)],
      tolerant,
    ],
    [
      'a status from a faulty broker',
      [up, aBroker(at(0, 0), 'faulty'), aCreate(at(1, 1)), aRead(at(3, 2), 1, delivered)],
    ],
    ['an event whose answer may come still', [up, event(595_000)], slow],
    ['an event at the end', [up, event(600_000)]],
    ['an answer after a wrong one', [up, event(1), answer(5, { bid: 'other' }), answer(6, {})]],
    ['a wrong answer after a right one', [up, event(1), answer(5, {}), answer(6, { bid: 'other' })]],
    ['an answer to nothing', [up, answer(5, {})]],
    ['an answer to another event', [up, event(1), answer(5, {}), answer(6, { tid: 'event-9' })]],
    ['an event without a tid', [up, aFrame(at(4, 1), { envelope: { need_reply: 1, tid: undefined } })]],
    [
      'a stranger that asks',
      [up, aFrame(at(4, 1), { envelope: { need_reply: 1 }, sender: { kind: 'stranger', client_id: 'x' } })],
    ],
    ['telemetry', [up, aFrame(at(4, 1), { topic: 'thing/product/DOCK1/osd', raw: 'x' })]],
    ["a topic that is nobody's", [up, aFrame(at(4, 1), { topic: 'some/where', raw: 'x' })]],
    [
      'a message to a dock by a dock',
      [...succeeded, aService(at(9, 9), 9, { sender: { kind: 'dock', gateway_sn: 'DOCK1' } })],
    ],
  ],
  guilty: [
    ['sending no method', message({ envelope: { method: undefined } }), ['mqtt-services', 'mqtt-services']],
    ['sending no bid', message({ envelope: { bid: undefined } }), ['mqtt-envelope']],
    ['sending an empty tid', message({ envelope: { tid: '' } }), ['mqtt-services', 'mqtt-services']],
    [
      'sending a timestamp that is no integer',
      message({ envelope: { timestamp: 1767225600000.5 } }),
      ['mqtt-envelope'],
    ],
    [
      'sending a timestamp as a text',
      message({ envelope: { timestamp: '1767225600000' } }),
      ['mqtt-envelope'],
    ],
    [
      'sending a message again, and none for a later command',
      [...succeeded, aService(at(8, 5_000)), aCreate(at(9, 6_000), 2)],
      ['mqtt-services'],
    ],
    [
      'sending one message for two commands',
      [up, aCreate(at(1, 1)), aCreate(at(3, 2), 2), aService(at(5, 3))],
      ['mqtt-services'],
    ],
    [
      'sending a message again for another command',
      [...sent, aCreate(at(4, 1), 2), aService(at(6, 1))],
      ['mqtt-tid-fresh'],
    ],
    [
      'being ahead of its message for long',
      [up, aCreate(at(1, 499_000)), aRead(at(3, 500_000), 1, delivered)],
      ['mqtt-services'],
      { ...quick, exact: 'tolerant', tolerance_ms: 250 },
    ],
    ['sending a text for null', message({ envelope: { data: 'x' } }), ['mqtt-payload']],
    ['not answering an event', [up, event(1)], ['mqtt-acknowledges-events']],
    [
      'not answering a request',
      [up, aFrame(at(4, 1), { topic: 'thing/product/DOCK1/requests' })],
      ['mqtt-acknowledges-events'],
    ],
    [
      'not answering an event in time',
      [up, event(580_000)],
      ['mqtt-acknowledges-events'],
      { profile: slow.profile },
    ],
  ],
}
