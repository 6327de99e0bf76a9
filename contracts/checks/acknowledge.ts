import type { Ask } from '../dock-view.ts'
import type { History } from '../history.ts'
import { lateBy } from '../terms.ts'
import type { Ruling } from './check.ts'

/** The rule of what the platform owes to docks; asked at the end of each message that asks for an answer. */
export const acknowledgeRule = 'mqtt-acknowledges-events'

/** Whether a dock's message was answered; says nothing while the answer may still come. */
export function acknowledged({ at, seq, answer }: Ask, history: History): Ruling {
  if (answer === 'right') return 'kept'
  const due = at + lateBy(history.options)
  if (history.now <= due || !history.rig.isCalm(at, due)) return undefined
  return {
    seen: answer === 'none' ? 'no answer' : 'an answer with another bid',
    due: 'an answer on the reply topic with the same tid and bid',
    evidence: [seq],
  }
}
