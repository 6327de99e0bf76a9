import { join } from 'node:path'
import type { Rule, RuleFamily } from '../../contracts/index.ts'
import { capabilities, levels, ruleFamilies } from '../../contracts/index.ts'
import { evidence, text } from './schema-shapes.ts'
import { readSource, refuseDuplicates, refuseOtherFiles } from './source-file.ts'

const need = { type: 'string', pattern: `^(${capabilities.join('|')}|method:[A-Za-z_]+)$` }

const shape = {
  type: 'array',
  items: {
    type: 'object',
    required: ['id', 'level', 'source', 'statement'],
    properties: {
      id: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)+$' },
      level: { enum: levels },
      source: evidence,
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
  refuseOtherFiles(folder, ruleFamilies)
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
