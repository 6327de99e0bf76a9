import type { HttpExchange, Profile, SigningFact } from '../../contracts/index.ts'
import { isJsonObject, oncePer, signRequest } from '../../contracts/index.ts'
import { parseDuration } from '../../simulator/index.ts'
import type { Sign, SignPatch } from './language-requests.ts'
import type { Rig } from './rig.ts'

/** A call as a scenario or a library user asks for it. */
export interface Call {
  readonly method: string
  /** Below the base path, query included. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string | number | null>>
  /** Text or bytes as they stand; anything else is written as JSON. */
  readonly body?: unknown
  /** `undefined` signs rightly. */
  readonly sign?: Sign | undefined
}

/** Signs a call, sends it and records the exchange. An answer that does not come is an outcome, not an error. */
export async function call(rig: Rig, request: Call): Promise<HttpExchange> {
  const body = bodyBytes(request.body)
  const path = rig.profile.base_path + request.path
  const { fact, headers: signed } = sign(rig, request, path, body)
  const headers = mergeHeaders(
    { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...lowerNames(signed) },
    request.headers,
  )
  const seqSent = rig.recorder.nextSeq()
  const sentAt = rig.pace.clock.now()
  const outcome = await rig.pace.during(rig.call({ method: request.method, path, headers, body }))
  const exchange: HttpExchange = {
    seqSent,
    seqDone: rig.recorder.nextSeq(),
    sentAt,
    doneAt: rig.pace.clock.now(),
    request: {
      method: request.method,
      path,
      headers,
      body: body === undefined ? '' : Buffer.from(body).toString('utf8'),
      signing: factAfter(fact, request.headers, rig),
    },
    outcome,
  }
  rig.recorder.exchanged(exchange)
  return exchange
}

/** The body of an answer as JSON, `undefined` when it is none. Several look at each answer, one after another. */
export const jsonOf = oncePer<HttpExchange, void, unknown>(({ outcome }) => {
  if (outcome.kind === 'unanswered') return undefined
  try {
    return JSON.parse(outcome.response.body) as unknown
  } catch {
    return undefined
  }
})

/** The status of an answer; 0 when there was none. */
export function statusOf(exchange: HttpExchange): number {
  return exchange.outcome.kind === 'answered' ? exchange.outcome.response.status : 0
}

function bodyBytes(body: unknown): Uint8Array | undefined {
  if (body === undefined) return undefined
  if (body instanceof Uint8Array) return body
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}

interface Signed {
  readonly fact: SigningFact
  readonly headers: Readonly<Record<string, string>>
}

function sign(rig: Rig, request: Call, path: string, body: Uint8Array | undefined): Signed {
  const patch = request.sign ?? {}
  const { profile } = rig
  const isOpenRead =
    request.method === 'GET' && profile.signing.reads === 'open' && request.sign === undefined
  if (typeof patch === 'boolean' || isOpenRead) return { fact: { kind: 'unsigned' }, headers: {} }
  const credential = patch.credential === 'second' ? (rig.secondCredential ?? rig.credential) : rig.credential
  const offsetMs = patch.timestamp === undefined ? 0 : parseDuration(patch.timestamp)
  const signedBody = patch.body === undefined ? body : bodyBytes(patchBody(patch.body, body))
  const headers = signRequest(
    {
      method: request.method,
      target: path,
      body: signedBody ?? '',
      api_id: credential.api_id,
      api_key: patch.key ?? credential.api_key,
      timestamp: Math.floor((rig.pace.clock.now() + offsetMs) / 1000),
      nonce: patch.nonce ?? rig.newId(),
    },
    patch.lines === undefined ? profile.signing : { ...profile.signing, lines: [...patch.lines] },
    profile.headers,
  )
  const wrong = [
    patch.key !== undefined && patch.key !== credential.api_key ? 'key' : '',
    patch.lines === undefined ? '' : 'lines',
    patch.signature === undefined ? '' : 'signature',
    patch.body === undefined || sameBytes(signedBody, body) ? '' : 'body',
  ].filter((part) => part !== '')
  const fact: SigningFact =
    wrong.length > 0
      ? { kind: 'tampered', what: wrong.join(', ') }
      : { kind: 'valid', api_id: credential.api_id }
  return { fact, headers: { ...headers, ...signatureAs(patch.signature, headers, profile) } }
}

/** The signature header in another shape than the profile demands. */
function signatureAs(
  shape: SignPatch['signature'],
  headers: Readonly<Record<string, string>>,
  profile: Profile,
): Readonly<Record<string, string>> {
  const name = profile.headers.signature
  const signature = headers[name] ?? ''
  if (shape === 'upper-case') return { [name]: signature.toUpperCase() }
  return shape === 'first-half' ? { [name]: signature.slice(0, signature.length / 2) } : {}
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return Buffer.compare(a ?? new Uint8Array(), b ?? new Uint8Array()) === 0
}

/** An object changes fields of the body that is signed; a text stands for it. */
function patchBody(patch: unknown, body: Uint8Array | undefined): unknown {
  if (!isJsonObject(patch)) return patch
  const sent: unknown = body === undefined ? {} : JSON.parse(Buffer.from(body).toString('utf8'))
  return { ...(isJsonObject(sent) ? sent : {}), ...patch }
}

function lowerNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

function mergeHeaders(
  usual: Record<string, string>,
  given: Call['headers'] = {},
): Readonly<Record<string, string>> {
  const merged = { ...usual }
  for (const [name, value] of Object.entries(given)) {
    if (value === null) delete merged[name.toLowerCase()]
    else merged[name.toLowerCase()] = String(value)
  }
  return merged
}

/** Headers that a scenario replaced after signing make a right signature a wrong one; a removed one leaves it incomplete. */
function factAfter(fact: SigningFact, given: Call['headers'], rig: Rig): SigningFact {
  if (given === undefined || fact.kind !== 'valid') return fact
  const { api_id, timestamp, nonce, signature } = rig.profile.headers
  const names = new Set([api_id, timestamp, nonce, signature].map((name) => name.toLowerCase()))
  const replaced = Object.entries(given).filter(
    ([name, value]) => names.has(name.toLowerCase()) && value !== null,
  )
  return replaced.length === 0 ? fact : { kind: 'tampered', what: replaced.map(([name]) => name).join(', ') }
}
