import { describe, expect, it } from 'vitest'
import { rulesBrokenBy } from '../../src/scenario/blame.ts'
import type { Outcome } from '../../src/scenario/index.ts'
import { aFinding, aTest, passed } from '../support/run-events.ts'

const test = aTest({ proves: ['reply-by-tid', 'reply-zero-succeeds'] })
const failed: Outcome = { kind: 'failed', failures: [], nearest: [] }

function seenKept(...rules: readonly string[]): Parameters<typeof rulesBrokenBy>[2] {
  return { tally: new Map(rules.map((rule) => [rule, { exercised: 1, kept: 1, broken: 0 }])) }
}

describe('the rules that a test broke', () => {
  it('are those of its findings', () => {
    const outcome: Outcome = {
      ...failed,
      failures: [{ kind: 'finding', finding: aFinding({ rule: 'one-publish' }) }],
    }

    expect(rulesBrokenBy(test, outcome, seenKept())).toEqual(['one-publish'])
  })

  it('are those that it proves, without what the judge saw kept', () => {
    expect(rulesBrokenBy(test, failed, seenKept('reply-by-tid'))).toEqual(['reply-zero-succeeds'])
  })

  it('are all that it proves when the judge clears every one of them', () => {
    expect(rulesBrokenBy(test, failed, seenKept(...test.proves))).toEqual(test.proves)
  })

  it('are none when it passed', () => {
    expect(rulesBrokenBy(test, passed, seenKept())).toEqual([])
  })
})
