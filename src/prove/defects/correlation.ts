import type { GatewayParts } from '../../gateway/index.ts'
import type { Change } from '../defect.ts'
import { ofTheme } from '../defect.ts'
import type { Command } from '../piece.ts'
import { stepping } from '../piece.ts'

/** Replies that find the wrong command, or count when they must not. */
export const correlationDefects = ofTheme('correlation', [
  {
    name: 'correlates-by-bid',
    breaks: ['reply-by-tid', 'unmatched-never-decides'],
    sentence: 'Looks for the command by the bid of the reply.',
    parts: matching(({ bid }, { open }) => open.find((command) => command.bid === bid)),
  },
  {
    name: 'correlates-by-order',
    breaks: ['reply-by-tid', 'unmatched-never-decides'],
    sentence: 'Takes every reply for the answer to the oldest open command of its dock.',
    parts: matching((_reply, { open }) => open[0]),
  },
  {
    name: 'correlates-with-the-newest',
    breaks: ['reply-by-tid', 'unmatched-never-decides'],
    sentence: 'Keeps only the last command of each dock in mind.',
    parts: matching((_reply, { open }) => open.at(-1)),
  },
  {
    name: 'correlates-by-method',
    breaks: ['reply-by-tid', 'unmatched-never-decides'],
    sentence: 'Looks for the command by the method of the reply.',
    parts: matching(({ method }, { open }) =>
      open.find((command) => command.request.command_type === method),
    ),
  },
  {
    name: 'correlates-by-tid-and-bid',
    breaks: ['reply-by-tid', 'lifecycle-early-reply'],
    sentence: 'Demands that tid and bid both agree.',
    parts: matching(({ bid }, { byTid }) => (byTid?.bid === bid ? byTid : undefined)),
  },
  {
    name: 'topic-of-the-reply-ignored',
    breaks: ['reply-topic'],
    sentence: 'Does not look at which dock a reply came from.',
    parts: ({ matchReply }) => ({
      matchReply: (reply, candidates) =>
        candidates.byTid === undefined
          ? matchReply(reply, candidates)
          : { kind: 'matched', command: candidates.byTid },
    }),
  },
  {
    name: 'unmatched-decides',
    breaks: ['unmatched-never-decides'],
    sentence: 'Completes the command that an unmatched reply most likely belongs to.',
    parts: ({ matchReply }) => ({
      matchReply(reply, candidates) {
        const match = matchReply(reply, candidates)
        return match.kind === 'unmatched' ? { ...match, kind: 'matched' } : match
      },
    }),
  },
  {
    name: 'reply-without-tid-decides',
    breaks: ['unmatched-never-decides'],
    sentence: 'Falls back on the only open command when a reply has no tid.',
    parts: ({ matchReply }) => ({
      matchReply(reply, candidates) {
        const [only, ...others] = candidates.open
        return reply.tid === undefined && only !== undefined && others.length === 0
          ? { kind: 'matched', command: only }
          : matchReply(reply, candidates)
      },
    }),
  },
  {
    name: 'unmatched-dropped',
    breaks: ['unmatched-shown', 'unmatched-provisional'],
    sentence: 'Drops every reply whose tid it does not know.',
    parts: matching((_reply, { byTid }) => byTid),
  },
  {
    name: 'unmatched-fails',
    breaks: ['unmatched-never-decides'],
    sentence: 'Takes an unmatched reply for the failure of the command.',
    parts: stepping((state, event) =>
      event.kind === 'unmatched' && (state === 'accepted' || state === 'delivered') ? 'failed' : 'default',
    ),
  },
  {
    name: 'unmatched-fails-at-the-deadline',
    breaks: ['unmatched-never-decides'],
    sentence: 'Ends a command as FAILED when only unmatched replies came in time.',
    parts: stepping((state, event) =>
      event.kind === 'deadline' && state === 'unmatched' ? 'failed' : 'default',
    ),
  },
  {
    name: 'unmatched-times-out',
    breaks: ['unmatched-shown', 'unmatched-provisional'],
    sentence: 'Ends a command as TIMED_OUT although an unmatched reply came.',
    parts: stepping((state, event) =>
      event.kind === 'deadline' && state === 'unmatched' ? 'timedOut' : 'default',
    ),
  },
  {
    name: 'unmatched-closes-the-command',
    breaks: ['unmatched-provisional'],
    sentence: 'Makes UNMATCHED_RESPONSE final at once, so that the right reply comes too late.',
    parts: stepping((state, event) =>
      event.kind === 'matched' && state === 'unmatched' ? undefined : 'default',
    ),
  },
  {
    name: 'unmatched-reopened-after-the-deadline',
    breaks: ['unmatched-provisional', 'lifecycle-timed-out-final', 'lifecycle-deadline-from-acceptance'],
    sentence: 'Lets a matched reply complete a command that ended as UNMATCHED_RESPONSE.',
    parts: ({ recordEvent }) => ({
      recordEvent(command, event, at, next) {
        if (event.kind !== 'matched' || command.state !== 'endedUnmatched')
          return recordEvent(command, event, at, next)
        return { ...command, state: event.reply.outcome, reply: event.reply, updated_at: at }
      },
    }),
  },
  {
    name: 'reply-without-data-fails',
    breaks: ['reply-malformed'],
    sentence: 'Takes a reply without data for a failure.',
    parts: readingRubbish((message) =>
      typeof message['data'] === 'object' && message['data'] !== null ? undefined : -1,
    ),
  },
  {
    name: 'reply-without-result-succeeds',
    breaks: ['reply-without-result'],
    sentence: 'Reads a missing result as 0.',
    parts: readingRubbish((message) => (resultOf(message) === undefined ? 0 : undefined)),
  },
  {
    name: 'result-of-text-counts',
    breaks: ['reply-without-result'],
    sentence: 'Turns a result that is a text into a number.',
    parts: readingRubbish((message) => {
      const result = resultOf(message)
      return typeof result === 'string' ? Math.trunc(Number(result) || 0) : undefined
    }),
  },
  {
    name: 'rubbish-ends-the-listening',
    breaks: ['reply-malformed'],
    sentence: 'Lets an exception of the JSON parser end the loop that reads replies.',
    parts: ({ readReply }) => {
      let ended = false
      return {
        readReply(payload) {
          const reply = ended ? { kind: 'malformed' as const, why: 'nobody listens' } : readReply(payload)
          ended ||= reply.kind === 'malformed'
          return reply
        },
      }
    },
  },
])

