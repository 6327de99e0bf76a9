import type { Duplex } from 'node:stream'

/** Largest MQTT packet that a broker of ours takes; DJI's largest documented messages are a few kilobytes. */
export const maxPacketBytes = 1024 * 1024

/** A packet that was refused unread, as far as its first chunk tells. */
export interface OversizedPacket {
  readonly bytes: number
  /** Topic of a PUBLISH packet; empty for any other. */
  readonly topic: string
}

/**
 * Watches what arrives on a connection and ends it when a packet announces more than `limit` bytes, before any of it
 * is buffered: aedes has no packet limit of its own. Works on every stream, since all of them deliver through `push`.
 */
export function guardPackets(stream: Duplex, limit: number, refuse: (packet: OversizedPacket) => void): void {
  const reader = new HeaderReader()
  const push = stream.push.bind(stream)
  stream.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    const verdict = chunk instanceof Uint8Array ? reader.read(bufferOf(chunk), limit) : 'pass'
    if (verdict === 'pass') return push(chunk, encoding)
    if (verdict === 'hold') {
      // An empty chunk ends this read; the next one is asked for, since a wire inside the process waits to be read.
      push(Buffer.alloc(0))
      process.nextTick(() => stream.read(0))
      return true
    }
    refuse(verdict)
    stream.destroy()
    return false
  }
}

function bufferOf(chunk: Uint8Array): Buffer {
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}

type Place =
  | { readonly at: 'type' }
  | { readonly at: 'length'; readonly type: number; readonly value: number; readonly shift: number }
  | { readonly at: 'body'; readonly left: number }
  /** Of a PUBLISH that is too large: the bytes that name its topic are still awaited. */
  | { readonly at: 'topic'; readonly bytes: number; readonly name: Buffer }

/** Follows packet borders through a byte stream: type byte, remaining length (1 to 4 bytes, 7 bits each), body. */
class HeaderReader {
  #place: Place = { at: 'type' }

  /** `pass` until a packet is too large; then `hold` until its topic is known, and at last the packet itself. */
  read(chunk: Buffer, limit: number): 'pass' | 'hold' | OversizedPacket {
    let offset = 0
    while (offset < chunk.length) {
      const place = this.#place
      if (place.at === 'topic') return this.#readTopic(place, chunk.subarray(offset))
      if (place.at === 'body') {
        const taken = Math.min(place.left, chunk.length - offset)
        offset += taken
        this.#place = taken === place.left ? { at: 'type' } : { at: 'body', left: place.left - taken }
      } else {
        const byte = chunk.readUInt8(offset++)
        this.#place =
          place.at === 'type'
            ? { at: 'length', type: byte >> 4, value: 0, shift: 0 }
            : nextPlace(place, byte, limit)
      }
    }
    return this.#place.at === 'topic' ? this.#readTopic(this.#place, chunk.subarray(offset)) : 'pass'
  }

  #readTopic(place: Extract<Place, { at: 'topic' }>, rest: Buffer): 'hold' | OversizedPacket {
    const name = Buffer.concat([place.name, rest.subarray(0, longestTopic)])
    const length = name.length < 2 ? longestTopic : name.readUInt16BE(0)
    this.#place = { ...place, name }
    if (name.length < 2 + length && name.length < longestTopic) return 'hold'
    return { bytes: place.bytes, topic: name.toString('utf8', 2, 2 + length) }
  }
}

const publish = 3
const longestTopic = 256

function nextPlace(place: Extract<Place, { at: 'length' }>, byte: number, limit: number): Place {
  const value = place.value + (byte & 0x7f) * 2 ** place.shift
  if ((byte & 0x80) !== 0 && place.shift < 21) return { ...place, value, shift: place.shift + 7 }
  if (value > limit)
    return { at: 'topic', bytes: value, name: Buffer.alloc(place.type === publish ? 0 : longestTopic) }
  return value === 0 ? { at: 'type' } : { at: 'body', left: value }
}
