import type * as FastCheck from 'fast-check'
import type { BehaviorSpec } from '../../simulator/index.ts'
import type { Answers } from './act.ts'
import { commandNames, dockNames } from './act.ts'
import type { Tempo } from './tempo.ts'
import { given } from './scenario-data.ts'

type Fc = typeof FastCheck
type Behaviors = FastCheck.Arbitrary<BehaviorSpec>

/** What a dock does with its calls: mostly answers, with a liking for what goes wrong around deadlines and tids. */
export function answersOf(fc: Fc, tempo: Tempo): FastCheck.Arbitrary<Answers> {
  return fc.array(behaviorOf(fc, tempo), { minLength: 1, maxLength: 4 })
}

function behaviorOf(fc: Fc, tempo: Tempo): Behaviors {
  const plain = plainOf(fc, tempo)
  const spoilt = spoiltOf(fc, plain)
  const further = fc.array(fc.oneof({ arbitrary: plain, weight: 2 }, { arbitrary: spoilt, weight: 1 }), {
    minLength: 1,
    maxLength: 2,
  })
  const followed = fc
    .tuple(fc.oneof(plain, spoilt), further)
    // oxlint-disable-next-line unicorn/no-thenable -- the language's own word; its value is a list, never a function
    .map(([first, then]): BehaviorSpec => ({ ...first, then }))
  return fc.oneof(
    { arbitrary: plain, weight: 6 },
    { arbitrary: fc.constant<BehaviorSpec>({ reply: null }), weight: 2 },
    { arbitrary: spoilt, weight: 4 },
    { arbitrary: followed, weight: 5 },
    { arbitrary: withExtras(fc, plain, tempo), weight: 2 },
  )
}

/** A reply in time, late or held. */
function plainOf(fc: Fc, { delaysMs }: Tempo): Behaviors {
  return fc
    .record({
      reply: replyOf(fc),
      delay: fc.option(fc.constantFrom(...delaysMs), { nil: undefined, freq: 2 }),
      hold: fc.oneof(
        { arbitrary: fc.constant(undefined), weight: 4 },
        { arbitrary: fc.constant(true), weight: 1 },
      ),
    })
    .map(({ reply, delay, hold }) =>
      given({ reply, delay: delay === undefined ? undefined : `${delay}ms`, hold }),
    )
}

/** A reply that cannot be tied to its command, or that is no reply at all. */
function spoiltOf(fc: Fc, plain: Behaviors): Behaviors {
  const wrong: Behaviors = fc.oneof(
    { arbitrary: fc.constant<BehaviorSpec>({ tid: 'unmatched' }), weight: 4 },
    { arbitrary: fc.constant<BehaviorSpec>({ tid: 'missing' }), weight: 2 },
    { arbitrary: fc.constantFrom(...commandNames).map((of): BehaviorSpec => ({ tid: { of } })), weight: 2 },
    { arbitrary: fc.constant<BehaviorSpec>({ tid: 'unmatched', bid: '$missing' }), weight: 1 },
    { arbitrary: fc.constant<BehaviorSpec>({ tid: 'unmatched', method: 'drone_open' }), weight: 1 },
    { arbitrary: fc.constant<BehaviorSpec>({ bid: 'another' }), weight: 1 },
    { arbitrary: fc.constant<BehaviorSpec>({ method: '$missing' }), weight: 1 },
    { arbitrary: fc.constantFrom(...dockNames).map((from): BehaviorSpec => ({ from })), weight: 2 },
    { arbitrary: fc.constantFrom(...malformed).map((raw): BehaviorSpec => ({ raw })), weight: 3 },
  )
  return fc.tuple(plain, wrong).map(([reply, patch]) => {
    const { reply: _unsaid, ...silent } = reply
    return 'raw' in patch ? { ...silent, ...patch } : { ...reply, ...patch }
  })
}

/** A reply that comes several times, with progress events, or with a dock that leaves. */
function withExtras(fc: Fc, plain: Behaviors, { can }: Tempo): Behaviors {
  const leaving = fc
    .constantFrom('before-reply', 'after-reply', 'instead')
    .map((disconnect): BehaviorSpec => ({ disconnect }))
  const extra: Behaviors = fc.oneof(
    fc.integer({ min: 2, max: 3 }).map((times): BehaviorSpec => ({ times })),
    ...(can('offline-queue') ? [leaving] : []),
    fc
      .array(
        fc
          .record({
            status: fc.constantFrom('sent', 'in_progress', 'ok', 'failed', 'timeout'),
            need_reply: fc.option(fc.constantFrom(0, 1), { nil: undefined }),
            result: fc.option(fc.constantFrom(0, 314_000), { nil: undefined }),
            after: fc.option(fc.constantFrom('1s', '5s'), { nil: undefined }),
          })
          .map(given),
        { minLength: 1, maxLength: 2 },
      )
      .map((events): BehaviorSpec => ({ events })),
    fc.constantFrom<BehaviorSpec>({ qos: 0 }, { qos: 2 }),
  )
  return fc.tuple(plain, extra).map(([reply, more]) => ({ ...reply, ...more }))
}

/** Fields of `data`; simple ones come first, since shrinking goes there. */
function replyOf(fc: Fc): FastCheck.Arbitrary<Readonly<Record<string, unknown>>> {
  const maybe = <T>(value: FastCheck.Arbitrary<T>): FastCheck.Arbitrary<T | undefined> =>
    fc.oneof({ arbitrary: fc.constant(undefined), weight: 2 }, { arbitrary: value, weight: 1 })
  const text = fc.constantFrom('Dock is busy', '', 'Tür offen ✈')
  return fc
    .record({
      result: fc.oneof(
        { arbitrary: fc.constantFrom<unknown>(0, 1), weight: 6 },
        { arbitrary: fc.constantFrom<unknown>(314_000, -1, 256, 65_536, 2_147_483_648), weight: 3 },
        { arbitrary: fc.constantFrom<unknown>('0', 0.5, null, undefined), weight: 1 },
      ),
      code: maybe(
        fc.constantFrom<unknown>('DOCK_BUSY', 0, '0', 'dock busy ✈', '', 314_001, '007', null, true),
      ),
      message: maybe(
        fc.oneof({ arbitrary: text, weight: 4 }, { arbitrary: fc.constant<unknown>(null), weight: 1 }),
      ),
      msg: maybe(text),
      description: maybe(text),
      output: maybe(
        fc.constantFrom<unknown>({ status: 'ok' }, { status: 'in_progress' }, { deep: { er: [1, '1'] } }),
      ),
      extension: maybe(fc.constantFrom<unknown>('kept', { nested: [0, false, null] })),
    })
    .map(given)
}

const malformed = [
  'not json',
  '[]',
  '{"tid":"${request.tid}","bid":"${request.bid}","method":"${request.method}"}',
  '{"tid":"${request.tid}","bid":"${request.bid}","method":"${request.method}","data":null}',
  '{"tid":"${request.tid}","data":[0]}',
] as const
