import { closest } from 'fastest-levenshtein'
import { HarnessError } from '../../contracts/index.ts'
import type { ExitCode, Io } from '../io.ts'
import type { Proof } from '../prove/index.ts'
import { defects, formatMatrix, matrixRows, prove as proveAll, variants } from '../prove/index.ts'
import { loadScenarioFiles, planTests } from '../scenario/index.ts'
import { bundledScenarios } from './paths.ts'

export interface ProveOptions {
  readonly full?: boolean
  readonly json?: boolean
  readonly only?: readonly string[]
  readonly seed: number
}

/** Runs the suite against gateways with one known defect, and against permitted variants: the verdict on the suite itself. */
export async function prove(options: ProveOptions, io: Io): Promise<ExitCode> {
  const names = [...defects, ...variants].map(({ name }) => name)
  for (const name of options.only ?? []) requireName(name, names)
  const isChosen = ({ name }: { readonly name: string }): boolean => options.only?.includes(name) ?? true
  const { scenarios } = await loadScenarioFiles([bundledScenarios(io.cwd)], io.cwd)
  let isStopped = false
  const release = io.onStop(() => {
    isStopped = true
  })
  const proofs: Proof[] = []
  const chosen = { defects: defects.filter(isChosen), variants: variants.filter(isChosen) }
  const total = chosen.defects.length + chosen.variants.length
  try {
    const extent = options.full === true ? 'full' : 'fast'
    for await (const proof of proveAll(planTests(scenarios, { seed: options.seed }), {
      ...chosen,
      extent,
      seed: options.seed,
      isStopped: () => isStopped,
    })) {
      proofs.push(proof)
      if (io.stderr.isTTY) io.stderr.write(`\r\u001B[K${proofs.length}/${total}`)
    }
  } finally {
    release()
  }
  if (io.stderr.isTTY) io.stderr.write('\r\u001B[K')
  io.stdout.write(
    options.json === true ? `${JSON.stringify(matrixRows(proofs), null, 2)}\n` : formatMatrix(proofs),
  )
  if (isStopped) io.stderr.write(`Ended before ${total - proofs.length} of ${total} were tried.\n`)
  return proofs.some(isBad) ? 1 : 0
}

function requireName(name: string, names: readonly string[]): void {
  if (names.includes(name)) return
  throw new HarnessError(
    'OPTION_INVALID',
    `Cannot try "${name}": there is no defect or variant of that name, the nearest is "${closest(name, names)}". "dockrig prove --json" names all.`,
  )
}

/** A survivor that says openly why nobody can see it is known; any other, and any false alarm, is not. */
function isBad(proof: Proof): boolean {
  return proof.kind === 'falseAlarm' || (proof.kind === 'survived' && proof.defect.unseen === undefined)
}
