import type { Method } from '../contracts/index.ts'
import { findMethod, isJsonObject } from '../contracts/index.ts'
import type { Behavior, DockView, DownRequest, Effect, Plan, Stage } from './behavior.ts'
import type { Deed, Deeds, Scene } from './deed.ts'
import { jobPlan } from './job.ts'
import { refusalOf } from './refusal.ts'
import { atOnce, change, reply } from './replies.ts'

/** A behaviour for the methods that have a deed of their own. */
export function deedBehavior(name: string, deeds: Deeds): Behavior {
  return {
    name,
    answer(request, dock) {
      const deed = Object.hasOwn(deeds, request.method) ? deeds[request.method] : undefined
      return deed === undefined ? undefined : servicePlan(deed, request, dock)
    },
  }
}

/** What a dock does about a command of the catalogue; nothing when it is none, or travels on another channel. */
export function servicePlan(deed: Deed, request: DownRequest, dock: DockView): Plan | undefined {
  const method = findMethod(request.method)
  if (request.family !== 'services' || method?.transport !== 'services') return undefined
  const data = isJsonObject(request.data) ? request.data : {}
  return stagesOf(deed, { request, dock, method, data })
}

function* stagesOf(deed: Deed, scene: Scene): Generator<Stage> {
  const { request, dock, method } = scene
  const code = refusalOf(scene) ?? deed.refuse?.(scene)
  if (code !== undefined) yield atOnce(reply(request, dock, { result: code }))
  else if (method.dji.kind === 'job') yield* jobPlan(deed, scene)
  else yield* commandPlan(deed, scene)
}

function* commandPlan(deed: Deed, scene: Scene): Generator<Stage> {
  const { request, dock, method } = scene
  const output = repliesWithOutput(method) ? { output: { status: statusOf(method) } } : {}
  const done: Effect[] = []
  const { change: patch } = deed
  if (patch !== undefined) done.push(change((state) => patch(state, scene)))
  yield atOnce(reply(request, dock, { result: 0, ...output, ...deed.answer?.(scene) }), ...done)
  if (deed.follow !== undefined) yield* deed.follow(scene)
}

/** A command is done when it is replied to; of what goes on longer the reply only says that it has begun. */
function statusOf({ dji }: Method): string {
  return dji.kind === 'command' ? 'ok' : 'in_progress'
}

/** Whether the documented reply has `output` with a status. */
function repliesWithOutput({ dji }: Method): boolean {
  const fields = dji.reply?.['properties']
  const output: unknown = isJsonObject(fields) ? fields['output'] : undefined
  const inner: unknown = isJsonObject(output) ? output['properties'] : undefined
  return isJsonObject(inner) && 'status' in inner
}
