/** Runs work of one key in the order in which it came, and work of different keys side by side. */
export type Sequence = (key: string, work: () => Promise<void>) => void

/** `failed` hears of work that threw; what comes after it runs all the same. */
export function createSequence(failed: (error: unknown) => void): Sequence {
  const tails = new Map<string, Promise<void>>()
  return (key, work) => {
    const tail = (tails.get(key) ?? Promise.resolve())
      .then(work)
      .catch(failed)
      .finally(() => {
        if (tails.get(key) === tail) tails.delete(key)
      })
    tails.set(key, tail)
  }
}
