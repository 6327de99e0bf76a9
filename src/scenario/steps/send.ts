import { judgeAnswer } from '../answer.ts'
import { call } from '../caller.ts'
import { showStatus } from '../read-command.ts'
import type { Branch, Scene } from '../scene.ts'
import { trackCommand } from '../tracked-command.ts'
import type { StepRunner } from './step.ts'

/** Creates a command; what the scenario leaves out is filled with valid values. */
export const send: StepRunner<'send'> = async (step, scene, branch) => {
  const { sign, headers, ...fields } = step.body
  scene.sends += 1
  const device = typeof fields.device_id === 'string' ? fields.device_id : ''
  const name = step.options.as ?? numberedName(scene, device)
  const alias = scene.rig.devices.get(device)
  const body = {
    vendor: 'dji',
    idempotency_key: scene.rig.newId(),
    payload: {},
    ...fields,
    ...(alias === undefined ? {} : { device_id: alias.device_id }),
  }
  const exchange = await call(scene.rig, {
    method: 'POST',
    path: '/downlink/commands',
    body,
    sign,
    ...(headers === undefined ? {} : { headers }),
  })
  scene.show(exchange)
  const owner = typeof sign === 'object' && sign.credential === 'second' ? 'second' : 'first'
  const command = trackCommand({ name, device, gateway_sn: alias?.gateway_sn, body, owner }, exchange)
  scene.commands.push(command)
  remember(scene, branch, step.options.as, { exchange, command })
  showStatus(scene, command, exchange)
  return judgeAnswer(exchange, step.options.expect, scene)
}

// with several devices a number alone sends the reader back to the file
function numberedName({ sends, rig: { devices } }: Scene, device: string): string {
  return devices.size > 1 && devices.has(device) ? `command ${sends} on ${device}` : `command ${sends}`
}

/** Keeps what a step left behind, under its name and as the last of its branch. */
export function remember(
  scene: Scene,
  branch: Branch,
  as: string | undefined,
  named: NonNullable<Branch['last']>,
): void {
  if (as !== undefined) scene.named.set(as, named)
  branch.last = named
  scene.lastNamed = named
}