type Candidates = Parameters<GatewayParts['matchReply']>[1]

/** Finds the command in another way; without one the reply is nobody's. */
function matching(
  find: (reply: Parameters<GatewayParts['matchReply']>[0], candidates: Candidates) => Command | undefined,
): Change {
  return () => ({
    matchReply(reply, candidates) {
      const command = find(reply, candidates)
      return command === undefined ? { kind: 'stray' } : { kind: 'matched', command }
    },
  })
}

type Fields = Readonly<Record<string, unknown>>

/** Reads a result into replies that have none; `undefined` leaves them malformed. */
function readingRubbish(resultFor: (message: Fields) => number | undefined): Change {
  return ({ readReply }) => ({
    readReply(payload) {
      const reply = readReply(payload)
      const message = reply.kind === 'malformed' ? fieldsOf(payload) : undefined
      const result = message === undefined ? undefined : resultFor(message)
      if (message === undefined || result === undefined) return reply
      const data = asFields(message['data']) ?? {}
      const { tid, bid, method } = message
      return { kind: 'reply', tid: text(tid), bid: text(bid), method: text(method), data, result }
    },
  })
}

function fieldsOf(payload: Uint8Array): Fields | undefined {
  try {
    return asFields(JSON.parse(Buffer.from(payload).toString('utf8')))
  } catch {
    return undefined
  }
}

function asFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
}

function resultOf(message: Fields): unknown {
  return asFields(message['data'])?.['result']
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
