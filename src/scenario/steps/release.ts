import { passed } from '../answer.ts'
import { deviceOf } from '../scene.ts'
import type { StepRunner } from './step.ts'

/** How long a reply may take to be held, in scenario time. */
export const releasesWithinMs = 10_000

/** Lets a held reply go; waits until it is held. */
export const release: StepRunner<'release'> = async (step, scene) => {
  const { device: name, reply } =
    typeof step.body === 'string' ? { device: step.body, reply: undefined } : step.body
  deviceOf(scene, name)
  const { pace, fleet } = scene.rig
  const { held } = fleet.get(name)
  held.onChange(() => pace.poke())
  const isHeld = (): boolean => (reply === undefined ? held.calls.length > 0 : held.calls.includes(reply))
  const wait = await pace.until(isHeld, pace.clock.now() + releasesWithinMs)
  if (wait === 'seen' && held.release(reply)) return passed
  return {
    kind: 'timedOut',
    expectation: {
      what: `${name} to hold ${reply === undefined ? 'a reply' : `its reply to call ${reply}`}`,
      withinMs: releasesWithinMs,
    },
    nearest: held.calls.map((call) => ({
      what: `a held reply to call ${call}`,
      why: 'another call was asked for',
    })),
  }
}
