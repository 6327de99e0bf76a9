import { HarnessError } from '../contracts/index.ts'
import { Command } from './library-command.ts'
import type { Rig, Watcher } from './scenario/index.ts'
import { call, jsonOf, statusOf, trackCommand } from './scenario/index.ts'

/** What `rig.send` takes beside device and method. */
export interface SendOptions {
  readonly timeout_seconds?: number
  readonly idempotency_key?: string
}

export interface FetchInit {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

export interface FetchAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly json: unknown
}

/** A command that is to be sent. */
export interface Sending {
  readonly device: string
  readonly method: string
  readonly payload: object
  readonly options: SendOptions
}

/** Sends a command. Throws an Error with the gateway's answer when it is not accepted. */
export async function sendCommand(
  watcher: Watcher,
  { device, method, payload, options }: Sending,
): Promise<Command> {
  const { rig } = watcher
  const alias = rig.devices.get(device)
  const body = {
    vendor: 'dji',
    device_id: alias?.device_id ?? device,
    command_type: method,
    idempotency_key: rig.newId(),
    payload,
    ...options,
  }
  const exchange = await call(rig, { method: 'POST', path: '/downlink/commands', body })
  if (statusOf(exchange) < 200 || statusOf(exchange) >= 300) {
    const answer =
      exchange.outcome.kind === 'answered' ? exchange.outcome.response.body : exchange.outcome.why
    throw new Error(
      `Cannot send ${method} to "${device}": the gateway answered ${statusOf(exchange)} ${answer}. Check the device, the method and its payload.`,
    )
  }
  return new Command(
    watcher,
    trackCommand({ name: method, device, gateway_sn: alias?.gateway_sn, body }, exchange),
  )
}

/** A signed call. Throws GATEWAY_UNREACHABLE when there is no answer. */
export async function fetchThrough(
  rig: Rig,
  path: string,
  { method = 'GET', headers, body }: FetchInit,
): Promise<FetchAnswer> {
  const exchange = await call(rig, { method, path, body, ...(headers === undefined ? {} : { headers }) })
  if (exchange.outcome.kind === 'unanswered') {
    throw new HarnessError(
      'GATEWAY_UNREACHABLE',
      `Cannot get an answer to ${method} ${path}: ${exchange.outcome.why}. Check that the gateway runs.`,
    )
  }
  const { status, headers: answered, body: text } = exchange.outcome.response
  return { status, headers: answered, text, json: jsonOf(exchange) }
}
