import { connect } from 'node:net'
import type { HttpOutcome, Profile } from '../contracts/index.ts'
import { HarnessError } from '../contracts/index.ts'
import { systemClock } from '../simulator/index.ts'
import type { GatewayProcess } from './gateway-process.ts'
import type { GatewayPlace } from './gateway-url.ts'
import { httpCaller } from './http-caller.ts'

export interface ReadyOptions {
  readonly place: GatewayPlace
  readonly profile: Profile
  readonly readyMs: number
  readonly mqttUrl: string
  /** The process that was started for it, when one was. */
  readonly gateway: GatewayProcess | undefined
  /** Whether it has subscribed to `services_reply`; on an outside broker that is not seen. */
  readonly hasSubscribed: (() => boolean) | 'not seen'
}

/** Time between two looks, in milliseconds. */
const lookMs = 25
/** How long one look may wait for an answer, in milliseconds. */
const patienceMs = 1_000

/** Somebody else on the port would be tested instead of the gateway that was asked for. Throws PORT_IN_USE. */
export async function requireNobody(place: GatewayPlace): Promise<void> {
  if (!(await isListening(place))) return
  throw new HarnessError(
    'PORT_IN_USE',
    `Cannot start the gateway at ${place.url}: something listens there already. Stop it, or choose another port.`,
  )
}

/** Waits until a gateway answers HTTP and has subscribed. Throws GATEWAY_BROKEN or GATEWAY_NOT_READY. */
export async function untilReady(options: ReadyOptions): Promise<void> {
  const { place, profile, readyMs, gateway, hasSubscribed } = options
  const caller = httpCaller({ ...place, timeoutMs: Math.min(patienceMs, readyMs) })
  const deadline = systemClock.now() + readyMs
  try {
    for (;;) {
      gateway?.requireAlive()
      const state = stateOf(await caller.call(knock(profile)))
      if (state === 'answers' && hasSubscribed === 'not seen') return await pause(profile.settle_ms)
      if (state === 'answers' && hasSubscribed !== 'not seen' && hasSubscribed()) return undefined
      if (systemClock.now() >= deadline) throw notReady(options, state)
      await pause(lookMs)
    }
  } finally {
    caller.close()
  }
}

function isListening({ host, port }: GatewayPlace): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const answer = (listens: boolean) => (): void => {
      cancel()
      socket.destroy()
      resolve(listens)
    }
    const cancel = systemClock.after(patienceMs, answer(false))
    socket.once('connect', answer(true))
    socket.once('error', answer(false))
  })
}

/** Asks for a command that no gateway has: any refusal shows that it is there. */
function knock({ base_path }: Profile): Parameters<ReturnType<typeof httpCaller>['call']>[0] {
  const path = `${base_path}/downlink/commands/00000000-0000-4000-8000-000000000000`
  return { method: 'GET', path, headers: {}, body: undefined }
}

/** `answers`, or what stands in the way. A page that says 200 to everything is a web server, and no gateway. */
function stateOf(outcome: HttpOutcome): string {
  if (outcome.kind === 'unanswered') return `it does not answer HTTP (${outcome.why})`
  const { status, headers, body } = outcome.response
  if (status === 503) return 'it answers 503'
  if (status >= 300 || isJson(body)) return 'answers'
  return `it answers ${status} with ${headers['content-type'] ?? 'no media type'} to a command that does not exist, as no command gateway does`
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => systemClock.after(ms, resolve))
}

function notReady({ place, mqttUrl, readyMs, gateway }: ReadyOptions, state: string): HarnessError {
  const what =
    state === 'answers'
      ? `it answers HTTP, but has not subscribed to thing/product/+/services_reply at ${mqttUrl}`
      : state
  const lines = (gateway?.log ?? '').trimEnd().split('\n').slice(-10)
  const wrote =
    (gateway?.log ?? '') === '' ? '' : `\nIt wrote:\n${lines.map((line) => `  ${line}`).join('\n')}`
  const advice =
    gateway === undefined
      ? 'Start it, or let Dockrig start it with --gateway-command.'
      : 'Look at what it wrote, or give it longer with --ready-timeout.'
  return new HarnessError(
    'GATEWAY_NOT_READY',
    `Cannot test the gateway at ${place.url}: after ${readyMs / 1000} s ${what}. ${advice}${wrote}`,
  )
}
