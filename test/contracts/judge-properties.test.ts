import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Observation } from '../../contracts/index.ts'
import { createJudge, foreignProfile, isFatal } from '../../contracts/index.ts'
import { start } from '../support/observations.ts'
import { laggingPlans, promptPlans, tell } from '../support/random-life.ts'
import { judge, options } from './streams/row.ts'

describe('the judge, over random lives', () => {
  it('finds nothing wrong with a gateway that keeps every rule', () => {
    fc.assert(
      fc.property(promptPlans, (plans) => {
        expect(judge(tell(plans)).findings).toEqual([])
      }),
      { numRuns: 500, seed: 1 },
    )
  })

  it.each(['exact', 'tolerant'] as const)(
    'binds no lagging gateway to more than it promises (%s)',
    (exact) => {
      const terms = {
        ...options,
        profile: foreignProfile,
        level: 'should',
        exact,
        tolerance_ms: 250,
      } as const

      fc.assert(
        fc.property(laggingPlans, (plans) => {
          const { findings } = judge(tell(plans), terms)
          expect(findings.filter((finding) => isFatal(finding, terms))).toEqual([])
        }),
        { numRuns: 500, seed: 2 },
      )
    },
  )

  it('says the same when it forgets what is over', () => {
    fc.assert(
      fc.property(promptPlans, (plans) => {
        expect(judge(tell(plans), { limit: 1 }).findings).toEqual([])
      }),
      { numRuns: 200, seed: 3 },
    )
  })

  it('finds out a gateway that shows the opposite of what the dock said', () => {
    fc.assert(
      fc.property(promptPlans, (plans) => {
        const truth = tell(plans)
        const lies = truth.map(turned)
        const told = lies.filter((lie, index) => lie !== truth[index]).length
        const { findings } = judge(lies)
        expect(findings.length > 0).toBe(told > 0)
      }),
      { numRuns: 200, seed: 4 },
    )
  })

  it('says of each finding once, as soon as it is certain', () => {
    fc.assert(
      fc.property(promptPlans, (plans) => {
        const judging = createJudge(options)
        const early = tell(plans)
          .map(turned)
          .flatMap((observation) => judging.observe(observation))
        const { findings } = judging.finish(start + 600_000)
        expect(findings.slice(0, early.length)).toEqual(early)
        expect(new Set(findings).size).toBe(findings.length)
      }),
      { numRuns: 100, seed: 5 },
    )
  })
})

/** A read of SUCCEEDED as one of FAILED. */
function turned(observation: Observation): Observation {
  if (observation.kind !== 'http' || observation.exchange.outcome.kind !== 'answered') return observation
  const { response } = observation.exchange.outcome
  if (!response.body.includes('"SUCCEEDED"')) return observation
  const body = response.body.replace('"SUCCEEDED"', '"FAILED"')
  return {
    ...observation,
    exchange: { ...observation.exchange, outcome: { kind: 'answered', response: { ...response, body } } },
  }
}
