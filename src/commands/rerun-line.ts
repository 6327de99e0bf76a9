import { isMethodScenario } from '../method-scenarios.ts'
import type { Target, TestRef } from '../scenario/index.ts'
import { shellWord } from '../shell-word.ts'

/** The command line that runs just this test again. */
export function rerunLine({ id, file, example }: TestRef, seed: number, target: Target): string {
  const only = example === undefined || !id.includes('#') ? [] : ['--grep', shellWord(`#${example}`)]
  return [
    'dockrig',
    'test',
    ...(isMethodScenario(file)
      ? ['--methods', '--grep', shellWord(`^${file}$`)]
      : [shellWord(file), ...only]),
    '--seed',
    String(seed),
    ...targetWords(target),
  ].join(' ')
}

function targetWords(target: Target): readonly string[] {
  if (target.kind === 'external') return ['--gateway', target.name]
  return target.time === 'real' ? ['--real-time'] : []
}
