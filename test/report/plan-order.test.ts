import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPlanOrder } from '../../src/report/plan-order.ts'

describe('plan order', () => {
  it('lets items out in plan order, whatever order they come in', () => {
    const plan = ['a', 'b', 'c', 'd']
    const steps = plan.flatMap((test) => [`${test}1`, `${test}2`, `${test}end`])
    const mixed = fc.shuffledSubarray(plan, { minLength: plan.length })

    fc.assert(
      fc.property(mixed, (finishing) => {
        const out: string[] = []
        const order = createPlanOrder<string>(plan, (item) => out.push(item))
        for (const part of ['1', '2']) for (const test of finishing) order.add(test, test + part)
        for (const test of finishing) {
          order.add(test, `${test}end`)
          order.finish(test)
        }
        expect(out).toEqual(steps)
      }),
    )
  })

  it('puts a test that the plan does not name behind it', () => {
    const out: string[] = []
    const order = createPlanOrder<string>(['a'], (item) => out.push(item))

    order.add('stranger', 'late')
    order.add('a', 'early')
    order.finish('a')

    expect(out).toEqual(['early', 'late'])
  })

  it('holds what a test says after its end until it is its turn', () => {
    const out: string[] = []
    const order = createPlanOrder<string>(['a', 'b'], (item) => out.push(item))

    order.finish('b')
    order.add('b', 'second')
    expect(out).toEqual([])
    order.finish('a')

    expect(out).toEqual(['second'])
  })
})
