import { HarnessError } from '../../../contracts/index.ts'
import { passed } from '../answer.ts'
import type { GatewayControl } from '../rig.ts'
import type { StepRunner } from './step.ts'

/** Restarts, kills, stops or starts the gateway; the store survives, connections and timers do not. */
export const gateway: StepRunner<'gateway'> = async (step, scene) => {
  const { gateway: control, recorder, pace } = scene.rig
  if (control === undefined) {
    throw new HarnessError(
      'CAPABILITY_MISSING',
      'Cannot control the gateway: the target does not offer it. Add "needs: [gateway-control]".',
    )
  }
  for (const action of actions[step.body]) {
    if (action === 'start') {
      await pace.during(control.start())
      recorder.gateway('ready')
    } else {
      recorder.gateway('stopped')
      await pace.during(control[action]())
    }
    await pace.settle()
  }
  return passed
}

const actions = {
  start: ['start'],
  stop: ['stop'],
  kill: ['kill'],
  restart: ['stop', 'start'],
} as const satisfies Readonly<Record<string, readonly (keyof GatewayControl)[]>>
