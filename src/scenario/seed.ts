/** Seed of one test: FNV-1a over the run's seed and the test's id, so that order and workers change nothing. 32 bits, unsigned. */
export function hashSeed(seed: number, id: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(`${seed}:${id}`)) {
    hash ^= byte
    hash = Math.imul(hash, 0x01000193)
  }
  return hash >>> 0
}
