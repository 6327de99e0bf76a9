import { describe, expect, it } from 'vitest'
import type { PlannedTest } from '../../src/scenario/index.ts'
import type { Variant } from '../../src/prove/index.ts'
import { prove, variants } from '../../src/prove/index.ts'
import { plannedTests } from './planned-tests.ts'

/** Those that would undo each other stand in different crowds. */
const loners = [
  'published-with-qos-2',
  'unmatched-dropped',
  'empty-texts-for-the-unknown',
  'times-to-the-second',
]

describe('prove', () => {
  it.each([
    ['one half of the variants', crowd(variants.filter(({ name }) => !loners.includes(name)))],
    ['the other half', crowd(variants.filter(({ name }) => loners.includes(name)))],
  ])(
    'accuses nobody: %s',
    async (_title, variant) => {
      const tests = (await plannedTests()).filter(isSmall)

      for await (const proof of prove(tests, { extent: 'full', defects: [], variants: [variant] })) {
        expect(proof.kind === 'falseAlarm' ? Object.fromEntries(proof.by) : {}).toEqual({})
        expect(proof.kind).toBe('quiet')
      }
    },
    120_000,
  )
})

/** One gateway that differs in all these ways at the same time. */
function crowd(members: readonly Variant[]): Variant {
  return {
    name: 'crowd',
    sentence: 'Differs in many ways.',
    waives: members.flatMap(({ waives }) => waives ?? []),
    parts: (defaults) => members.reduce((parts, member) => ({ ...parts, ...member.parts(parts) }), defaults),
  }
}

/**
 * Crowded tests say of a variant what small ones say too, and take longer; and with twenty open commands on each dock the
 * judge cannot tie a wrapped vendor response to its message.
 */
function isSmall({ devices }: PlannedTest): boolean {
  return Object.keys(devices).length < 10
}
