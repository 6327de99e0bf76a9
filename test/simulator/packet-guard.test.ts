import { Duplex } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { guardPackets } from '../../simulator/packet-guard.ts'
import type { OversizedPacket } from '../../simulator/packet-guard.ts'

const limit = 300

/** A PUBLISH packet with a topic and so many bytes after its length. */
function publish(topic: string, length: number): Buffer {
  const header = [0x30]
  for (let rest = length; ;) {
    header.push(rest > 127 ? (rest & 0x7f) | 0x80 : rest)
    rest >>>= 7
    if (rest === 0) break
  }
  const body = Buffer.alloc(length)
  body.writeUInt16BE(topic.length)
  body.write(topic, 2)
  return Buffer.concat([Buffer.from(header), body])
}

/** Lets bytes arrive in chunks on a guarded stream. */
async function receive(chunks: readonly Buffer[]): Promise<{ passed: Buffer; refused: OversizedPacket[] }> {
  const stream = new Duplex({ read: () => undefined, write: (_, __, done) => done() })
  const refused: OversizedPacket[] = []
  const passed: Buffer[] = []
  guardPackets(stream, limit, (packet) => refused.push(packet))
  stream.on('data', (chunk: Buffer) => passed.push(chunk))
  for (const chunk of chunks) {
    if (stream.destroyed) break
    stream.push(chunk)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { passed: Buffer.concat(passed), refused }
}

function halves(bytes: Buffer, at: number): readonly Buffer[] {
  return [bytes.subarray(0, at), bytes.subarray(at)].filter(({ length }) => length > 0)
}

describe('guardPackets', () => {
  it('passes packets up to the limit wherever they are split', async () => {
    const bytes = Buffer.concat([publish('a/b', 20), publish('topic', limit), Buffer.from([0xc0, 0])])

    for (let at = 0; at <= bytes.length; at += 1) {
      const { passed, refused } = await receive(halves(bytes, at))
      expect(refused).toEqual([])
      expect(passed.equals(bytes)).toBe(true)
    }
  })

  it('refuses a larger packet and names its topic wherever it is split', async () => {
    const bytes = Buffer.concat([publish('a/b', 20), publish('some/topic', limit + 1)])

    for (let at = 0; at <= bytes.length; at += 1) {
      const { refused } = await receive(halves(bytes, at))
      expect(refused).toEqual([{ bytes: limit + 1, topic: 'some/topic' }])
    }
  })

  it('refuses it before its body has come', async () => {
    const announced = publish('some/topic', 10_000_000).subarray(0, 30)

    const { passed, refused } = await receive([announced])

    expect(refused).toEqual([{ bytes: 10_000_000, topic: 'some/topic' }])
    expect(passed.length).toBe(0)
  })

  it('reads a stream that comes byte by byte', async () => {
    const bytes = Buffer.concat([publish('a', 200), publish('b', limit + 5)])

    const { refused } = await receive([...bytes].map((byte) => Buffer.from([byte])))

    expect(refused).toEqual([{ bytes: limit + 5, topic: 'b' }])
  })
})
