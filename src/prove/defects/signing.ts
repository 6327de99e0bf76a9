import type { GatewayParts } from '../../gateway/index.ts'
import type { Change } from '../defect.ts'
import { ofTheme } from '../defect.ts'

/** Signatures that are not checked, or are checked against something else. */
export const signingDefects = ofTheme('signing', [
  {
    name: 'signature-unchecked',
    breaks: ['sign-refuses'],
    sentence: 'Reads the signature and never compares it.',
    parts: () => ({ sameSignature: () => true }),
  },
  {
    name: 'signature-compared-in-part',
    breaks: ['sign-refuses'],
    sentence: 'Compares as much of the signature as was sent.',
    parts: () => ({ sameSignature: (given, expected) => expected.startsWith(given) }),
  },
  {
    name: 'signature-upper-case-accepted',
    breaks: ['sign-hex-case'],
    sentence: 'Compares signatures without regard to upper and lower case.',
    parts: ({ sameSignature }) => ({
      sameSignature: (given, expected) => sameSignature(given.toLowerCase(), expected),
    }),
  },
  {
    name: 'unsigned-accepted',
    breaks: ['sign-requires'],
    sentence: 'Checks the signature only of requests that have one.',
    parts: verifying(async (call, context, usual) => {
      const [credential] = context.credentials.values()
      return call.signature === undefined && credential !== undefined
        ? { kind: 'accepted', credential }
        : await usual()
    }),
  },
  {
    name: 'unknown-api-id-called-a-wrong-signature',
    breaks: ['sign-requires'],
    sentence: 'Answers an unknown API ID as if the signature were wrong.',
    parts: verifying(async ({ api_id }, { credentials }, usual) =>
      api_id !== undefined && !credentials.has(api_id)
        ? { kind: 'refused', code: 'SIGNATURE_INVALID', message: 'The signature does not match.' }
        : await usual(),
    ),
  },
  {
    name: 'body-signed-as-parsed',
    breaks: ['sign-accepts'],
    sentence: 'Checks the signature against the body as it prints it itself.',
    parts: ({ canonical }) => ({
      canonical: (parts, spec) => canonical({ ...parts, body: printedAgain(parts.body) }, spec),
    }),
  },
  {
    name: 'body-signed-in-latin-1',
    breaks: ['sign-accepts'],
    sentence: 'Hashes the text of the body in another encoding than it was sent in.',
    parts: ({ canonical }) => ({
      canonical: (parts, spec) =>
        canonical({ ...parts, body: Buffer.from(Buffer.from(parts.body).toString('utf8'), 'latin1') }, spec),
    }),
  },
  {
    name: 'query-left-out-of-the-signature',
    breaks: ['sign-accepts'],
    sentence: 'Forgets the query in the signed text.',
    parts: ({ canonical }) => ({ canonical: (parts, spec) => canonical({ ...parts, query: '' }, spec) }),
  },
  {
    name: 'nonce-never-remembered',
    breaks: ['sign-nonce'],
    sentence: 'Demands a nonce and remembers none.',
    parts: () => ({ createNonceMemory: () => ({ use: () => 'fresh' }) }),
  },
  {
    name: 'nonce-forgotten-after-a-second',
    breaks: ['sign-nonce'],
    sentence: 'Remembers nonces for one second.',
    parts: ({ createNonceMemory }) => ({
      createNonceMemory: (limits) => createNonceMemory({ ...limits, windowSeconds: 1 }),
    }),
  },
  {
    name: 'nonces-of-all-callers-in-one-heap',
    breaks: ['sign-nonce', 'sign-accepts'],
    sentence: 'Does not keep the nonces of different API IDs apart.',
    parts: ({ createNonceMemory }) => ({
      createNonceMemory(limits) {
        const memory = createNonceMemory(limits)
        return { use: (nonce) => memory.use({ ...nonce, api_id: '' }) }
      },
    }),
  },
  {
    name: 'nonce-burned-by-a-wrong-signature',
    breaks: ['sign-bad-keeps-nonce'],
    sentence: 'Notes the nonce before it checks the signature.',
    parts: verifying(async (call, context, usual) => {
      const { api_id, nonce } = call
      if (api_id === undefined || nonce === undefined) return await usual()
      const now = Math.floor(context.now / 1000)
      if ((await context.nonces.use({ api_id, nonce, timestamp: now, now })) !== 'fresh')
        return { kind: 'refused', code: 'NONCE_REPLAYED', message: 'The nonce was used before.' }
      return await usual({ use: () => 'fresh' })
    }),
  },
  {
    name: 'timestamp-in-milliseconds',
    breaks: ['sign-accepts', 'sign-window'],
    sentence: 'Expects the timestamp in milliseconds.',
    parts: windowed((timestamp, now, window) => Math.abs(timestamp - now) <= window * 1000),
  },
  {
    name: 'window-open-to-the-past',
    breaks: ['sign-window'],
    sentence: 'Refuses only timestamps of the future.',
    parts: windowed((timestamp, now, window) => timestamp * 1000 - now <= window * 1000),
  },
  {
    name: 'window-open-to-the-future',
    breaks: ['sign-window'],
    sentence: 'Refuses only timestamps of the past.',
    parts: windowed((timestamp, now, window) => now - timestamp * 1000 <= window * 1000),
  },
  {
    name: 'window-without-future',
    breaks: ['sign-window', 'sign-accepts'],
    sentence: 'Refuses a caller whose clock is a little ahead.',
    parts: windowed((timestamp, now, window) => {
      const age = now - timestamp * 1000
      return age >= 0 && age <= window * 1000
    }),
  },
  {
    name: 'window-of-thirty-seconds',
    breaks: ['sign-window', 'sign-accepts'],
    sentence: 'Allows clocks to differ by half a minute.',
    parts: windowed((timestamp, now) => Math.abs(timestamp * 1000 - now) <= 30_000),
  },
  {
    name: 'reads-open',
    breaks: ['sign-reads'],
    sentence: 'Checks signatures of writing calls only.',
    parts: verifying(async (call, context, usual) => {
      const known = call.api_id === undefined ? undefined : context.credentials.get(call.api_id)
      const credential = known ?? [...context.credentials.values()][0]
      return call.method === 'GET' && credential !== undefined
        ? { kind: 'accepted', credential }
        : await usual()
    }),
  },
  {
    name: 'timestamp-checked-first',
    breaks: ['sign-bad-keeps-nonce'],
    sentence: 'Looks at the timestamp before the signature, and so tells strangers about its clock.',
    parts: ({ isInWindow, verifySignature }) => ({
      async verifySignature(call, context) {
        const { timestamp, api_id, nonce, signature } = call
        const complete = api_id !== undefined && nonce !== undefined && signature !== undefined
        if (complete && timestamp !== undefined && !isInWindow(timestamp, context.now, 300))
          return { kind: 'refused', code: 'TIMESTAMP_EXPIRED', message: 'The timestamp is too old.' }
        return await verifySignature(call, context)
      },
    }),
  },
])

type Verify = GatewayParts['verifySignature']
type Context = Parameters<Verify>[1]

/** Verifies in another way; `usual` is the gateway's own, over another memory of nonces when one is given. */
function verifying(
  verify: (
    call: Parameters<Verify>[0],
    context: Context,
    usual: (nonces?: Context['nonces']) => ReturnType<Verify>,
  ) => ReturnType<Verify>,
): Change {
  return ({ verifySignature }) => ({
    verifySignature: (call, context) =>
      verify(call, context, (nonces = context.nonces) => verifySignature(call, { ...context, nonces })),
  })
}

/** Judges the timestamp as a number. */
function windowed(isIn: (timestamp: number, now: number, windowSeconds: number) => boolean): Change {
  return () => ({
    isInWindow: (timestamp, now, windowSeconds) =>
      /^\d+$/.test(timestamp) && isIn(Number(timestamp), now, windowSeconds),
  })
}

function printedAgain(body: Uint8Array | string): Uint8Array | string {
  try {
    return JSON.stringify(JSON.parse(Buffer.from(body).toString('utf8')), null, 1)
  } catch {
    return body
  }
}
