import type { Finding } from '../../contracts/index.ts'
import type { Failure, NearMiss, Outcome } from '../scenario/index.ts'

/** A failure whose expected and actual differ. */
export type Differs = Extract<Failure, { readonly kind: 'differs' }>

/** What an outcome points at in the timeline. */
export interface Evidence {
  /** `seq` of frames and exchanges that prove the failure, or almost fitted. */
  readonly marks: ReadonlyMap<number, 'proof' | 'near'>
  readonly nearest: readonly NearMiss[]
  readonly findings: readonly Finding[]
  readonly differs: readonly Differs[]
}

/** Takes an outcome apart. A frame that proves the failure is proof, even when it is also a near miss. */
export function evidenceOf(outcome: Outcome): Evidence {
  const failures = outcome.kind === 'failed' ? outcome.failures : []
  const nearest = outcome.kind === 'failed' || outcome.kind === 'timedOut' ? outcome.nearest : []
  const findings = failures.flatMap((failure) => (failure.kind === 'finding' ? [failure.finding] : []))
  const differs = failures.flatMap((failure) => (failure.kind === 'differs' ? [failure] : []))
  const near = nearest.flatMap(({ seq }) => (seq === undefined ? [] : [[seq, 'near'] as const]))
  const proof = [...findings.flatMap(({ evidence }) => evidence), ...differs.flatMap(({ seq }) => seq ?? [])]
  const marks = new Map<number, 'proof' | 'near'>([...near, ...proof.map((seq) => [seq, 'proof'] as const)])
  return { marks, nearest, findings, differs }
}
