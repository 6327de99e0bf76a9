import { Duplex } from 'node:stream'

/**
 * Two ends of a wire inside the process. Both ends are destroyed when one closes; without that the far end never
 * learns of it, a last will never fires and an orderly end hangs.
 */
export function inProcessWire(): readonly [Duplex, Duplex] {
  const near = new WireEnd()
  const far = new WireEnd()
  near.join(far)
  far.join(near)
  near.on('close', () => far.destroy())
  far.on('close', () => near.destroy())
  return [near, far]
}

type Done = (error?: Error | null) => void

/**
 * What is written to one end is read from the other. MQTT libraries write a packet in up to eight pieces; those that wait
 * go over at once, as a socket would send them, since every piece costs a turn through two streams and a parser. That
 * is the difference to `duplexPair` of `node:stream`.
 */
class WireEnd extends Duplex {
  #other: WireEnd | undefined
  /** Of the write that this end has not yet read. */
  #taken: Done | undefined

  join(other: WireEnd): void {
    this.#other = other
  }

  override _read(): void {
    const done = this.#taken
    this.#taken = undefined
    done?.()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#send(chunk, done)
  }

  override _writev(pieces: readonly { readonly chunk: Buffer }[], done: Done): void {
    this.#send(Buffer.concat(pieces.map(({ chunk }) => chunk)), done)
  }

  override _final(done: Done): void {
    this.#other?.once('end', () => done())
    this.#other?.push(null)
  }

  #send(bytes: Buffer, done: Done): void {
    const other = this.#other
    if (other === undefined || bytes.length === 0) {
      process.nextTick(done)
      return
    }
    // Set first: a reader that waits already takes it while it is pushed.
    other.#taken = done
    other.push(bytes)
  }
}
