import { isMethodScenario } from '../method-scenarios.ts'
import type { Target, TestRef } from '../scenario/index.ts'

/** The command line that runs just this test again. */
export function rerunLine({ id, file, example }: TestRef, seed: number, target: Target): string {
  const only = example === undefined || !id.includes('#') ? [] : ['--grep', quote(`#${example}`)]
  return [
    'dockrig',
    'test',
    ...(isMethodScenario(file) ? ['--methods', '--grep', quote(`^${file}$`)] : [quote(file), ...only]),
    '--seed',
    String(seed),
    ...targetWords(target),
  ].join(' ')
}

function targetWords(target: Target): readonly string[] {
  if (target.kind === 'external') return ['--gateway', target.name]
  return target.time === 'real' ? ['--real-time'] : []
}

function quote(word: string): string {
  // a # at the beginning of a word opens a comment in a shell
  return /^[\w./:@=-][\w./:#@=-]*$/.test(word) ? word : `"${word.replaceAll(/["\\$`]/g, String.raw`\$&`)}"`
}
