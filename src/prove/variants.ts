import type { JsonObject } from '../../contracts/index.ts'
import type { Change } from './defect.ts'
import { deeply, sending, showing, without, wording } from './piece.ts'
import type { Variant } from './variant.ts'

const shownLater = ['delivered_at', 'response_received_at', 'completed_at', 'failure_code', 'failure_reason']
const responseFields = ['response_code', 'response_message', 'vendor_response']

/** Other right gateways. */
export const variants: readonly Variant[] = [
  {
    name: 'replay-answers-202',
    sentence: 'Answers a repeated request with 202.',
    parts: ({ presentCreated }) => ({
      presentCreated: (...asked) => ({ ...presentCreated(...asked), status: 202 }),
    }),
  },
  {
    name: 'nulls-for-the-unknown',
    sentence: 'Shows null where something is not known yet.',
    parts: showing((shown) => ({ ...nulls([...shownLater, ...responseFields]), ...shown })),
  },
  {
    name: 'empty-texts-for-the-unknown',
    sentence: 'Shows an empty text or an empty object where something is not known yet.',
    apart: 'second',
    parts: showing((shown) => ({ response_code: '', response_message: '', vendor_response: {}, ...shown })),
  },
  {
    name: 'times-to-the-second',
    sentence: 'Writes times without fractions of a second.',
    apart: 'second',
    parts: timesAs((time) => time.replace(/\.\d+Z$/, 'Z')),
  },
  {
    name: 'times-with-an-offset-of-zero',
    sentence: 'Writes +00:00 for UTC, and microseconds.',
    parts: timesAs((time) => time.replace(/Z$/, '000+00:00')),
  },
  {
    name: 'further-fields',
    sentence: 'Adds fields of its own to every answer.',
    parts: (defaults) => ({
      ...showing((shown) => ({ tenant: 'north', links: { self: '/x' }, ...shown }))(defaults),
      presentCreated(...asked) {
        const presented = defaults.presentCreated(...asked)
        return { ...presented, body: { tenant: 'north', data: null, ...presented.body } }
      },
      errorBody: (code, message, request_id) => ({ details: [], code, message, request_id, trace_id: 'a' }),
    }),
  },
  {
    name: 'published-with-qos-0',
    sentence: 'Publishes commands with QoS 0.',
    parts: sending(() => ({ qos: 0 })),
  },
  {
    name: 'published-with-qos-2',
    sentence: 'Publishes commands with QoS 2.',
    apart: 'second',
    parts: sending(() => ({ qos: 2 })),
  },
  {
    name: 'terse-errors',
    sentence: 'Explains no refusal.',
    parts: () => ({ errorBody: (code, _message, request_id) => ({ code, message: code, request_id }) }),
  },
  {
    name: 'unmatched-at-the-deadline',
    sentence: 'Shows UNMATCHED_RESPONSE only when the time is over.',
    parts: showing((shown, { state }) =>
      state === 'unmatched' ? { ...without(shown, ...responseFields), status: 'DELIVERED' } : shown,
    ),
  },
  {
    name: 'unmatched-without-response',
    sentence: 'Shows no response fields of an unmatched reply.',
    parts: showing((shown, { state }) =>
      state === 'unmatched' || state === 'endedUnmatched' ? without(shown, ...responseFields) : shown,
    ),
  },
  {
    name: 'unmatched-dropped',
    sentence: 'Drops replies whose tid it does not know, and says so.',
    apart: 'second',
    waives: ['unmatched-shown'],
    parts: ({ matchReply }) => ({
      matchReply(reply, candidates) {
        const match = matchReply(reply, candidates)
        return match.kind === 'unmatched' ? { kind: 'stray' } : match
      },
    }),
  },
  {
    name: 'command-ids-in-upper-case',
    sentence: 'Writes command ids in upper case.',
    parts: ({ newCommand }) => ({
      newCommand(made) {
        const command = newCommand(made)
        return { ...command, command_id: command.command_id.toUpperCase() }
      },
    }),
  },
  {
    name: 'late-reply-completes',
    sentence: 'Lets a reply after the deadline complete the command.',
    parts: ({ recordEvent }) => ({
      recordEvent(command, event, at, next) {
        if (event.kind !== 'matched' || command.state !== 'timedOut')
          return recordEvent(command, event, at, next)
        return { ...command, state: event.reply.outcome, reply: event.reply, updated_at: at }
      },
    }),
  },
  {
    name: 'deadline-from-delivery',
    sentence: 'Starts the clock when the broker has acknowledged the command.',
    parts: ({ recordEvent }) => ({
      recordEvent(command, event, at, next) {
        const changed = recordEvent(command, event, at, next)
        if (event.kind !== 'acknowledged' || changed === undefined) return changed
        return { ...changed, deadline_at: at + command.request.timeout_seconds * 1000 }
      },
    }),
  },
  {
    name: 'deadlines-looked-at-now-and-then',
    sentence: 'Looks for overdue commands every five seconds.',
    parts: ({ newCommand }) => ({
      newCommand(made) {
        const command = newCommand(made)
        return { ...command, deadline_at: Math.ceil(command.deadline_at / 5_000) * 5_000 }
      },
    }),
  },
  {
    name: 'unknown-fields-ignored',
    sentence: 'Ignores fields of a request that it does not know, and does not judge payloads.',
    parts: ({ validateCreate }) => ({
      validateCreate: (body, context) =>
        validateCreate(knownOnly(body), {
          ...context,
          catalogue: { find: (name) => context.catalogue.find(name), check: () => [] },
        }),
    }),
  },
  {
    name: 'keys-shared-by-all-callers',
    sentence: 'Looks for a key among the commands of all credentials.',
    parts: () => ({ idempotencyScope: (_api_id, key) => key }),
  },
  {
    name: 'compared-as-text',
    sentence: 'Takes two requests for the same only when their text is.',
    parts: () => ({
      judgeRepeat: (first, again) =>
        JSON.stringify(first) === JSON.stringify(again) ? 'replay' : 'conflict',
    }),
  },
  {
    name: 'no-data-without-arguments',
    sentence: 'Sends null as the data of a method without arguments.',
    parts: wording((_message, { request }) =>
      Object.keys(request.payload).length === 0 ? { data: null } : {},
    ),
  },
  {
    name: 'further-envelope-fields',
    sentence: 'Adds fields of its own to its messages, in another order.',
    parts: sending(({ message }) => ({
      message: { version: 2, need_reply: 1, ...Object.fromEntries(Object.entries(message).reverse()) },
    })),
  },
  {
    name: 'vendor-response-wrapped',
    sentence: 'Puts the data of the reply one level deeper, numbers as texts.',
    parts: ({ mapReply }) => ({
      mapReply(data, result) {
        const text = deeply(data, (value) => (typeof value === 'number' ? String(value) : value))
        return { ...mapReply(data, result), vendor_response: { raw: { data: text } } }
      },
    }),
  },
  {
    name: 'description-first',
    sentence: 'Prefers the description to the message.',
    parts: ({ mapReply }) => ({
      mapReply(data, result) {
        const texts = ['description', 'msg', 'message'].map((name) => data[name])
        const first = texts.find((text) => typeof text === 'string')
        return {
          ...mapReply(data, result),
          ...(typeof first === 'string' ? { response_message: first } : {}),
        }
      },
    }),
  },
  {
    name: 'nothing-acknowledged',
    sentence: 'Answers neither events nor announcements.',
    parts: () => ({ acknowledgeEvent: () => undefined, acknowledgeStatus: () => undefined }),
  },
  {
    name: 'upper-case-signatures',
    sentence: 'Accepts signatures in upper case.',
    parts: ({ sameSignature }) => ({
      sameSignature: (given, expected) => sameSignature(given.toLowerCase(), expected),
    }),
  },
]

function nulls(names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, null]))
}

function knownOnly(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  const known = ['vendor', 'device_id', 'command_type', 'idempotency_key', 'payload', 'timeout_seconds']
  return Object.fromEntries(Object.entries(body).filter(([name]) => known.includes(name)))
}

/** Writes every time of an answer in another way. */
function timesAs(write: (time: string) => string): Change {
  const rewritten = (body: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(body).map(([name, value]) => [
        name,
        name.endsWith('_at') && typeof value === 'string' ? write(value) : value,
      ]),
    )
  return (defaults) => ({
    ...showing(rewritten)(defaults),
    presentCreated(...asked) {
      const presented = defaults.presentCreated(...asked)
      return { ...presented, body: rewritten(presented.body) }
    },
  })
}
