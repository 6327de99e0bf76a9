import type { Proof, ProveOptions } from '../../src/prove/index.ts'
import { prove } from '../../src/prove/index.ts'
import type { PlannedTest } from '../../src/scenario/index.ts'

/** All that a proof says, when it is over. */
export async function proofsOf(
  tests: readonly PlannedTest[],
  options: Partial<ProveOptions>,
): Promise<readonly Proof[]> {
  const proofs: Proof[] = []
  for await (const proof of prove(tests, { extent: 'fast', defects: [], variants: [], ...options }))
    proofs.push(proof)
  return proofs
}
