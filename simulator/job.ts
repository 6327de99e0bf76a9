import type { GatewayProduct, JsonObject, JsonSchema, Method } from '../contracts/index.ts'
import { dataSchema, findMessage, isJsonObject } from '../contracts/index.ts'
import type { DockView, Effect, Stage } from './behavior.ts'
import type { Deed, Scene } from './deed.ts'
import { isStopped, refusals } from './refusal.ts'
import { after, atOnce, change, documentedEvent, reply } from './replies.ts'
import { stepMs } from './timing.ts'

/** The life of a job: accepted in the reply, told step by step in events under the command's bid (rule: dock-job-accepts-first). */
export function* jobPlan(deed: Deed, scene: Scene): Generator<Stage> {
  const { request, dock, method } = scene
  const accepted = hasOutput(method) ? { output: { status: 'in_progress' } } : {}
  yield atOnce(
    reply(request, dock, { result: 0, ...accepted }),
    change((state) => ({ ...state, job: method.name })),
  )
  const outcome = yield* working(deed, scene)
  if (outcome.kind === 'failed') {
    yield atOnce(
      idle,
      tell(scene, { result: outcome.result, output: { status: 'failed', ...outcome.progress } }),
    )
    return
  }
  const { change: patch } = deed
  const done = change((state) => ({ ...(patch?.(state, scene) ?? state), job: undefined }))
  yield atOnce(...(deed.beforeEnd?.(scene) ?? []), done, tell(scene, finalData(scene)))
}

type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly result: number; readonly progress: JsonObject }

const idle = change((state) => ({ ...state, job: undefined }))

function* working(deed: Deed, scene: Scene): Generator<Stage, Outcome> {
  const { dock, method } = scene
  const { timing } = dock
  switch (method.dji.progress?.shape) {
    case 'steps':
      return yield* stepping(deed, scene)
    case 'percent':
      for (const percent of [25, 50, 75])
        yield after(timing.percentMs, tell(scene, inProgress({ progress: { percent } })))
      yield after(timing.percentMs)
      return { kind: 'done' }
    case 'status':
      yield after(timing.stepMs, tell(scene, inProgress({})))
      yield after(timing.jobMs)
      return { kind: 'done' }
    default:
      yield after(timing.jobMs)
      return { kind: 'done' }
  }
}

/** Each step is told when it begins; a pressed emergency stop ends the job at the next one. */
function* stepping(deed: Deed, scene: Scene): Generator<Stage, Outcome> {
  const { dock, method } = scene
  const steps = stepsOf(method, dock)
  const heedsStop = steps.includes('check_scram_state')
  let lastMs = dock.timing.stepMs
  for (const [place, step_key] of steps.entries()) {
    const progress = { percent: Math.round((place / steps.length) * 100), step_key }
    const patch = deed.steps?.[step_key]
    const begun = patch === undefined ? [] : [change((state) => patch(state, scene))]
    yield after(lastMs, ...begun, tell(scene, inProgress({ progress })))
    lastMs = stepMs(dock.timing, step_key)
    if (heedsStop && isStopped(dock))
      return { kind: 'failed', result: refusals.emergencyStop, progress: { progress } }
  }
  yield after(lastMs)
  return { kind: 'done' }
}

function inProgress(more: JsonObject): JsonObject {
  return { result: 0, output: { status: 'in_progress', ...more } }
}

function finalData(scene: Scene): JsonObject {
  const { method, dock, data } = scene
  switch (method.dji.progress?.shape) {
    case 'steps': {
      const step_key = stepsOf(method, dock).at(-1)
      return { result: 0, output: { status: 'ok', progress: { percent: 100, step_key } } }
    }
    case 'percent':
      return { result: 0, output: { status: 'ok', progress: { percent: 100 } } }
    case 'devices': {
      const devices = (Array.isArray(data['devices']) ? data['devices'] : []).filter(isJsonObject)
      const results = devices.map(({ sn, type, module }) => ({ sn, type, module, result: 0, status: 'ok' }))
      const progress = { percent: 100, current_step: 1 }
      return { result: 0, output: { status: 'ok', progress, ext: { devices: results } } }
    }
    default:
      return { result: 0, output: { status: 'ok' } }
  }
}

function tell({ dock, request, method }: Scene, data: JsonObject): Effect {
  return documentedEvent(dock, { bid: request.bid, method: method.name, data })
}

/** The documented steps in order, without those that the table of the product does not have (Dock 1 has an older one). */
function stepsOf(method: Method, { product }: DockView): readonly string[] {
  const steps = method.dji.progress?.steps ?? []
  const message = findMessage('events', method.name)
  const known = message === undefined ? undefined : stepKeys(dataSchema(message, product as GatewayProduct))
  return known === undefined ? steps : steps.filter((step) => known.includes(step))
}

function stepKeys(schema: JsonSchema): readonly string[] | undefined {
  let at: unknown = schema
  for (const field of ['output', 'progress', 'step_key']) {
    const fields: unknown = isJsonObject(at) ? at['properties'] : undefined
    at = isJsonObject(fields) ? fields[field] : undefined
  }
  const known: unknown = isJsonObject(at) ? at['enum'] : undefined
  return Array.isArray(known) ? (known as readonly string[]) : undefined
}

function hasOutput({ dji }: Method): boolean {
  const fields = dji.reply?.['properties']
  return isJsonObject(fields) && 'output' in fields
}
