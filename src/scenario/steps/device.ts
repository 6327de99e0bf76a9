import { encodeEnvelope, formatTopic, isJsonObject } from '../../../contracts/index.ts'
import type { DownFamily, UpFamily } from '../../../contracts/index.ts'
import { downFamilies, upFamilies } from '../../../contracts/index.ts'
import { failedBy, passed } from '../answer.ts'
import type { Outcome } from '../outcome.ts'
import type { Scene } from '../scene.ts'
import { deviceOf } from '../scene.ts'
import { useScript } from '../use-script.ts'
import type { StepRunner } from './step.ts'

/** Connects, disconnects, scripts a device, or lets it publish. */
export const device: StepRunner<'device'> = async ({ body }, scene) => {
  const { fleet, recorder, pace } = scene.rig
  if ('connect' in body) {
    const { gateway_sn } = deviceOf(scene, body.connect)
    await pace.during(fleet.get(body.connect).connect())
    recorder.dock(gateway_sn, 'up')
    return passed
  }
  if ('disconnect' in body) {
    const { gateway_sn } = deviceOf(scene, body.disconnect)
    await pace.during(fleet.get(body.disconnect).disconnect(body.how ?? 'clean'))
    recorder.dock(gateway_sn, 'down')
    await pace.settle()
    return passed
  }
  if ('script' in body) {
    deviceOf(scene, body.script)
    useScript(scene, body.script, body.on)
    return passed
  }
  return publish(scene, body)
}

interface PublishBody {
  readonly publish: string
  readonly topic: string
  readonly payload: unknown
  readonly refused?: boolean
}

/** A publish that must be refused goes over a connection of its own, since the broker ends it. */
async function publish(
  scene: Scene,
  { publish: name, topic, payload, refused }: PublishBody,
): Promise<Outcome> {
  const { fleet, recorder, pace } = scene.rig
  const { gateway_sn } = deviceOf(scene, name)
  const whole = isFamily(topic) ? formatTopic(topic, gateway_sn) : topic
  const bytes =
    isJsonObject(payload) || Array.isArray(payload)
      ? encodeEnvelope(payload as object as Record<string, unknown>)
      : Buffer.from(String(payload))
  const before = recorder.frames.length
  if (refused === true) await pace.during(fleet.forge(name, whole, bytes))
  else await pace.during(fleet.get(name).publish(whole, bytes, { qos: 1, retain: false }))
  await pace.settle()
  const frame = recorder.frames.slice(before).find((each) => each.topic === whole)
  if (refused !== true || frame?.refused !== undefined) return passed
  const reason = 'the broker let it pass, expected it to be refused'
  return failedBy(
    [{ path: 'publish', expected: 'refused', actual: 'forwarded', reason }],
    `the message of ${name} on ${whole}`,
    frame?.seq,
  )
}

function isFamily(topic: string): topic is DownFamily | UpFamily {
  return (
    (downFamilies as readonly string[]).includes(topic) || (upFamilies as readonly string[]).includes(topic)
  )
}
