import type { Finding } from '../../contracts/index.ts'
import type { Failure, NearMiss, Outcome } from '../scenario/index.ts'

/** A failure whose expected and actual differ. */
export type Differs = Extract<Failure, { readonly kind: 'differs' }>

/** What an outcome points at in the timeline. */
export interface Evidence {
  /** `seq` of frames and exchanges that prove the failure, or almost fitted. */
  readonly marks: ReadonlyMap<number, 'proof' | 'near'>
  readonly nearest: readonly NearMiss[]
  /** Each finding once, at its first time: a gateway that is asked again breaks a rule again. */
  readonly findings: readonly Finding[]
  /** How often a finding was made, of those that were made more than once. */
  readonly times: ReadonlyMap<Finding, number>
  readonly differs: readonly Differs[]
}

/** Takes an outcome apart. A frame that proves the failure is proof, even when it is also a near miss. */
export function evidenceOf(outcome: Outcome): Evidence {
  const failures = outcome.kind === 'failed' ? outcome.failures : []
  const nearest = outcome.kind === 'failed' || outcome.kind === 'timedOut' ? outcome.nearest : []
  const { findings, times } = distinct(
    failures.flatMap((failure) => (failure.kind === 'finding' ? [failure.finding] : [])),
  )
  const differs = failures.flatMap((failure) => (failure.kind === 'differs' ? [failure] : []))
  const near = nearest.flatMap(({ seq }) => (seq === undefined ? [] : [[seq, 'near'] as const]))
  const proof = [...findings.flatMap(({ evidence }) => evidence), ...differs.flatMap(({ seq }) => seq ?? [])]
  const marks = new Map<number, 'proof' | 'near'>([...near, ...proof.map((seq) => [seq, 'proof'] as const)])
  return { marks, nearest, findings, times, differs }
}

function distinct(all: readonly Finding[]): Pick<Evidence, 'findings' | 'times'> {
  const key = ({ rule, seen, due }: Finding): string => JSON.stringify([rule, seen, due])
  const groups = new Map<string, [Finding, number]>()
  for (const finding of all) {
    const group = groups.get(key(finding))
    groups.set(key(finding), group === undefined ? [finding, 1] : [group[0], group[1] + 1])
  }
  const repeated = [...groups.values()].filter(([, count]) => count > 1)
  return { findings: [...groups.values()].map(([finding]) => finding), times: new Map(repeated) }
}
