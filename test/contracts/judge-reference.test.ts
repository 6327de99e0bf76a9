import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPayload, createJudge, findMethod, referenceProfile } from '../../contracts/index.ts'
import type { Act, Seal } from '../support/judged-stand.ts'
import { Stand } from '../support/judged-stand.ts'
import { dock, openWorld } from '../support/gateway-world.ts'

const changes = [
  {},
  {},
  {},
  { timeout_seconds: 5 },
  { timeout_seconds: 0 },
  { timeout_seconds: 301 },
  { vendor: 'nobody' },
  { command_type: 'make_coffee' },
  { command_type: 'drone_open' },
  { device_id: 'nowhere' },
  { payload: [] },
  { payload: { x: 1 } },
  { idempotency_key: '' },
  { extra: true },
  { vendor: 7, extra: true },
] as const
const seals: readonly Seal[] = ['valid', 'valid', 'valid', 'valid', 'unsigned', 'tampered', 'stale', 'once']
const datas = [
  { result: 0 },
  { result: 0, code: 'OK', message: 'Done' },
  { result: 7, code: 0, msg: 'A', description: 'B' },
  { result: -256, code: null, description: '' },
  { result: 1.5 },
  { result: 0, output: { status: 'in_progress' } },
  null,
  'text',
]

const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('create' as const),
      key: fc.nat(5),
      change: fc.constantFrom(...changes),
      seal: fc.constantFrom(...seals),
    }),
    fc.record({
      kind: fc.constant('reply' as const),
      to: fc.nat(5),
      data: fc.constantFrom(...datas),
      tid: fc.constantFrom('match' as const, 'match' as const, 'strange' as const),
    }),
    fc.record({ kind: fc.constant('read' as const), of: fc.nat(5) }),
    fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(1, 100, 3_000, 5_000, 31_000) }),
    fc.constantFrom<Act>({ kind: 'restart' }, { kind: 'leave' }, { kind: 'announce' }),
  ),
  { maxLength: 40 },
)

describe('the judge, on the bundled gateway', () => {
  it('finds nothing, whatever is done to it', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (todo) => {
        expect(await hearing(todo)).toEqual([])
      }),
      { numRuns: 150, seed: 1 },
    )
  })
})

/** The contract's own catalogue, as the bundled gateway is given it. */
const catalogue = {
  find: (name: string) => findMethod(name),
  check: (name: string, payload: unknown) => {
    const method = findMethod(name)
    return method === undefined ? [] : checkPayload(method, payload)
  },
}

/** Does it all, and gives the judge's findings. */
async function hearing(todo: readonly Act[]): Promise<readonly unknown[]> {
  const world = await openWorld({ catalogue }, { docks: 'offline' })
  const devices = new Map([['drone-001', { gateway_sn: dock }]])
  const judge = createJudge({
    profile: referenceProfile,
    level: 'may',
    devices,
    exact: 'exact',
    tolerance_ms: 0,
  })
  const stand = new Stand(world, (observation) => judge.observe(observation))
  await stand.act({ kind: 'announce' })
  for (const act of todo) await stand.act(act)
  return judge.finish(world.clock.now() + 600_000).findings
}
