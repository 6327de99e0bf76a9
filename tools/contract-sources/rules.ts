import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { levels } from '../../contracts/finding.ts'
import { capabilities } from '../../contracts/profile.ts'
import type { Rule, RuleFamily } from '../../contracts/rule.ts'
import { ruleFamilies, sources } from '../../contracts/rule.ts'
import { readSource, refuse, refuseDuplicates } from './source-file.ts'

const text = { type: 'string', minLength: 1 }
const need = { type: 'string', pattern: `^(${capabilities.join('|')}|method:[A-Za-z_]+)$` }

const shape = {
  type: 'array',
  items: {
    type: 'object',
    required: ['id', 'level', 'source', 'statement'],
    properties: {
      id: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)+$' },
      level: { enum: levels },
      source: { enum: sources },
      statement: text,
      needs: { type: 'array', minItems: 1, items: need },
      readings: { type: 'array', minItems: 2, items: text },
    },
    additionalProperties: false,
  },
}

/** Compiles `rules/*.yaml`: all families in the order of the contract, a file for each, no other file, no id twice. */
export function compileRules(from: string): readonly Rule[] {
  const folder = join(from, 'rules')
  refuseStrangers(folder)
  const files = ruleFamilies.map((family) => ({ family, file: readFamily(folder, family) }))
  refuseDuplicates(files.flatMap(({ file }) => file.content.map(({ id }) => ({ id, path: file.path }))))
  return files.flatMap(({ family, file }) => file.content.map(({ id, ...rest }) => ({ id, family, ...rest })))
}

type RuleSource = Omit<Rule, 'family'>

function readFamily(
  folder: string,
  family: RuleFamily,
): ReturnType<typeof readSource<readonly RuleSource[]>> {
  return readSource<readonly RuleSource[]>(join(folder, `${family}.yaml`), shape)
}

function refuseStrangers(folder: string): void {
  const known = new Set<string>(ruleFamilies)
  for (const file of readdirSync(folder)) {
    if (!known.has(basename(file, '.yaml')))
      refuse(join(folder, file), ['no family of rules (contracts/rule.ts names them) is called that'])
  }
}
