import type { BehaviorSpec } from '../../simulator/index.ts'
import { parseDuration } from '../../simulator/index.ts'
import type { Answers } from './act.ts'

/**
 * What a sequence may expect of a scripted dock: whether it is on line, and which replies it holds. It is a guess that
 * keeps most acts meaningful; nothing is judged by it.
 */
export class DockModel {
  readonly name: string
  isOnline = true
  #answers: Answers
  #inScript = 0
  #calls = 0
  readonly #waiting: { readonly deadline: number }[] = []
  readonly #held: { readonly call: number; readonly since: number }[] = []

  constructor(name: string, answers: Answers) {
    this.name = name
    this.#answers = answers
  }

  /** Another script, whose first entry serves the next call. */
  use(answers: Answers): void {
    this.#answers = answers
    this.#inScript = 0
  }

  /** A command for this dock was accepted. */
  queue(deadline: number): void {
    this.#waiting.push({ deadline })
  }

  /** Everything that waits for this dock reaches it, unless its time is over. */
  deliver(now: number): void {
    for (const { deadline } of this.#waiting.splice(0)) {
      if (deadline > now || this.#calls === 0) this.#receive(now)
    }
  }

  /** Calls whose replies are held by now. */
  heldBy(now: number): readonly number[] {
    return this.#held.filter(({ since }) => since <= now).map(({ call }) => call)
  }

  release(call: number): void {
    const place = this.#held.findIndex((held) => held.call === call)
    if (place >= 0) this.#held.splice(place, 1)
  }

  #receive(now: number): void {
    this.#calls++
    const answer = this.#answers[Math.min(this.#inScript++, this.#answers.length - 1)]
    if (answer === undefined) return
    if (answer.disconnect !== undefined) this.isOnline = false
    if (answer.hold === true) this.#held.push({ call: this.#calls, since: now + delayMs(answer) })
  }
}

/** How long after its request the last message of an answer comes, in milliseconds; held ones as if they were not. */
export function lastsMs(answers: Answers): number {
  return Math.max(0, ...answers.map((answer) => delayMs(answer) + spread(answer)))
}

function spread({ then = [], events = [] }: BehaviorSpec): number {
  const further = then.reduce((sum, next) => sum + lastsMs([next]), 0)
  return events.reduce((sum, { after }) => sum + (after === undefined ? 0 : parseDuration(after)), further)
}

function delayMs({ delay }: BehaviorSpec): number {
  return typeof delay === 'string' ? parseDuration(delay) : 0
}
