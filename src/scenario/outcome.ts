import type { Finding, SourcePosition } from '../../contracts/index.ts'

/** One place where what was expected and what was seen part; the path is written as in `body.response_code`. */
export interface Difference {
  readonly path: string
  readonly expected: unknown
  readonly actual: unknown
  /** Why they differ, in words: "the number 0, expected the string \"0\"". */
  readonly reason: string
}

/** What a step waited for in vain. */
export interface Expectation {
  /** In words: "command closing to reach FAILED". */
  readonly what: string
  readonly withinMs: number
}

/** A near miss: something that almost fitted, and why it did not. */
export interface NearMiss {
  readonly what: string
  readonly why: string
  readonly seq?: number
}

/** Why a step or a test failed. */
export type Failure =
  | {
      readonly kind: 'differs'
      readonly what: string
      readonly differences: readonly Difference[]
      readonly seq?: number
    }
  | { readonly kind: 'finding'; readonly finding: Finding }

/** A result that cannot contradict itself; used for steps, tests and runs alike. */
export type Outcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly failures: readonly Failure[]; readonly nearest: readonly NearMiss[] }
  | { readonly kind: 'timedOut'; readonly expectation: Expectation; readonly nearest: readonly NearMiss[] }
  | { readonly kind: 'skipped'; readonly because: string }
  | { readonly kind: 'broken'; readonly error: BrokenBy }

/** The operator's or the target's trouble: the test could not say anything about the contract. */
export interface BrokenBy {
  readonly code: string
  readonly message: string
  readonly position?: SourcePosition
}
