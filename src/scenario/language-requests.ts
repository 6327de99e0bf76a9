import type { Static } from 'typebox'
import { Type } from 'typebox'
import { RawSpec } from '../../simulator/index.ts'
import { AnyValue, SignedSpan, closed } from './language-words.ts'

/** How a request is signed, where it is not signed rightly. */
export const SignPatch = Type.Object(
  {
    credential: Type.Optional(
      Type.Enum(['second'], {
        'x-noun': 'credential',
        description: 'Signs with the second credential of the target.',
      }),
    ),
    key: Type.Optional(Type.String({ description: 'Signs with this key instead of the right one.' })),
    timestamp: Type.Optional(
      SignedSpan('How far the time of the signature is off: -600s is ten minutes ago.'),
    ),
    nonce: Type.Optional(Type.String({ description: 'The nonce; a fresh one when absent.' })),
    lines: Type.Optional(
      Type.Array(Type.String(), {
        description:
          'The lines that are signed. Placeholders: {METHOD} {path} {query} {api id} {timestamp} {nonce} {body sha256}.',
      }),
    ),
    signature: Type.Optional(
      Type.Enum(['upper-case', 'first-half'], {
        'x-noun': 'way to send a signature',
        description: 'Sends the right signature in upper case, or its first half only.',
      }),
    ),
    body: Type.Optional(
      AnyValue('The body that is signed: an object patches the one that is sent, a text replaces it.'),
    ),
  },
  { ...closed, 'x-noun': 'key of sign' },
)

export type SignPatch = Static<typeof SignPatch>

export const Sign = Type.Union([Type.Boolean({ const: false }), SignPatch], {
  'x-words': 'false or an object',
  description: 'false sends no signature; an object says what is wrong or special about it.',
})
export type Sign = Static<typeof Sign>

/** Header values; null leaves a header out. */
export const Headers = Type.Record(
  Type.String(),
  Type.Union([Type.String(), Type.Number(), Type.Null()], {
    'x-words': 'a text, or null to leave the header out',
  }),
  {
    'x-words': 'an object with header names',
    description: 'Headers in addition to, or instead of, the usual ones; null leaves one out.',
  },
)

/** Body of `send`: fields of the request, and how it is sent. */
export const SendBody = Type.Object(
  {
    device_id: Type.Optional(
      Type.Unknown({ 'x-kind': 'recipient', description: 'Name of the device, or ${each}.' }),
    ),
    command_type: Type.Optional(
      Type.Unknown({ 'x-kind': 'commandType', description: 'The method.', examples: ['drone_close'] }),
    ),
    vendor: Type.Optional(AnyValue('dji unless given.')),
    payload: Type.Optional(AnyValue('Payload of the method, {} unless given.')),
    timeout_seconds: Type.Optional(
      AnyValue('Seconds until the command times out, 0 to 300; 30 when absent.'),
    ),
    idempotency_key: Type.Optional(AnyValue('A fresh one unless given.')),
    sign: Type.Optional(Sign),
    headers: Type.Optional(Headers),
  },
  {
    'x-noun': 'field',
    'x-words': 'an object with the fields of the request',
    description: 'Fields of the request; any further one is sent as it stands.',
  },
)
export type SendBody = Static<typeof SendBody> & Readonly<Record<string, unknown>>

export const httpMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const

/** Body of `request`. */
export const RequestBody = Type.Object(
  {
    method: Type.Enum([...httpMethods], { 'x-noun': 'HTTP method' }),
    path: Type.String({
      pattern: '^(/|\\$\\{)',
      'x-words': 'a path below the base path that begins with /',
      description: 'Path below the base path, with its query.',
      examples: ['/downlink/commands', '/downlink/commands/${last.command_id}'],
    }),
    headers: Type.Optional(Headers),
    body: Type.Optional(AnyValue('Sent as JSON.')),
    raw: Type.Optional({ ...RawSpec, description: 'The exact body instead of body.' }),
    sign: Type.Optional(Sign),
  },
  { ...closed, 'x-noun': 'key of request', 'x-kind': 'request', description: 'An HTTP call.' },
)
export type RequestBody = Static<typeof RequestBody>
