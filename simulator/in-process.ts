import type { Duplex } from 'node:stream'
import { duplexPair } from 'node:stream'

/**
 * Two ends of a wire inside the process. Both ends are destroyed when one closes; without that the far end never
 * learns of it, a last will never fires and an orderly end hangs.
 */
export function inProcessWire(): readonly [Duplex, Duplex] {
  const [near, far] = duplexPair()
  near.on('close', () => far.destroy())
  far.on('close', () => near.destroy())
  return [near, far]
}
