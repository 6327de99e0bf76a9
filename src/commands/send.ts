import { HarnessError, isFinal, isJsonObject, isStatus, signRequest } from '../../contracts/index.ts'
import { createIds, createRandom, freshSeed, systemClock } from '../../simulator/index.ts'
import { httpCaller } from '../http-caller.ts'
import type { ExitCode, Io } from '../io.ts'
import type { GatewayPlace } from '../gateway-url.ts'
import { parseGatewayUrl } from '../gateway-url.ts'
import type { Signer, SignerOptions } from './credentials.ts'
import { signerOf } from './credentials.ts'

export interface SendOptions extends SignerOptions {
  readonly gateway?: string
  readonly allowRemote?: boolean
  readonly timeout?: number
  readonly json?: boolean
}

const commands = '/downlink/commands'
/** How often a command is read while it is open. */
const lookMs = 50

/** What is to be sent, as it stands on the command line. */
export interface Sending {
  readonly device: string
  readonly method: string
  /** JSON. */
  readonly payload: string
}

/** Sends one command and shows its life until it has ended. */
export async function send(
  { device, method, payload }: Sending,
  options: SendOptions,
  io: Io,
): Promise<ExitCode> {
  const newId = createIds(createRandom(freshSeed()))
  const body = {
    vendor: 'dji',
    device_id: device,
    command_type: method,
    idempotency_key: newId(),
    payload: payloadOf(payload),
    ...(options.timeout === undefined ? {} : { timeout_seconds: options.timeout }),
  }
  const signer = signerOf(options, io.cwd)
  const place = parseGatewayUrl(
    options.gateway ?? 'http://127.0.0.1:8080',
    options.allowRemote === true,
    signer.profile.base_path,
  )
  const caller = httpCaller(place)
  const ask = asker(caller, { place, signer, newId, now: () => io.now() })
  let isStopped = false
  const release = io.onStop(() => {
    isStopped = true
  })
  try {
    const created = await ask('POST', commands, JSON.stringify(body))
    const id = isJsonObject(created.json) ? created.json['command_id'] : undefined
    if (created.status >= 300 || typeof id !== 'string') {
      io.stderr.write(`The gateway refused the command: ${created.status} ${created.text}\n`)
      return 1
    }
    return await follow(
      () => ask('GET', `${commands}/${id}`),
      { first: created.json, isStopped: () => isStopped, json: options.json === true },
      io,
    )
  } finally {
    release()
    caller.close()
  }
}

interface Asking {
  readonly place: GatewayPlace
  readonly signer: Signer
  readonly newId: () => string
  readonly now: () => number
}

interface Answer {
  readonly status: number
  readonly json: unknown
  readonly text: string
}

/** Signed calls to a gateway. They throw GATEWAY_UNREACHABLE when there is no answer. */
function asker(
  caller: ReturnType<typeof httpCaller>,
  { place, signer, newId, now }: Asking,
): (method: string, path: string, body?: string) => Promise<Answer> {
  return async (method, path, body = '') => {
    const target = place.basePath + path
    const headers = signRequest(
      { method, target, body, ...signer.credential, timestamp: Math.floor(now() / 1000), nonce: newId() },
      signer.profile.signing,
      signer.profile.headers,
    )
    const outcome = await caller.call({
      method,
      path: target,
      headers: { ...headers, ...(body === '' ? {} : { 'content-type': 'application/json' }) },
      body: body === '' ? undefined : Buffer.from(body),
    })
    if (outcome.kind === 'unanswered') {
      throw new HarnessError(
        'GATEWAY_UNREACHABLE',
        `Cannot reach the gateway at ${place.url}: ${outcome.why}. Start it with "dockrig serve", or name another one with --gateway.`,
      )
    }
    const { status, body: text } = outcome.response
    return { status, json: parsed(text), text }
  }
}

interface Following {
  readonly first: unknown
  readonly isStopped: () => boolean
  readonly json: boolean
}

async function follow(
  read: () => Promise<{ readonly json: unknown }>,
  { first, isStopped, json }: Following,
  io: Io,
): Promise<ExitCode> {
  const begun = io.wallMs()
  let shown = ''
  let answer = first
  for (;;) {
    const status = isJsonObject(answer) ? String(answer['status']) : 'no status'
    if (status !== shown && !json)
      io.stdout.write(`${String(Math.round(io.wallMs() - begun)).padStart(6)} ms  ${status}\n`)
    shown = status
    if (isStopped() || (isStatus(status) && isFinal(status))) break
    await new Promise<void>((resolve) => systemClock.after(lookMs, resolve))
    answer = (await read()).json
  }
  io.stdout.write(`${JSON.stringify(answer, null, 2)}\n`)
  return shown === 'SUCCEEDED' ? 0 : 1
}

function payloadOf(text: string): object {
  const value = parsed(text)
  if (isJsonObject(value)) return value
  throw new HarnessError(
    'OPTION_INVALID',
    `Cannot send the payload "${text}": it is no JSON object. Write it as {"action":1}, in quotes that your shell keeps.`,
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
