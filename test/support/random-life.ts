import * as fc from 'fast-check'
import type { JsonObject, Observation } from '../../contracts/index.ts'
import type { Point } from './observations.ts'
import { unreachable } from '../../contracts/index.ts'
import { aCreate, aDock, aRead, aReply, aService, decided, time } from './observations.ts'

/** What one reply of a dock is like. */
export type ReplyKind = 'zero' | 'nonzero' | 'malformed' | 'noResult' | 'strange'

/** A command's life, as a plan: instants are milliseconds since it was created. */
export interface Plan {
  readonly createdAt: number
  readonly timeout_seconds: number
  readonly replies: readonly { readonly after: number; readonly kind: ReplyKind }[]
  readonly reads: readonly number[]
  /** How much later than it happens a status shows. */
  readonly lag: number
  /** A new message under a fresh tid, that long after the first; the dock answers both alike. */
  readonly retryAfter: number | undefined
}

/** Lives of a gateway that keeps every rule and shows everything at once. */
export const promptPlans: fc.Arbitrary<readonly Plan[]> = plans(fc.constant(0), fc.constant(undefined))
/** Lives of a gateway that lags within its slack, and sends again by itself. */
export const laggingPlans: fc.Arbitrary<readonly Plan[]> = plans(
  fc.integer({ min: 0, max: 9_000 }),
  fc.option(fc.integer({ min: 2_000, max: 5_000 }), { nil: undefined }),
)

function plans(
  lag: fc.Arbitrary<number>,
  retryAfter: fc.Arbitrary<number | undefined>,
): fc.Arbitrary<readonly Plan[]> {
  const plan = fc.record({
    createdAt: fc.integer({ min: 1, max: 3_000 }),
    timeout_seconds: fc.integer({ min: 1, max: 40 }),
    replies: fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 45_000 }),
        kind: fc.constantFrom<ReplyKind>('zero', 'nonzero', 'malformed', 'noResult', 'strange'),
      }),
      { maxLength: 4 },
    ),
    reads: fc.array(fc.integer({ min: 1, max: 60_000 }), { maxLength: 6 }),
    lag,
    retryAfter,
  })
  return fc.array(plan, { minLength: 1, maxLength: 5 })
}

interface Step {
  readonly ms: number
  readonly run: (seq: number) => Observation
  /** How many places in the order it takes. */
  readonly width: number
}

/** What a correct gateway lets an observer hear of these lives, all of them on one dock. */
export function tell(lives: readonly Plan[]): readonly Observation[] {
  const steps = lives.flatMap((plan, index) => stepsOf(plan, index + 1))
  const ordered = steps.toSorted((left, right) => left.ms - right.ms)
  let seq = 1
  const told = ordered.map(({ run, width }) => {
    const observation = run(seq)
    seq += width
    return observation
  })
  return [aDock({ seq: 0, ms: 0 }), ...told]
}

function stepsOf(plan: Plan, n: number): readonly Step[] {
  const { createdAt, timeout_seconds, replies, reads, retryAfter } = plan
  const at = (ms: number, width: number, run: (point: Point) => Observation): Step => ({
    ms: createdAt + ms,
    width,
    run: (seq) => run({ seq, ms: createdAt + ms }),
  })
  const tids = retryAfter === undefined ? [''] : ['', '-again']
  return [
    at(0, 2, (point) => aCreate(point, n, { request: { timeout_seconds } })),
    ...tids.map((more, turn) =>
      at(turn * (retryAfter ?? 0), 1, (point) =>
        aService(point, n, { envelope: { tid: `tid-${n}${more}` } }),
      ),
    ),
    ...replies.map(({ after, kind }) => at(after, 1, (point) => replyOf(point, n, kind))),
    ...reads.map((after) => at(after, 2, (point) => aRead(point, n, shownAt(plan, after)))),
  ]
}

function replyOf(point: Point, n: number, kind: ReplyKind): Observation {
  switch (kind) {
    case 'zero':
      return aReply(point, n, { result: 0 })
    case 'nonzero':
      return aReply(point, n, { result: 7, code: 'E7' })
    case 'malformed':
      return aReply(point, n, null)
    case 'noResult':
      return aReply(point, n, { result: '0' })
    case 'strange':
      return aReply(point, n, { result: 0 }, { envelope: { tid: `strange-${point.seq}` } })
    default:
      return unreachable(kind)
  }
}

/** What a read shows: the state of the command a lag ago. */
function shownAt({ timeout_seconds, replies, lag }: Plan, after: number): JsonObject {
  const now = after - lag
  const deadline = timeout_seconds * 1_000
  const heard = replies.filter((reply) => reply.after <= now && reply.after < deadline)
  const inOrder = heard.toSorted((left, right) => left.after - right.after)
  const matched = inOrder.find(({ kind }) => kind === 'zero' || kind === 'nonzero')
  if (matched?.kind === 'zero') return decided(0)
  if (matched !== undefined)
    return decided(7, { response_code: 'E7', vendor_response: { result: 7, code: 'E7' } })
  if (inOrder.some(({ kind }) => kind === 'strange'))
    return { status: 'UNMATCHED_RESPONSE', response_code: '0', vendor_response: { result: 0 } }
  if (now >= deadline) return { status: 'TIMED_OUT', completed_at: time(2) }
  return now < 0 ? {} : { status: 'DELIVERED' }
}
