/**
 * Counts what goes on in one rig: packets of every in-process client, publishes and acknowledgements at the broker,
 * phases of HTTP requests. Knows nobody; the parts of the rig report to it.
 */
export class Activity {
  #count = 0
  #pending = 0
  #patient = 0

  /** How much has happened so far. */
  get count(): number {
    return this.#count
  }

  /** Work that was begun and is not over, and that time does not have to pass for. */
  get pending(): number {
    return Math.max(0, this.#pending - this.#patient)
  }

  /** Something happened. */
  bump(): void {
    this.#count++
  }

  /** One piece of the work under way waits for a timer of the rig, until the returned function is called. */
  waitForTimer(): () => void {
    this.#patient++
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      this.#patient--
      this.#count++
    }
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
