import { HarnessError } from '../../../contracts/index.ts'
import { parseDuration } from '../../../simulator/index.ts'
import { passed } from '../answer.ts'
import { deviceOf } from '../scene.ts'
import type { StepRunner } from './step.ts'

/** Stops and starts the broker, drops a connection, delays or loses messages, holds PUBACKs back. */
export const broker: StepRunner<'broker'> = async ({ body }, scene) => {
  const { broker: control, recorder, pace } = scene.rig
  if (control === undefined) {
    throw new HarnessError(
      'CAPABILITY_MISSING',
      'Cannot control the broker: it is not ours. Add "needs: [broker-control]".',
    )
  }
  if (body === 'stop') {
    recorder.broker('down')
    control.stop()
  } else if (body === 'start') {
    control.start()
    recorder.broker('up')
  } else if (body.drop !== undefined) {
    // What is sent again after a broken line is no fault of the gateway's: the judge is told of the trouble.
    recorder.broker('faulty')
    control.drop(body.drop === 'gateway' ? 'gateway' : { gateway_sn: deviceOf(scene, body.drop).gateway_sn })
    recorder.broker('up')
  } else {
    const delayMs = typeof body.delay === 'string' ? parseDuration(body.delay) : 0
    const loss = body.loss ?? 0
    const pubackMs = body.puback === undefined ? 0 : parseDuration(body.puback)
    control.fault({ delayMs, loss, pubackMs })
    recorder.broker(delayMs > 0 || loss > 0 || pubackMs > 0 ? 'faulty' : 'up')
  }
  await pace.settle()
  return passed
}
