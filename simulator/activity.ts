/**
 * Counts what goes on in one rig: packets of every in-process client, publishes and acknowledgements at the broker,
 * phases of HTTP requests. Knows nobody; the parts of the rig report to it.
 */
export class Activity {
  #count = 0
  #pending = 0

  /** How much has happened so far. */
  get count(): number {
    return this.#count
  }

  /** Work that was begun and is not over. */
  get pending(): number {
    return this.#pending
  }

  /** Something happened. */
  bump(): void {
    this.#count++
  }

  /** Counts as under way until the promise settles; hands it on unchanged. */
  async track<T>(work: Promise<T>): Promise<T> {
    this.#pending++
    this.#count++
    try {
      return await work
    } finally {
      this.#pending--
      this.#count++
    }
  }
}
