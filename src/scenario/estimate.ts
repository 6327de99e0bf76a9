import { durationPattern, parseDuration } from '../../simulator/index.ts'
import type { CountedDevices } from './count-devices.ts'
import type { PlannedStep } from './planned.ts'

/** Seconds until a command times out, unless the request says otherwise. */
const defaultTimeoutMs = 30_000

/**
 * Scenario time that steps are likely to take, in milliseconds: waits, holding times, awaited timeouts and scripted delays; what the
 * target does in between takes no time worth counting. Templates that only the run fills count as nothing.
 */
export function estimate(steps: readonly PlannedStep[], fleet: CountedDevices): number {
  const walker: Walker = { fleet, sent: new Map(), last: undefined, at: 0 }
  for (const step of steps) pass(step, walker)
  return walker.at
}

interface Sent {
  readonly at: number
  readonly timeoutMs: number
  readonly delayMs: number
}

interface Walker {
  readonly fleet: CountedDevices
  readonly sent: Map<string, Sent>
  last: Sent | undefined
  at: number
}

function pass(step: PlannedStep, walker: Walker): void {
  switch (step.verb) {
    case 'wait':
      walker.at += spanMs(step.body)
      return
    case 'stays':
    case 'expect-mqtt':
      walker.at += spanMs(step.options.for)
      return
    case 'send':
      noteSent(step, walker)
      return
    case 'await':
      passAwait(step, walker)
      return
    case 'repeat':
      walker.at += rounds(step.body, walker) * branchMs(step.children?.[0] ?? [], walker)
      return
    case 'parallel':
      walker.at += Math.max(0, ...(step.children ?? []).map((branch) => branchMs(branch, walker)))
      return
    default:
  }
}

function noteSent(step: Extract<PlannedStep, { verb: 'send' }>, walker: Walker): void {
  const { timeout_seconds: timeout, device_id: device, command_type: method } = step.body
  const sent: Sent = {
    at: walker.at,
    timeoutMs: typeof timeout === 'number' ? timeout * 1000 : defaultTimeoutMs,
    delayMs: delayOf(walker.fleet, device, method),
  }
  walker.last = sent
  if (step.options.as !== undefined) walker.sent.set(step.options.as, sent)
}

/** A timeout takes its time, a reply its scripted delay; both count from sending. */
function passAwait(step: Extract<PlannedStep, { verb: 'await' }>, walker: Walker): void {
  const { of, after } = step.options
  const sent = of === undefined || of === 'last' ? walker.last : walker.sent.get(of)
  if (sent === undefined) return
  const takes = step.body === 'TIMED_OUT' ? sent.timeoutMs : Math.min(sent.delayMs, sent.timeoutMs)
  walker.at = Math.max(walker.at, sent.at + Math.max(takes, spanMs(after)))
}

function branchMs(branch: readonly PlannedStep[], walker: Walker): number {
  const inner: Walker = { ...walker, sent: new Map(walker.sent) }
  for (const step of branch) pass(step, inner)
  walker.last = inner.last
  for (const [name, sent] of inner.sent) walker.sent.set(name, sent)
  return inner.at - walker.at
}

function rounds(
  body: { readonly times?: number; readonly each?: string | readonly string[] },
  { fleet }: Walker,
): number {
  const names = typeof body.each === 'string' ? [body.each] : (body.each ?? [])
  const each = names.reduce((sum, name) => sum + (fleet.groups[name]?.length ?? 1), 0)
  const times = typeof body.times === 'number' ? body.times : 1
  return times * Math.max(1, each)
}

/** The longest delay that the script has for the method; `${each}` may be any device. */
function delayOf({ devices }: CountedDevices, device: unknown, method: unknown): number {
  const specs = typeof device === 'string' && device in devices ? [devices[device]] : Object.values(devices)
  const scripts = specs.map((spec) => spec?.on?.[String(method)] ?? spec?.on?.['*'])
  return Math.max(0, ...scripts.map(longestDelay))
}

function longestDelay(script: unknown): number {
  if (Array.isArray(script)) return Math.max(0, ...script.map(longestDelay))
  if (typeof script !== 'object' || script === null) return 0
  const { delay, then } = script as { readonly delay?: unknown; readonly then?: unknown }
  const most = typeof delay === 'object' && delay !== null && 'max' in delay ? delay.max : delay
  // each further message counts from the one before
  const further = Array.isArray(then) ? then.reduce<number>((sum, next) => sum + longestDelay(next), 0) : 0
  return spanMs(most) + further
}

function spanMs(span: unknown): number {
  if (typeof span !== 'number' && typeof span !== 'string') return 0
  if (typeof span === 'string' && !new RegExp(durationPattern).test(span)) return 0
  return parseDuration(span)
}
