import type { Capability } from '../../contracts/index.ts'
import type { StepData } from './scenario-data.ts'

/** What a target must declare so that these steps can be played on it. */
export function needsOf(steps: readonly StepData[]): readonly string[] {
  const text = JSON.stringify(steps)
  const needs: readonly (readonly [Capability, boolean])[] = [
    ['gateway-control', hasVerb(steps, 'gateway')],
    ['durable-store', hasVerb(steps, 'gateway')],
    ['broker-control', hasVerb(steps, 'broker')],
    ['second-credential', text.includes('"credential":"second"')],
    ['offline-queue', text.includes('"disconnect":"drone')],
    ['parallel-per-device', hasTwoOnOneDock(text)],
  ]
  const methods = new Set([...text.matchAll(/"command_type":"(\w+)"/g)].map(([, method = '']) => method))
  methods.delete('drone_close')
  return [
    ...needs.flatMap(([need, isNeeded]) => (isNeeded ? [need] : [])),
    ...[...methods].map((method) => `method:${method}`),
  ]
}

/** Whether these steps stop or cut what other sequences on the same gateway need. */
export function disturbsOthers(steps: readonly StepData[]): boolean {
  return hasVerb(steps, 'gateway') || hasVerb(steps, 'broker')
}

function hasVerb(steps: readonly StepData[], verb: string): boolean {
  return steps.some((step) => Object.hasOwn(step, verb))
}

/** Two keys on one dock are two commands, which may be open at the same time. */
function hasTwoOnOneDock(text: string): boolean {
  const sends = [...text.matchAll(/"send":\{"device_id":"([^"]*)"[^}]*/g)]
  const docks = new Map<string, Set<string>>()
  for (const [send, dock = ''] of sends) {
    const key = /"idempotency_key":"([^"]*)/.exec(send)?.[1] ?? send
    docks.set(dock, (docks.get(dock) ?? new Set()).add(key))
  }
  return [...docks.values()].some((keys) => keys.size > 1)
}
