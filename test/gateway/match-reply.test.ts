import { describe, expect, it } from 'vitest'
import type { ReplyAddress } from '../../src/gateway/match-reply.ts'
import { matchReply } from '../../src/gateway/match-reply.ts'
import { aCommand } from '../support/a-command.ts'

const first = aCommand({ command_id: 'first', tid: 'tid-1', bid: 'bid-1' })
const second = aCommand({ command_id: 'second', tid: 'tid-2', bid: 'bid-2' })
const elsewhere = aCommand({ command_id: 'elsewhere', gateway_sn: 'DOCK002' })

describe('matchReply', () => {
  it('takes the command of the tid, whatever bid and method say', () => {
    const reply = anAddress({ tid: 'tid-1', bid: 'bid-2', method: 'drone_open' })

    expect(matchReply(reply, { byTid: first, open: [first, second] })).toEqual({
      kind: 'matched',
      command: first,
    })
  })

  it('takes the command of the tid when it is no longer open', () => {
    const done = aCommand({ state: 'succeeded' })

    expect(matchReply(anAddress(), { byTid: done, open: [second] })).toEqual({
      kind: 'matched',
      command: done,
    })
  })

  it('does not take the tid of another dock', () => {
    expect(matchReply(anAddress(), { byTid: elsewhere, open: [] })).toEqual({ kind: 'stray' })
  })

  it('shows a foreign tid on the command of the bid, also among several', () => {
    const reply = anAddress({ bid: 'bid-2' })

    expect(matchReply(reply, { byTid: undefined, open: [first, second] })).toEqual({
      kind: 'unmatched',
      command: second,
    })
  })

  it('shows a foreign tid and bid on the only open command of the method', () => {
    const other = aCommand({ request: { ...first.request, command_type: 'drone_open' } })

    const match = matchReply(anAddress({ bid: 'foreign' }), { byTid: undefined, open: [other, first] })

    expect(match).toEqual({ kind: 'unmatched', command: first })
  })

  it.each<[string, Partial<ReplyAddress>]>([
    ['two open commands fit', { bid: 'foreign' }],
    ['no open command has the method', { bid: 'foreign', method: 'drone_open' }],
    ['it names neither bid nor method', { bid: undefined, method: undefined }],
  ])('leaves a reply alone when %s', (_title, names) => {
    expect(matchReply(anAddress(names), { byTid: undefined, open: [first, second] })).toEqual({
      kind: 'stray',
    })
  })
})

function anAddress(names: Partial<ReplyAddress> = {}): ReplyAddress {
  return { gateway_sn: 'DOCK001', tid: 'foreign', bid: 'bid-9', method: 'drone_close', ...names }
}
