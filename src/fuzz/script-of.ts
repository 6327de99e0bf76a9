import type { BehaviorSpec, DeviceScript } from '../../simulator/index.ts'
import type { Answers } from './act.ts'
import type { StepData } from './scenario-data.ts'

/** A step whose script, if it has one, stands under its method and names only commands that exist. */
export function onlyKnown(step: StepData, names: ReadonlySet<string>, key: string): StepData {
  const { device } = step
  if (typeof device !== 'object' || device === null || !('on' in device)) return step
  return { device: { ...device, on: scriptOf(device.on as Answers, names, key) } }
}

/** What a dock does, under one method; replies with the tid of a command that does not exist get a fresh one. */
export function scriptOf(answers: Answers, names: ReadonlySet<string>, key: string): DeviceScript {
  const known = answers.map((answer) => knownOf(answer, names))
  const [only, ...others] = known
  return { [key]: only !== undefined && others.length === 0 ? only : known }
}

function knownOf(answer: BehaviorSpec, names: ReadonlySet<string>): BehaviorSpec {
  const { tid, then } = answer
  return {
    ...answer,
    ...(typeof tid === 'object' && !names.has(tid.of) ? { tid: 'unmatched' } : {}),
    // oxlint-disable-next-line unicorn/no-thenable -- the language's own word; its value is a list, never a function
    ...(then === undefined ? {} : { then: then.map((next) => knownOf(next, names)) }),
  }
}
