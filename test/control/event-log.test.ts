import { describe, expect, it } from 'vitest'
import { EventLog } from '../../src/control/index.ts'
import type { RigEvent } from '../../src/index.ts'

function change(at: number): RigEvent {
  return { kind: 'device', at, device: 'drone-001', change: 'changed' }
}

function message(seq: number, bytes: number): Extract<RigEvent, { kind: 'frame' }> {
  const payload = 'x'.repeat(bytes)
  return {
    kind: 'frame',
    at: seq,
    frame: { seq, from: 'drone-001', topic: 'thing/product/x/osd', payload, qos: 0, retain: false },
  }
}

function aLog(events: number, limit: number): EventLog {
  const log = new EventLog(limit)
  for (let at = 1; at <= events; at += 1) log.add(change(at))
  return log
}

describe('a log of events', () => {
  it('gives what came after an event', () => {
    const log = aLog(5, 10)

    expect(log.since(3).events.map(({ id }) => id)).toEqual([4, 5])
    expect(log.since(5)).toEqual({ events: [], isWhole: true })
  })

  it('keeps a bounded number, and says that older ones are lost', () => {
    const log = aLog(95, 10)

    expect(log.since(0).events.map(({ id }) => id)).toEqual([86, 87, 88, 89, 90, 91, 92, 93, 94, 95])
    expect([log.since(85).isWhole, log.since(84).isWhole]).toEqual([true, false])
  })

  it('gives everything to one who comes from another run', () => {
    const { events, isWhole } = aLog(3, 10).since(99)

    expect(isWhole).toBe(false)
    expect(events.map(({ id }) => id)).toEqual([1, 2, 3])
  })

  it('keeps fewer when they are large', () => {
    const log = new EventLog(10, 1_000)
    for (let at = 1; at <= 9; at += 1) log.add(message(at, 200))

    const { events, isWhole } = log.since(0)

    expect([events.map(({ id }) => id), isWhole]).toEqual([[5, 6, 7, 8, 9], false])
  })

  it('writes an event once, without its secrets', () => {
    const log = new EventLog()
    log.add({ ...message(1, 0), frame: { ...message(1, 0).frame, payload: '{"password":"sesame"}' } })

    const [event] = log.since(0).events

    expect(event?.text).toContain('id: 1\nevent: frame\ndata: {')
    expect(event?.text).not.toContain('sesame')
  })

  it('tells listeners until they have enough', () => {
    const log = new EventLog()
    const heard: number[] = []
    const stop = log.listen(({ id }) => heard.push(id))
    log.add(change(1))
    stop()

    log.add(change(2))

    expect(heard).toEqual([1])
  })
})
