import { describe, expect, it } from 'vitest'
import { createJudge, tidOf } from '../../contracts/index.ts'
import type { Observation } from '../../contracts/index.ts'
import { aCreate, aRead, aReply, aService, decided, uuid } from '../support/observations.ts'
import { at, options, sent, up } from './streams/row.ts'

function tids(stream: readonly Observation[]): readonly (string | undefined)[] {
  const judge = createJudge(options)
  for (const observation of stream) judge.observe(observation)
  return [...judge.history.commands.keys()].map((id) => tidOf(judge.history, id))
}

const together: readonly Observation[] = [
  up,
  aCreate(at(1, 1), 1, { done: at(3, 1) }),
  aCreate(at(2, 1), 2, { done: at(4, 1) }),
  aService(at(5, 1), 1),
  aService(at(6, 1), 2),
]

describe('tidOf', () => {
  it('knows the only message of the only command', () => {
    expect(tids(sent)).toEqual(['tid-1'])
  })

  it('tells commands apart by the order of requests and messages', () => {
    expect(tids([...sent, aCreate(at(5, 1), 2), aService(at(7, 1), 2)])).toEqual(['tid-1', 'tid-2'])
  })

  it('leaves simultaneous commands ambiguous', () => {
    expect(tids(together)).toEqual(['ambiguous', 'ambiguous'])
  })

  it('tells simultaneous commands apart once their outcomes do', () => {
    const replies = [aReply(at(7, 2), 1, { result: 4 }), aReply(at(8, 2), 2, { result: 3 })]

    expect(tids([...together, ...replies, aRead(at(9, 3), 1, decided(3))])).toEqual(['tid-2', 'tid-1'])
  })

  it('tells simultaneous commands apart by their payloads', () => {
    const request = { command_type: 'live_set_quality' }
    const service = (seq: number, n: number, video_quality: number): Observation =>
      aService(at(seq, 1), n, {
        envelope: { method: 'live_set_quality', data: { video_id: 'v', video_quality } },
      })

    const stream = [
      up,
      aCreate(at(1, 1), 1, {
        done: at(3, 1),
        request: { ...request, payload: { video_id: 'v', video_quality: 1 } },
      }),
      aCreate(at(2, 1), 2, {
        done: at(4, 1),
        request: { ...request, payload: { video_id: 'v', video_quality: 2 } },
      }),
      service(5, 9, 2),
      service(6, 8, 1),
    ]

    expect(tids(stream)).toEqual(['tid-8', 'tid-9'])
  })

  it('knows none before the message, and keeps it when the message is repeated after a restart', () => {
    expect(tids([up, aCreate(at(1, 1))])).toEqual([undefined])
    expect(tids([...sent, aService(at(9, 9_000), 1)])).toEqual(['tid-1'])
  })

  it('leaves a message ambiguous that a create without an answer may have sent', () => {
    const stream = [
      up,
      aCreate(at(1, 1), 1, { done: at(5, 9) }),
      aCreate(at(2, 1), 2, { unanswered: 'timeout', done: at(6, 9) }),
      aService(at(7, 10), 1),
    ]

    expect(tids(stream)).toEqual(['ambiguous'])
  })

  it('knows nothing of the command of an unknown device', () => {
    expect(tids([up, aCreate(at(1, 1), 1, { request: { device_id: 'nowhere' } })])).toEqual([undefined])
  })

  it('knows nothing of an unknown command', () => {
    const { history } = createJudge(options)

    expect(tidOf(history, uuid(7))).toBeUndefined()
  })
})
