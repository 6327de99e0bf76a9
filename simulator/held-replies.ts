/** Replies that wait to be released, by the call that they answer (from 1). */
export class HeldReplies {
  readonly #held: { readonly call: number; readonly go: () => void }[] = []
  #onChange: () => void = () => undefined

  /** Called whenever something is held or let go. */
  onChange(listener: () => void): void {
    this.#onChange = listener
  }

  hold(call: number): Promise<void> {
    return new Promise((resolve) => {
      this.#held.push({ call, go: resolve })
      this.#onChange()
    })
  }

  /** Lets the oldest held reply go, or the oldest of one call; false when none is held. */
  release(call?: number): boolean {
    const place = this.#held.findIndex((reply) => call === undefined || reply.call === call)
    if (place < 0) return false
    const [reply] = this.#held.splice(place, 1)
    reply?.go()
    this.#onChange()
    return true
  }

  /** Calls whose replies are held, oldest first. */
  get calls(): readonly number[] {
    return this.#held.map(({ call }) => call)
  }
}
