import type { Rule } from '../../contracts/index.ts'
import { levels } from '../../contracts/index.ts'
import { generatedNotice, table } from './markdown.ts'

/** Writes `docs/rules.md`: every rule by family. Pure. */
export function rulesPage(rules: readonly Rule[]): string {
  const families = [...new Set(rules.map(({ family }) => family))]
  const sections = families.map((family) => section(family, rules))
  return `${[generatedNotice, introduction(rules, families), ...sections].join('\n\n')}\n`
}

function introduction(rules: readonly Rule[], families: readonly string[]): string {
  const counts = table(
    ['family', 'rules', ...levels],
    families.map((family) =>
      countRow(
        family,
        rules.filter((rule) => rule.family === family),
      ),
    ),
  )
  return `# The rules

A gateway is judged by these ${rules.length} rules; \`contracts/rules/\` holds them as data. The *level* says how binding a rule is:
\`must\` is promised by the platform's page of \`drone_close\`, \`should\` is said elsewhere by the platform or implied by the page, \`may\` is
a choice of this project. The *source* says where the rule comes from: \`page\` and \`platform\` as above, \`documented\` in DJI's own
documentation, \`inferred\` from it, or a \`choice\`.

${counts}`
}

function countRow(family: string, rules: readonly Rule[]): readonly string[] {
  const atLevel = levels.map((level) => String(rules.filter((rule) => rule.level === level).length))
  return [`[${family}](#${family})`, String(rules.length), ...atLevel]
}

function section(family: string, rules: readonly Rule[]): string {
  const rows = rules.filter((rule) => rule.family === family).map(row)
  return `## ${family}\n\n${table(['id', 'level', 'source', 'rule'], rows)}`
}

function row({ id, level, source, statement, needs = [], readings = [] }: Rule): readonly string[] {
  const needed = needs.length === 0 ? '' : ` *Needs ${needs.join(', ')}.*`
  const read =
    readings.length === 0
      ? ''
      : ` *Readings:* ${readings.map((reading, at) => `(${at + 1}) ${reading}`).join(' ')}`
  return [`\`${id}\``, level, source, `${statement}${needed}${read}`]
}
