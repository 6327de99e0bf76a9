import type { Frame } from '../../../contracts/index.ts'
import { decodeEnvelope, parseTopic } from '../../../contracts/index.ts'
import { parseDuration } from '../../../simulator/index.ts'
import { failedBy, passed } from '../answer.ts'
import type { ExpectMqttBody } from '../language-mqtt.ts'
import { match } from '../match.ts'
import { copyMatchMemory, keepMatchMemory } from '../match-memory.ts'
import type { NearMiss, Outcome } from '../outcome.ts'
import type { Scene } from '../scene.ts'
import { deviceOf } from '../scene.ts'
import type { StepRunner } from './step.ts'

/** What the broker saw of the test's devices: waited for, and then it must hold for a time. */
export const expectMqtt: StepRunner<'expect-mqtt'> = async (step, scene) => {
  const { pace } = scene.rig
  const { body, options } = step
  if (body.mark !== undefined) scene.marks.set(body.mark, scene.rig.recorder.frames.at(-1)?.seq ?? 0)
  if (isOnlyMark(body)) return passed
  const withinMs = expectsMqttMs(options.within)
  const lasting = parseDuration(options.for ?? 0)
  const holds = (): boolean => look(scene, body).differences.length === 0
  const begun = pace.clock.now()
  const wait = await pace.until(holds, begun + withinMs)
  if (wait === 'late') return missed(scene, body, withinMs)
  const broken = await pace.until(() => !holds(), pace.clock.now() + lasting)
  const view = look(scene, body)
  keepMatchMemory(scene.memory, view.memory)
  return broken === 'late' || view.differences.length === 0
    ? passed
    : failedBy(view.differences, describe(body), view.frames.at(-1)?.seq)
}

/** How long messages are waited for. */
export function expectsMqttMs(within: string | number | undefined): number {
  return within === undefined ? defaultWithinMs : parseDuration(within)
}

const defaultWithinMs = 5_000

/** A step that only names a moment looks at no message. */
export function isOnlyMark(body: ExpectMqttBody): boolean {
  return Object.keys(body).every((key) => key === 'mark')
}

interface View {
  readonly frames: readonly Frame[]
  readonly near: readonly NearMiss[]
  readonly differences: ReturnType<typeof match>
  readonly memory: Scene['memory']
}

/** The messages that fit, and how their number differs from what was asked for. Leaves the test's memory alone. */
function look(scene: Scene, body: ExpectMqttBody): View {
  const memory = copyMatchMemory(scene.memory)
  const near: NearMiss[] = []
  const demand = demandOf(body)
  const serials = serialsOf(scene, body.device)
  const from = body.since === undefined ? 0 : (scene.marks.get(body.since) ?? 0)
  const frames = scene.rig.recorder.frames.filter((frame) => {
    if (frame.seq <= from || !isAbout(frame, serials, body.topic)) return false
    if (frame.refused !== undefined) {
      near.push({
        what: `a message on ${frame.topic}`,
        why: `the broker refused it: ${frame.refused}`,
        seq: frame.seq,
      })
      return false
    }
    const differences = match(demand, viewOf(frame), memory)
    const [first] = differences
    if (first !== undefined)
      near.push({
        what: `a message on ${frame.topic}`,
        why: `${first.path}: ${first.reason}`,
        seq: frame.seq,
      })
    return first === undefined
  })
  const count =
    body.distinct === undefined
      ? frames.length
      : new Set(frames.map((frame) => JSON.stringify(fieldOf(frame, body.distinct ?? '')))).size
  const expected = body.count ?? { $gte: 1 }
  return { frames, near, memory, differences: match({ count: expected }, { count }, memory) }
}

/** On the topic that was named, of one of these serial numbers. */
function isAbout(frame: Frame, serials: ReadonlySet<string | undefined>, topic: string | undefined): boolean {
  const parsed = parseTopic(frame.topic)
  if (topic !== undefined && topic !== parsed?.family && topic !== frame.topic) return false
  return parsed !== undefined && serials.has(parsed.sn)
}

/** Serial numbers of the device that was named and of its aircraft; without a name, of all of the test. */
function serialsOf(scene: Scene, device: string | undefined): ReadonlySet<string | undefined> {
  const { fleet } = scene.rig
  if (device !== undefined)
    return new Set([deviceOf(scene, device).gateway_sn, fleet.find(device)?.aircraft_sn])
  return new Set(fleet.docks.flatMap(({ gateway_sn, aircraft_sn }) => [gateway_sn, aircraft_sn]))
}

function demandOf({ method, payload, qos, retain }: ExpectMqttBody): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries({ method, payload, qos, retain }).filter(([, value]) => value !== undefined),
  )
}

function viewOf(frame: Frame): Readonly<Record<string, unknown>> {
  const decoded = decodeEnvelope(frame.payload)
  const payload =
    decoded.kind === 'envelope' ? decoded.envelope.raw : Buffer.from(frame.payload).toString('utf8')
  const method = decoded.kind === 'envelope' ? decoded.envelope.method : undefined
  return { method, payload, qos: frame.qos, retain: frame.retain }
}

function fieldOf(frame: Frame, field: string): unknown {
  const decoded = decodeEnvelope(frame.payload)
  return decoded.kind === 'envelope' ? decoded.envelope.raw[field] : undefined
}

function missed(scene: Scene, body: ExpectMqttBody, withinMs: number): Outcome {
  const { differences, near, frames } = look(scene, body)
  if (frames.length > 0) {
    const outcome = failedBy(differences, describe(body), frames.at(-1)?.seq)
    return outcome.kind === 'failed' ? { ...outcome, nearest: near.slice(-5) } : outcome
  }
  return { kind: 'timedOut', expectation: { what: describe(body), withinMs }, nearest: near.slice(-5) }
}

function describe({ device, topic, method }: ExpectMqttBody): string {
  const words = [
    topic ?? 'any topic',
    device === undefined ? '' : `of ${device}`,
    typeof method === 'string' ? `with ${method}` : '',
  ]
  return `messages on ${words.filter((word) => word !== '').join(' ')}`
}
