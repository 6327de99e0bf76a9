import type * as FastCheck from 'fast-check'
import type { Act, Sequence } from './act.ts'
import { answersOf } from './arbitrary-answer.ts'
import { given } from './scenario-data.ts'
import type { Tempo } from './tempo.ts'

type Fc = typeof FastCheck
type Send = Extract<Act, { kind: 'send' }>
type Weighted = { readonly arbitrary: FastCheck.Arbitrary<Act>; readonly weight: number }

/** Sequences for a target, with a liking for several commands on one dock and for what happens around deadlines. */
export function sequenceOf(fc: Fc, tempo: Tempo, maxActs: number): FastCheck.Arbitrary<Sequence> {
  const answers = answersOf(fc, tempo)
  const harmless = [{ arbitrary: sendOf(fc, tempo), weight: 7 }, ...timeOf(fc, tempo), ...deviceOf(fc, tempo)]
  const actsOf = (weighted: readonly Weighted[]): FastCheck.Arbitrary<readonly Act[]> =>
    fc.array(fc.oneof(...weighted), { maxLength: maxActs - 1 })
  const withFaults = actsOf([...harmless, ...faultsOf(fc, tempo)])
  return fc.record({
    docks: fc.tuple(answers, answers),
    // Nothing happens before there is a command.
    acts: fc
      .tuple(
        sendOf(fc, tempo),
        tempo.faults === 'often'
          ? withFaults
          : fc.oneof({ arbitrary: actsOf(harmless), weight: 15 }, { arbitrary: withFaults, weight: 1 }),
      )
      .map(([first, more]) => [first, ...more]),
  })
}

function sendOf(fc: Fc, { timeouts, methods, can }: Tempo): FastCheck.Arbitrary<Act> {
  const [method = 'drone_close', ...otherMethods] = methods
  const changes: readonly Send['change'][] = [
    ...(['none', 'none', 'none', 'timeout', 'dock'] as const),
    ...(otherMethods.length > 0 ? (['method', 'payload', 'order'] as const) : []),
    ...(can('second-credential') ? (['caller'] as const) : []),
  ]
  return fc
    .record({
      kind: fc.constant('send' as const),
      dock: rarely(fc, 0, 1),
      timeout: fc.constantFrom(...timeouts),
      key: fc.oneof(
        { arbitrary: fc.constant('fresh' as const), weight: 3 },
        { arbitrary: fc.nat(3), weight: 1 },
      ),
      change: fc.constantFrom<Send['change']>(...changes),
      method: fc.constantFrom(method, method, method, ...otherMethods),
      copies: rarely(fc, 1, 2, 5),
      credential: can('second-credential')
        ? rarely<Send['credential']>(fc, 'first', 'second')
        : fc.constant<Send['credential']>('first'),
    })
    .map((send): Act => given(send))
}

function timeOf(fc: Fc, { waitsMs, offsetsMs }: Tempo): readonly Weighted[] {
  return [
    { arbitrary: fc.record({ kind: fc.constant('query' as const), of: fc.nat(3) }), weight: 4 },
    {
      arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(...waitsMs) }),
      weight: 3,
    },
    {
      arbitrary: fc.record({
        kind: fc.constant('deadline' as const),
        of: fc.nat(3),
        offset: fc.constantFrom(...offsetsMs),
      }),
      weight: 3,
    },
  ]
}

function deviceOf(fc: Fc, tempo: Tempo): readonly Weighted[] {
  return [
    {
      arbitrary: fc.record({
        kind: fc.constant('release' as const),
        dock: rarely(fc, 0, 1),
        which: fc.nat(2),
      }),
      weight: 3,
    },
    {
      arbitrary: fc.record({
        kind: fc.constant('script' as const),
        dock: rarely(fc, 0, 1),
        answers: answersOf(fc, tempo),
      }),
      weight: 1,
    },
    {
      arbitrary: fc.record({
        kind: fc.constant('line' as const),
        dock: rarely(fc, 0, 1),
        how: fc.constantFrom('clean', 'cut', 'silent'),
      }),
      weight: tempo.can('offline-queue') ? 2 : 0,
    },
  ]
}

function faultsOf(fc: Fc, { can }: Tempo): readonly Weighted[] {
  return [
    {
      arbitrary: fc.record({
        kind: fc.constant('gateway' as const),
        how: fc.constantFrom('restart', 'kill', 'stop'),
      }),
      weight: can('gateway-control') && can('durable-store') ? 1 : 0,
    },
    {
      arbitrary: fc.record({
        kind: fc.constant('broker' as const),
        // Without a broker every dock is off line.
        how: can('offline-queue') ? fc.constantFrom('toggle', 'drop') : fc.constant('drop' as const),
      }),
      weight: can('broker-control') ? 1 : 0,
    },
  ]
}

/** Mostly the first value. */
function rarely<T>(fc: Fc, usual: T, ...others: readonly T[]): FastCheck.Arbitrary<T> {
  if (others.length === 0) return fc.constant(usual)
  return fc.oneof(
    { arbitrary: fc.constant(usual), weight: 5 },
    { arbitrary: fc.constantFrom(...others), weight: 1 },
  )
}
