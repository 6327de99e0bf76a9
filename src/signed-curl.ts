import { defaultHeaders, defaultSigning, signRequest } from '../contracts/index.ts'
import { createIds, createRandom, freshSeed } from '../simulator/index.ts'

interface Place {
  readonly url: string
  readonly api_id: string
  readonly api_key: string
}

/** A `curl` that works when it is pasted into a POSIX shell: it creates a `drone_close` command, signed at `now` (ms). */
export function signedCurl(
  { url, api_id, api_key }: Place,
  { device_id, now }: { readonly device_id: string; readonly now: number },
): string {
  const newId = createIds(createRandom(freshSeed()))
  const body = JSON.stringify({
    vendor: 'dji',
    device_id,
    command_type: 'drone_close',
    idempotency_key: newId(),
    payload: {},
  })
  const target = '/api/v1/open/downlink/commands'
  const headers = signRequest(
    { method: 'POST', target, body, api_id, api_key, timestamp: Math.floor(now / 1000), nonce: newId() },
    defaultSigning,
    defaultHeaders,
  )
  return curlLine('POST', `${url}${target}`, headers, body)
}

/** A call as a `curl` command line for a POSIX shell. */
export function curlLine(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
): string {
  const parts = [
    `curl -sS -X ${method} ${shellQuote(url)}`,
    ...(body === undefined || body === '' ? [] : [`-H 'Content-Type: application/json'`]),
    ...Object.entries(headers).map(([name, value]) => `-H ${shellQuote(`${name}: ${value}`)}`),
    ...(body === undefined || body === '' ? [] : [`--data-binary ${shellQuote(body)}`]),
  ]
  return parts.join(' \\\n  ')
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
