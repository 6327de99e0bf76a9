import type { JsonObject } from '../contracts/index.ts'
import { isJsonObject } from '../contracts/index.ts'
import type { Behavior, DockView, DownRequest, Effect, Speaker, Stage, Utterance } from './behavior.ts'
import { parseDuration } from './duration.ts'
import { after, event } from './replies.ts'
import type { BehaviorSpec, DelaySpec, DeviceScript, MethodScript, ProgressEventSpec } from './script-spec.ts'

/** What a script cannot know by itself. */
export interface ScriptSurroundings {
  /** Fills the templates of a value; `request` is what the dock received. */
  fill(value: unknown, request: DownRequest): unknown
  /** The tid of the command that a scenario calls by this name. */
  tidOf(command: string): string
}

/** Leaves templates as they are and knows no commands: for scripts that use neither. */
export const plainSurroundings: ScriptSurroundings = {
  fill: (value) => value,
  tidOf: (command) => command,
}

/**
 * A behaviour from a script: for the methods that it names the dock sends what the script says and nothing else.
 * A list serves the first, second, … call of its method, the last entry repeats; `"*"` is any method not named.
 */
export function scriptBehavior(script: DeviceScript, surroundings: ScriptSurroundings): Behavior {
  const calls = new Map<string, number>()
  return {
    name: 'script',
    answer(request, dock) {
      if (request.family !== 'services') return undefined
      const key = Object.hasOwn(script, request.method) ? request.method : '*'
      const entries = Object.hasOwn(script, key) ? script[key] : undefined
      if (entries === undefined) return undefined
      const call = calls.get(key) ?? 0
      calls.set(key, call + 1)
      const spec = entryAt(entries, call)
      return spec === undefined ? [] : stagesOf(spec, { request, dock, surroundings })
    },
  }
}

interface Scene {
  readonly request: DownRequest
  readonly dock: DockView
  readonly surroundings: ScriptSurroundings
}

function entryAt(entries: MethodScript, call: number): BehaviorSpec | undefined {
  return Array.isArray(entries) ? entries[Math.min(call, entries.length - 1)] : (entries as BehaviorSpec)
}

function stagesOf(spec: BehaviorSpec, scene: Scene): readonly Stage[] {
  const first: Stage = {
    delayMs: spec.delay === undefined ? 0 : delayMs(spec.delay, scene.dock),
    held: spec.hold === true ? 'until-released' : 'never',
    effects: effectsOf(spec, scene),
  }
  const events = (spec.events ?? []).map((progress) => eventStage(progress, scene))
  const then = (spec.then ?? []).flatMap((further) => stagesOf(further, scene))
  return [first, ...events, ...then]
}

function delayMs(delay: DelaySpec, dock: DockView): number {
  if (typeof delay !== 'object') return parseDuration(delay)
  const min = parseDuration(delay.min)
  return Math.round(min + dock.random() * (parseDuration(delay.max) - min))
}

function effectsOf(spec: BehaviorSpec, scene: Scene): readonly Effect[] {
  const drop: Effect = { kind: 'dropLine' }
  if (spec.disconnect === 'instead') return [drop]
  const says = spec.raw !== undefined || isJsonObject(spec.reply)
  const message: Effect = { kind: 'say', message: () => utterance(spec, scene) }
  const replies = says ? Array.from({ length: spec.times ?? 1 }, () => message) : []
  if (spec.disconnect === 'before-reply') return [drop, ...replies]
  return spec.disconnect === 'after-reply' ? [...replies, drop] : replies
}

function utterance(spec: BehaviorSpec, scene: Scene): Utterance {
  const speaker = speakerOf(spec)
  return {
    speaker,
    family: 'services_reply',
    payload: spec.raw === undefined ? replyMessage(spec, scene) : rawBytes(spec.raw, scene),
    qos: (spec.qos ?? 1) as 0 | 1 | 2,
    retain: spec.retain ?? false,
  }
}

function speakerOf(spec: BehaviorSpec): Speaker {
  if (spec.from !== undefined) return { kind: 'from', device: spec.from }
  return spec.forge === undefined ? { kind: 'self' } : { kind: 'forge', device: spec.forge }
}

function rawBytes(raw: NonNullable<BehaviorSpec['raw']>, { request, surroundings }: Scene): Uint8Array {
  if (typeof raw === 'object') return Buffer.from(raw.base64, 'base64')
  const filled = surroundings.fill(raw, request)
  return Buffer.from(typeof filled === 'string' ? filled : JSON.stringify(filled))
}

function replyMessage(spec: BehaviorSpec, { request, dock, surroundings }: Scene): JsonObject {
  const fill = (value: unknown): unknown => surroundings.fill(value, request)
  const right: JsonObject = {
    tid: request.tid,
    bid: request.bid,
    timestamp: dock.now(),
    gateway: dock.gateway_sn,
    method: request.method,
    data: fill(spec.reply),
  }
  const overrides = {
    tid: tidOverride(spec.tid, dock, surroundings, fill),
    bid: spec.bid,
    method: spec.method,
    gateway: spec.gateway,
    timestamp: spec.timestamp,
  }
  return override(right, overrides, fill)
}

/** `undefined` keeps the right tid. */
function tidOverride(
  tid: BehaviorSpec['tid'],
  dock: DockView,
  surroundings: ScriptSurroundings,
  fill: (value: unknown) => unknown,
): unknown {
  if (tid === undefined || tid === 'match') return undefined
  if (tid === 'unmatched') return dock.newId()
  if (tid === 'missing') return missing
  return typeof tid === 'object' ? surroundings.tidOf(tid.of) : fill(tid)
}

/** A field with this value is left out: the word stands alone, or as a matcher would be written. */
const missing = '$missing'

function override(right: JsonObject, overrides: JsonObject, fill: (value: unknown) => unknown): JsonObject {
  const message: Record<string, unknown> = { ...right }
  for (const [field, value] of Object.entries(overrides)) {
    if (value === undefined) continue
    if (value === missing || (isJsonObject(value) && missing in value)) delete message[field]
    else message[field] = fill(value)
  }
  return message
}

function eventStage(progress: ProgressEventSpec, { request, dock }: Scene): Stage {
  const hasProgress = progress.percent !== undefined || progress.step_key !== undefined
  const output = {
    ...(progress.status === undefined ? {} : { status: progress.status }),
    ...(hasProgress ? { progress: defined({ percent: progress.percent, step_key: progress.step_key }) } : {}),
  }
  return after(
    progress.after === undefined ? 0 : parseDuration(progress.after),
    event(dock, {
      bid: request.bid,
      method: request.method,
      ...(progress.need_reply === undefined ? {} : { need_reply: progress.need_reply }),
      data: { result: progress.result ?? 0, output },
    }),
  )
}

function defined(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
