import type { Proof } from '../../src/prove/index.ts'

const defect = { name: 'a', theme: 'mapping', breaks: ['r', 'q'], sentence: 'A.' } as const

/** One proof of each kind. */
export const someProofs: readonly Proof[] = [
  {
    kind: 'caught',
    defect,
    tests: 9,
    by: new Map([
      ['r', ['x', 'y']],
      ['other', ['x']],
    ]),
  },
  { kind: 'survived', defect: { ...defect, name: 'b' }, tests: 7, by: new Map() },
  { kind: 'quiet', variant: { name: 'bcd', sentence: 'B.' }, tests: 3 },
  { kind: 'falseAlarm', variant: { name: 'e', sentence: 'E.' }, tests: 3, by: new Map([['s', ['z']]]) },
]
