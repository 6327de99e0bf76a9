import { parse } from 'yaml'
import { kebabCase, performHere } from '../scenario/index.ts'
import { sequenceOf } from './arbitrary-sequence.ts'
import { batchSeed, Explorer } from './explorer.ts'
import type { FuzzFinding, FuzzOptions, FuzzResult } from './fuzz-options.ts'
import type { Stage } from './play.ts'
import { shrink } from './shrink.ts'
import { tempoOf } from './tempo.ts'

/** Acts in a sequence when nobody says; in real time somebody waits for them. */
const defaultMaxActs = { virtual: 12, real: 8 } as const

/**
 * Explores requests, replies, faults and time at random, and gives a minimal scenario for every rule that was broken. Ends
 * early when the target is lost.
 */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const fc = await import('fast-check')
  const { target, seed, isFatal } = options
  const maxActs = options.maxActs ?? defaultMaxActs[target.time]
  const arbitrary = sequenceOf(fc, tempoOf(target.profile, target.time), maxActs)
  const stage: Stage = { target, isFatal, seed, perform: options.perform ?? performHere(target, 'may') }
  const explorer = new Explorer({ fc, arbitrary, stage, options })
  await explorer.run()
  const findings: FuzzFinding[] = []
  for (const [rule, { batch, index, finding }] of [...explorer.found].slice(0, options.bail)) {
    options.onProgress?.(explorer.progress('shrinking'))
    const shrunk = await shrink({ fc, arbitrary, finding, batchSeed: batchSeed(seed, batch), index }, stage)
    const path = `${batch}:${index}`
    const scenario = `# Found by dockrig fuzz --seed ${seed} --path ${path}\n${shrunk.scenario}`
    findings.push({ rule, ...shrunk, scenario, file: fileNameOf(scenario), seed, path })
  }
  const { sequences, perSecond, unplayed, lost } = explorer
  return { sequences, findings, perSecond, unplayed, ...(lost === undefined ? {} : { lost }) }
}

function fileNameOf(text: string): string {
  const { scenario } = parse(text) as { readonly scenario: string }
  return `${kebabCase(scenario)}.yaml`
}
