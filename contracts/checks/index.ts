import type { AnswerCheck, FrameCheck, GroupCheck, ReadCheck, TiedCheck } from './check.ts'
import { createChecks } from './create.ts'
import { refusalChecks } from './create-refuses.ts'
import { replayChecks } from './create-replay.ts'
import { deadlineChecks } from './deadline.ts'
import { decidedChecks } from './decided.ts'
import { dockChecks } from './dock.ts'
import { errorChecks } from './error.ts'
import { lifecycleChecks } from './lifecycle.ts'
import { mqttFrameChecks, mqttTiedChecks } from './mqtt.ts'
import { offlineChecks } from './offline.ts'
import { queryChecks } from './query.ts'
import { replyChecks } from './reply.ts'
import { signChecks } from './sign.ts'
import { surplusChecks } from './surplus.ts'
import { unmatchedChecks } from './unmatched.ts'
import { acknowledgeRule } from './acknowledge.ts'

export type { Breach, Ruling } from './check.ts'
export { acknowledged, acknowledgeRule } from './acknowledge.ts'
export { decidedBy } from './reply.ts'

/** Every check, by what it hears. */
export const checks: {
  readonly answer: readonly AnswerCheck[]
  readonly frame: readonly FrameCheck[]
  /** Rules of virtual docks; judged when nobody scripts them. */
  readonly dock: readonly FrameCheck[]
  readonly read: readonly ReadCheck[]
  readonly tied: readonly TiedCheck[]
  readonly group: readonly GroupCheck[]
} = {
  answer: [...createChecks, ...refusalChecks, ...replayChecks, ...queryChecks, ...signChecks, ...errorChecks],
  frame: mqttFrameChecks,
  dock: dockChecks,
  read: lifecycleChecks,
  tied: [
    ...mqttTiedChecks,
    ...decidedChecks,
    ...replyChecks,
    ...deadlineChecks,
    ...offlineChecks,
    ...unmatchedChecks,
  ],
  group: surplusChecks,
}

/** Ids of the rules that some check can see broken. */
export function checkedRules(): ReadonlySet<string> {
  return new Set([...Object.values(checks).flatMap((list) => list.map(({ rule }) => rule)), acknowledgeRule])
}
